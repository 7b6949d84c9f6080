// Guesses which identity provider called, from what only it does. For the log; nothing else depends on it.
import type { Call } from './call.ts'

type Clue = readonly [provider: string, test: (call: Call) => boolean]

const agent = (call: Call): string => call.request.headers['user-agent'] ?? ''
const quirk = (call: Call, id: string): boolean => call.notes.quirks.some(found => found.id === id)

const clues: readonly Clue[] = [
  ['okta', call => /okta/i.test(agent(call))],
  ['onelogin', call => /onelogin/i.test(agent(call))],
  ['entra', call => /microsoft|azure|entra/i.test(agent(call))],
  ['entra', call => [...call.query.keys()].some(name => name.startsWith('aadoptscim'))],
  ['entra', call => quirk(call, 'capitalised-op')],
  ['okta', call => call.request.headers['accept-charset'] === 'utf-8' && agent(call) === ''],
]

/** entra, okta, onelogin or null. */
export function identifyProvider(call: Call): string | null {
  return clues.find(([, test]) => test(call))?.[0] ?? null
}

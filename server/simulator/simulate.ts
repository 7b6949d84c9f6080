// One run of the simulator from its arguments to its exit code.
import { randomBytes } from 'node:crypto'
import { parseArguments, type ProviderName } from './arguments.ts'
import { Complaint } from './complaint.ts'
import { entra } from './idps/entra.ts'
import { okta } from './idps/okta.ts'
import { onelogin } from './idps/onelogin.ts'
import type { Provider } from './idps/provider.ts'
import { makePeople } from './people.ts'
import { passed, stepText, summaryText } from './report.ts'
import { runCycle } from './run-cycle.ts'
import { createScimClient } from './scim-client.ts'

const providers: Readonly<Record<ProviderName, Provider>> = { entra, okta, onelogin }

export interface Terminal {
  readonly say: (text: string) => void
  /** Ends the cycle early, cleaning up. */
  readonly signal?: AbortSignal
  readonly sleep?: (ms: number) => Promise<void>
}

/** Plays the cycle; 0 when every step passed, else 1. Never throws what a person can put right. */
export async function simulate(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await play(words, terminal)
  } catch (error) {
    if (!(error instanceof Complaint)) throw error
    terminal.say(error.message)
    return 1
  }
}

async function play(words: readonly string[], terminal: Terminal): Promise<number> {
  const { baseUrl, token, idp, people, parallel } = parseArguments(words)
  const provider = providers[idp]
  const { sleep, signal, say } = terminal
  const client = createScimClient({
    baseUrl,
    token,
    headers: provider.headers,
    ...(sleep === undefined ? {} : { sleep }),
  })
  say(`Playing ${provider.title} with ${String(people)} people against ${baseUrl}`)
  const started = performance.now()
  const reports = await runCycle(client, provider, {
    people: makePeople(people, randomBytes(4).toString('hex')),
    parallel,
    onStep: report => {
      say(stepText(report))
    },
    ...(signal === undefined ? {} : { signal }),
  })
  const stopped = signal?.aborted === true
  say(summaryText(reports, { seconds: (performance.now() - started) / 1_000, waits: client.waits() }))
  if (stopped) say('Stopped early; everybody who was made is removed again.')
  return passed(reports) && !stopped ? 0 : 1
}

// The words behind `npm start --`.
import { StartupError } from '#server/db/startup-error.ts'

export type Command =
  | { readonly kind: 'start'; readonly demo: boolean }
  | { readonly kind: 'setup-link'; readonly orgId: string | null }

const usage = 'Possible: npm start, npm start -- --demo, npm start -- setup-link [organization id].'

/** Reads the arguments. Throws `StartupError` for words it does not know. */
export function parseArguments(words: readonly string[]): Command {
  const [first, second, ...rest] = words
  if (first === undefined) return { kind: 'start', demo: false }
  if (first === '--demo' && second === undefined) return { kind: 'start', demo: true }
  if (first === 'setup-link' && rest.length === 0) return { kind: 'setup-link', orgId: second ?? null }
  throw new StartupError(`"${words.join(' ')}" is not known. ${usage}`)
}

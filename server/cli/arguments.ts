// The words behind `npm start --`.
import { StartupError } from '#server/db/startup-error.ts'

export type Command =
  | { readonly kind: 'start'; readonly demo: boolean }
  | { readonly kind: 'setup-link'; readonly orgId: string | null }
  | { readonly kind: 'owner-reset'; readonly orgId: string; readonly email: string }

const usage =
  'Possible: npm start, npm start -- --demo, npm start -- setup-link [organization id], ' +
  'npm start -- owner-reset <organization id> <e-mail of the owner>.'

/** Reads the arguments. Throws `StartupError` for words it does not know. */
export function parseArguments(words: readonly string[]): Command {
  const command = commandOf(words)
  if (command !== null) return command
  throw new StartupError(`"${words.join(' ')}" is not known. ${usage}`)
}

/** What may follow each first word; null for anything else. */
const commands: Readonly<Record<string, (rest: readonly string[]) => Command | null>> = {
  '--demo': rest => (rest.length === 0 ? { kind: 'start', demo: true } : null),
  'setup-link': ([orgId = null, ...rest]) => (rest.length === 0 ? { kind: 'setup-link', orgId } : null),
  'owner-reset': ([orgId, email, ...rest]) =>
    orgId && email && rest.length === 0 ? { kind: 'owner-reset', orgId, email } : null,
}

function commandOf([first, ...rest]: readonly string[]): Command | null {
  if (first === undefined) return { kind: 'start', demo: false }
  return Object.hasOwn(commands, first) ? (commands[first]?.(rest) ?? null) : null
}

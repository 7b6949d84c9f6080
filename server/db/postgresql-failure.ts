// Says in one sentence why a PostgreSQL server cannot be used, and what to do.
import { StartupError } from './startup-error.ts'
import { codeOf } from './unwritable-folder.ts'

/** The oldest PostgreSQL whose SQL the migrations and statements may use. */
const OLDEST = 15

/** By SQLSTATE or Node's code; `address` is host:port, `database` a name. Never the password. */
const SENTENCES: Readonly<Record<string, (at: Place) => string>> = {
  ECONNREFUSED: unanswered,
  ETIMEDOUT: unanswered,
  EHOSTUNREACH: unanswered,
  ENETUNREACH: unanswered,
  ECONNRESET: unanswered,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  '28P01': wrongPerson,
  28000: wrongPerson,
  '3D000': ({ address, database }) =>
    `PostgreSQL at ${address} has no database named "${database}": create it, or correct the name in DATABASE_URL.`,
  53300: ({ address }) =>
    `PostgreSQL at ${address} has too many connections already: raise its max_connections, or stop other programs, and start again.`,
  '57P03': ({ address }) =>
    `PostgreSQL at ${address} is starting up or shutting down: start again in some seconds.`,
}

interface Place {
  readonly address: string
  readonly host: string
  readonly database: string
  /** What the server or the driver said, without line breaks. */
  readonly said: string
}

function unanswered({ address }: Place): string {
  return `PostgreSQL does not answer at ${address}: start it, or correct DATABASE_URL.`
}

function unknownHost({ host }: Place): string {
  return `The host ${host} of DATABASE_URL is not known: correct the name, or the name server of this machine.`
}

function wrongPerson({ address, said }: Place): string {
  return `PostgreSQL at ${address} does not accept the user name or the password of DATABASE_URL (${said}): correct them.`
}

/** The StartupError for whatever the first connection to `url` failed with. */
export function unusable(url: string, error: unknown): StartupError {
  const { hostname, port, pathname } = new URL(url)
  const host = hostname === '' ? 'localhost' : hostname
  const said = (error instanceof Error ? error.message : String(error))
    .replace(/[\s.]+$|\s*\n\s*/g, ' ')
    .trim()
  const place = {
    host,
    address: `${host}:${port === '' ? '5432' : port}`,
    database: decodeURIComponent(pathname.slice(1)),
    said,
  }
  const code = codeOf(error) ?? (/timeout/i.test(said) ? 'ETIMEDOUT' : undefined)
  const sentence = typeof code === 'string' ? SENTENCES[code] : undefined
  const text =
    sentence?.(place) ??
    `PostgreSQL at ${place.address} cannot be used (${said}): correct DATABASE_URL, or ask whoever runs the database.`
  return new StartupError(text, { cause: error })
}

/** Throws a StartupError when the server is older than what Rollcall needs. `version` as in server_version_num. */
export function checkVersion(version: number): void {
  const major = Math.floor(version / 10_000)
  if (major >= OLDEST) return
  throw new StartupError(`Rollcall needs PostgreSQL ${OLDEST} or newer, but this is ${major}: upgrade it.`)
}

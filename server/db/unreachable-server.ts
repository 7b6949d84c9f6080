// Says in one sentence why a PostgreSQL server cannot be used, and what to do. Never tells the password.
import { StartupError } from './startup-error.ts'
import { codeOf } from './unwritable-folder.ts'

/** Where the connection was meant to go. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
  readonly user?: string | undefined
  readonly database?: string | undefined
}

type Sentence = (address: ServerAddress, said: string) => string

const place = ({ host, port }: ServerAddress): string => (host.startsWith('/') ? host : `${host}:${port}`)

const unknownHost: Sentence = ({ host }) =>
  `The host ${host} of DATABASE_URL is not known to this computer: correct the name, or check its DNS.`

const noAnswer: Sentence = address =>
  `The PostgreSQL server ${place(address)} of DATABASE_URL does not answer: check that it runs and that no firewall is between.`

const refusedUser: Sentence = (address, said) =>
  `PostgreSQL at ${place(address)} refused the user ${address.user ?? ''} of DATABASE_URL (${said}): correct the user and password, or allow this computer in pg_hba.conf.`

const SENTENCES: ReadonlyMap<unknown, Sentence> = new Map<unknown, Sentence>([
  ['ENOTFOUND', unknownHost],
  ['EAI_AGAIN', unknownHost],
  [
    'ECONNREFUSED',
    address =>
      `No PostgreSQL server answers at ${place(address)} of DATABASE_URL: start it, or correct the address.`,
  ],
  [
    'ENOENT',
    address =>
      `No PostgreSQL server listens in ${address.host} of DATABASE_URL: start it, or correct the address.`,
  ],
  ['ETIMEDOUT', noAnswer],
  ['EHOSTUNREACH', noAnswer],
  ['ENETUNREACH', noAnswer],
  ['28P01', refusedUser],
  ['28000', refusedUser],
  [
    '3D000',
    ({ database = '', ...address }) =>
      `There is no database ${database} on ${place(address)}: make it with CREATE DATABASE "${database}" ENCODING 'UTF8', or correct DATABASE_URL.`,
  ],
  [
    '42501',
    ({ database = '', user = '' }, said) =>
      `The user ${user} of DATABASE_URL may not use the database ${database} (${said}): give it the right with GRANT ALL ON SCHEMA public TO "${user}".`,
  ],
  [
    '53300',
    address =>
      `PostgreSQL at ${place(address)} has no connection left: raise its max_connections, or stop other programs that use it.`,
  ],
  [
    '57P03',
    address =>
      `PostgreSQL at ${place(address)} is still starting or stopping: start Rollcall again in a moment.`,
  ],
])

/** A StartupError for what can be wrong with the address, the user or the server; any other error as it is. */
export function unreachable(address: ServerAddress, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StartupError) return error
  const code = codeOf(error)
  const sentence = SENTENCES.get(code) ?? sentenceFor(error.message) ?? sentenceForState(code)
  return sentence ? new StartupError(sentence(address, error.message), { cause: error }) : error
}

/** Any other refusal of PostgreSQL itself, which its administrator will understand. */
function sentenceForState(code: unknown): Sentence | undefined {
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return undefined
  return (address, said) =>
    `PostgreSQL at ${place(address)} of DATABASE_URL cannot be used (${said.replace(/[.\s]+$/, '')}): ask whoever runs it.`
}

function sentenceFor(message: string): Sentence | undefined {
  if (/timeout/i.test(message)) return noAnswer
  if (/SASL|SCRAM|password must be a string/i.test(message)) {
    return address =>
      `PostgreSQL at ${place(address)} asks for a password, but DATABASE_URL holds none: write it as postgresql://user:password@host/database.`
  }
  if (/certificate|SSL|TLS/i.test(message)) {
    return (address, said) =>
      `No encrypted connection to PostgreSQL at ${place(address)} came about (${said}): correct sslmode or sslrootcert in DATABASE_URL.`
  }
  if (/Connection terminated/.test(message)) {
    return address =>
      `What answers at ${place(address)} of DATABASE_URL hangs up at once: check that it is PostgreSQL.`
  }
  return undefined
}

// The only reader of the environment: checks every variable and says in one sentence what is wrong with it.
import { z } from 'zod'
import { StartupError } from './db/startup-error.ts'

export interface Config {
  readonly port: number
  readonly host: string
  /** Origin that people and identity providers see, without trailing slash. */
  readonly publicUrl: string
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  readonly redisUrl: string | undefined
  readonly operatorKey: string | undefined
  /** 32 bytes each; the first seals secrets in the database, the others only open what they sealed once. */
  readonly masterKeys: readonly Uint8Array[]
  /** Addresses of proxies whose X-Forwarded-For is believed; none when empty. */
  readonly trustProxy: readonly string[]
  readonly logLevel: string
  /** SCIM requests a second and token that are served in the long run; 0 switches the limit off. */
  readonly scimRate: number
  /** Whether addresses that customers name, such as those of key sets, may lie in private networks. */
  readonly allowPrivateAddresses: boolean
  /** Where mail goes out and whom it comes from; without it no mail is written. */
  readonly mail: MailConfig | undefined
}

export interface MailConfig {
  /** smtp:// or smtps://, with name and password where the server asks for them. */
  readonly smtpUrl: string
  readonly from: Sender
}

export interface Sender {
  readonly name: string
  readonly address: string
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const text = z.string().trim().min(1)
/** `Rollcall <rollcall@example.com>` or the address alone; nothing that could be a second address or header. */
const sender = /^(?:"?([^"<>\p{Cc}]*?)"?\s*<([^\s<>@,;:"]+@[^\s<>@,;:"]+)>|([^\s<>@,;:"]+@[^\s<>@,;:"]+))$/u

const variables = {
  PORT: z.coerce.number().int().min(0).max(65_535),
  HOST: text,
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/ }),
  DATA_DIR: text,
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  OPERATOR_KEY: z.string().min(32),
  MASTER_KEY: z.string().refine(given => parseKey(given) !== null),
  MASTER_KEY_OLD: z.string().refine(given => listOf(given).every(each => parseKey(each) !== null)),
  TRUST_PROXY: text,
  LOG_LEVEL: z.enum(levels),
  SCIM_RATE: z.coerce.number().int().min(0).max(100_000),
  ALLOW_PRIVATE_ADDRESSES: z.enum(['on', 'off']),
  SMTP_URL: z.url({ protocol: /^smtps?$/, hostname: /./ }),
  MAIL_FROM: z.string().trim().regex(sender),
} as const

const hints: Record<keyof typeof variables, string> = {
  PORT: 'a port number from 0 to 65535',
  HOST: 'an address to listen on, for example 127.0.0.1',
  PUBLIC_URL: 'the address people use, for example https://rollcall.example.com',
  DATABASE_URL: 'a PostgreSQL address, for example postgresql://user:password@host:5432/rollcall',
  DATA_DIR: 'a folder',
  REDIS_URL: 'a Redis address, for example redis://host:6379',
  OPERATOR_KEY: 'a secret of at least 32 characters',
  MASTER_KEY: '32 random bytes in base64 or hex, as "openssl rand -base64 32" prints them',
  MASTER_KEY_OLD: 'one or more former master keys in base64 or hex, separated by commas',
  TRUST_PROXY: 'addresses of your proxies, separated by commas',
  LOG_LEVEL: `one of ${levels.join(', ')}`,
  SCIM_RATE: 'requests a second, 0 for no limit',
  ALLOW_PRIVATE_ADDRESSES: 'on or off',
  SMTP_URL: 'a mail server, for example smtps://user:password@mail.example.com',
  MAIL_FROM: 'the address that mail comes from, for example Rollcall <rollcall@example.com>',
}

/** 32 bytes in base64 or hex; null for anything else. */
export function parseKey(given: string): Uint8Array | null {
  if (/^[0-9a-f]{64}$/i.test(given)) return new Uint8Array(Buffer.from(given, 'hex'))
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(given) ? new Uint8Array(Buffer.from(given, 'base64')) : null
}

function listOf(given: string): string[] {
  return given.split(',').flatMap(part => (part.trim() === '' ? [] : [part.trim()]))
}

/** Reads the configuration. Throws `StartupError` naming the first variable that does not fit. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const value = <Name extends keyof typeof variables>(
    name: Name,
  ): z.output<(typeof variables)[Name]> | undefined => {
    const given = environment[name]
    if (given === undefined || given === '') return undefined
    const parsed = variables[name].safeParse(given)
    if (parsed.success) return parsed.data as z.output<(typeof variables)[Name]>
    throw new StartupError(`${name} must be ${hints[name]}.`)
  }
  const port = value('PORT') ?? 4000
  const host = value('HOST') ?? '127.0.0.1'
  return {
    port,
    host,
    publicUrl: (value('PUBLIC_URL') ?? `http://localhost:${String(port)}`).replace(/\/+$/, ''),
    databaseUrl: value('DATABASE_URL'),
    dataDir: value('DATA_DIR') ?? './data',
    redisUrl: value('REDIS_URL'),
    operatorKey: value('OPERATOR_KEY'),
    masterKeys: masterKeysIn(value('MASTER_KEY'), value('MASTER_KEY_OLD')),
    trustProxy: listOf(value('TRUST_PROXY') ?? ''),
    logLevel: value('LOG_LEVEL') ?? 'info',
    scimRate: value('SCIM_RATE') ?? 50,
    allowPrivateAddresses: value('ALLOW_PRIVATE_ADDRESSES') === 'on',
    mail: mailConfig(value('SMTP_URL'), value('MAIL_FROM')),
  }
}

function masterKeysIn(current: string | undefined, old: string | undefined): Uint8Array[] {
  if (current === undefined && old !== undefined)
    throw new StartupError('MASTER_KEY_OLD is of use only beside MASTER_KEY: set the new key there.')
  return [current ?? '', ...listOf(old ?? '')].map(parseKey).filter(key => key !== null)
}

/** Both or nothing is set up: an address to send from is never guessed. */
function mailConfig(smtpUrl: string | undefined, from: string | undefined): MailConfig | undefined {
  if (smtpUrl === undefined) return undefined
  if (from === undefined) throw new StartupError(`MAIL_FROM must be ${hints.MAIL_FROM}: SMTP_URL is set.`)
  const [, name = '', named, alone] = sender.exec(from) ?? []
  return { smtpUrl, from: { name: name.trim(), address: named ?? alone ?? '' } }
}

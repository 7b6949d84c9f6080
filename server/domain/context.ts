// What a use case may touch: the data of one organization, the clock, and who is asking. Nothing else.
import type { PrismaClient } from '#prisma/client.ts'
import type { Actor } from './actor.ts'
import type { Vault } from './secrets/vault.ts'

/** Prisma's client without what could leave the organization or open a transaction of its own. */
export type Db = Omit<
  PrismaClient,
  | '$connect'
  | '$disconnect'
  | '$on'
  | '$extends'
  | '$transaction'
  | `$queryRaw${string}`
  | `$executeRaw${string}`
>

/** A statement with a fixed text; with a name it is prepared once a connection. `$1` is the organization's id. */
export interface Statement {
  readonly name?: string
  readonly text: string
  /** Reads a few rows by index and waits for nobody: may share a connection with others like it. */
  readonly brief?: true
}

/** Runs statements of `*.sql.ts` files; puts the organization's id in front of the values. */
export interface Sql {
  run<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

export interface Clock {
  now(): Date
  /** A new UUIDv7: sortable by time, unique, never a permission. */
  newId(): string
}

/** One open transaction: reads and writes through it are all or nothing. */
export interface Connection {
  readonly db: Db
  readonly sql: Sql
}

/** `timeout` in milliseconds, for work that is known to be long; without it the usual limit of the database. */
export type InTransaction = <T>(
  work: (connection: Connection) => Promise<T>,
  options?: { readonly timeout?: number },
) => Promise<T>

/** What a transaction of statements may be told. */
export interface SqlTransactionOptions {
  /** Milliseconds, for work that is known to be long; without it the usual limit of the database. */
  readonly timeout?: number
}

/** A transaction of hand-written statements only: nothing lies between them and the driver. */
export type InSqlTransaction = <T>(
  work: (sql: Sql) => Promise<T>,
  options?: SqlTransactionOptions,
) => Promise<T>

/** Everything below one organization. */
export interface Context {
  readonly orgId: string
  readonly db: Db
  readonly sql: Sql
  readonly clock: Clock
  readonly actor: Actor
  /** Seals secrets that must be read again; null on an installation without a master key. */
  readonly vault: Vault | null
  /** Whether a mail server is set up; without one no mail is queued, and people are shown links instead. */
  readonly sendsMail: boolean
  /** Runs `work` in one database transaction. */
  readonly inTransaction: InTransaction
  /** The same for work that needs no Prisma; a fraction of the cost. */
  readonly inSqlTransaction: InSqlTransaction
  /** Wakes whoever follows this organization's logs; carries no data. */
  readonly ring: () => void
  /** Tells when to look at the logs again. */
  readonly listen: () => Listener
}

/** Remembers a ring that came while nobody waited, so that none is missed between a look and the next wait. */
export interface Listener {
  /** Resolves at the next ring, after the slow tick at the latest, or when `signal` aborts. */
  readonly next: (signal: AbortSignal) => Promise<void>
  readonly close: () => void
}

/** The whole installation: for the operator, sign-in and set-up, before an organization is known. */
export interface InstallationContext {
  /** Sees every organization. Used only in rooms that decide which organization is meant. */
  readonly installation: Db
  readonly clock: Clock
  readonly actor: Actor
  /** The same caller inside one organization. */
  readonly within: (orgId: string, actor?: Actor) => Context
}

// Sorts what can go wrong at the database, whichever layer tells it: pg, the adapter or Prisma.

export type DatabaseErrorKind =
  /** A unique key is taken. Nothing was written. */
  | 'duplicate'
  /** The row, or a row that it refers to, is not there. Nothing was written. */
  | 'missing'
  /** Another transaction came first; running the whole transaction again helps. Nothing was written. */
  | 'conflict'
  /** The database could not be asked, or gave up before it did anything; try again in some seconds. */
  | 'unavailable'
  /** The connection was lost after the question was sent: it may have been written or not. Read before repeating. */
  | 'ambiguous'
  /** None of these: a bug, or a rule of the database that the code should have kept. */
  | 'unknown'

/** SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html), Node's and Prisma's error codes. */
const KIND_OF_CODE = tableOf({
  23505: 'duplicate',
  P2002: 'duplicate',

  23503: 'missing',
  P2003: 'missing',
  P2025: 'missing',

  40001: 'conflict',
  '40P01': 'conflict',
  P2034: 'conflict',

  // No connection came about.
  '08001': 'unavailable',
  '08004': 'unavailable',
  28000: 'unavailable',
  '28P01': 'unavailable',
  '3D000': 'unavailable',
  ECONNREFUSED: 'unavailable',
  ENOTFOUND: 'unavailable',
  EAI_AGAIN: 'unavailable',
  EHOSTUNREACH: 'unavailable',
  ENETUNREACH: 'unavailable',
  P1000: 'unavailable',
  P1001: 'unavailable',
  P1003: 'unavailable',
  P1010: 'unavailable',
  P2024: 'unavailable',
  P2028: 'unavailable',
  P2037: 'unavailable',
  // The server is full, is told to stop, is a standby, or ended a statement or transaction that took too long.
  '25P03': 'unavailable',
  25006: 'unavailable',
  53000: 'unavailable',
  53100: 'unavailable',
  53200: 'unavailable',
  53300: 'unavailable',
  '55P03': 'unavailable',
  57014: 'unavailable',
  '57P01': 'unavailable',
  '57P03': 'unavailable',

  // The connection ended while an answer was awaited.
  '08000': 'ambiguous',
  '08003': 'ambiguous',
  '08006': 'ambiguous',
  '08007': 'ambiguous',
  40003: 'ambiguous',
  '57P02': 'ambiguous',
  ECONNRESET: 'ambiguous',
  EPIPE: 'ambiguous',
  ETIMEDOUT: 'ambiguous',
  P1002: 'ambiguous',
  P1008: 'ambiguous',
  P1017: 'ambiguous',
})

/** What the adapter calls a failure of the connection, when there is no code. */
const KIND_OF_ADAPTER = tableOf({
  UniqueConstraintViolation: 'duplicate',
  ForeignKeyConstraintViolation: 'missing',
  TransactionWriteConflict: 'conflict',
  DatabaseNotReachable: 'unavailable',
  TlsConnectionError: 'unavailable',
  TooManyConnections: 'unavailable',
  ConnectionClosed: 'ambiguous',
  SocketTimeout: 'ambiguous',
})

/** What pg says without any code. */
const KIND_OF_MESSAGE: readonly (readonly [RegExp, DatabaseErrorKind])[] = [
  [/timeout exceeded when trying to connect|timeout expired/, 'unavailable'],
  [/connection terminated due to connection timeout/i, 'unavailable'],
  [/Cannot use a pool after calling end|Client was closed and is not queryable/, 'unavailable'],
  [/Client has encountered a connection error/, 'unavailable'],
  [/Query read timeout|Connection terminated/, 'ambiguous'],
]

/** Sorts an error of a database call; an error of anything else is 'unknown'. */
export function classifyDatabaseError(error: unknown): DatabaseErrorKind {
  for (const layer of layersOf(error)) {
    const kind = KIND_OF_CODE.get(text(layer, 'code')) ?? KIND_OF_CODE.get(text(layer, 'originalCode'))
    if (kind) return kind
    const adapterKind = KIND_OF_ADAPTER.get(text(layer, 'kind'))
    if (adapterKind) return adapterKind
  }
  if (!(error instanceof Error)) return 'unknown'
  return KIND_OF_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'unknown'
}

/** Name of the constraint or unique index that a 'duplicate' or 'missing' broke, when the error tells it. */
export function violatedConstraint(error: unknown): string | undefined {
  for (const layer of layersOf(error)) {
    const { constraint } = layer
    if (typeof constraint === 'string') return constraint
    if (isObject(constraint) && typeof constraint['index'] === 'string') return constraint['index']
  }
  return undefined
}

type Layer = Readonly<Record<string, unknown>>

/** The error and what it wraps, from the outside in. */
function* layersOf(error: unknown): Generator<Layer> {
  let layer = error
  for (let depth = 0; depth < 8 && isObject(layer); depth += 1) {
    yield layer
    const { meta } = layer
    layer =
      isObject(meta) && meta['driverAdapterError'] !== undefined ? meta['driverAdapterError'] : layer['cause']
  }
}

/** A map, because an object would also know 'toString'. */
function tableOf(kinds: Readonly<Record<string, DatabaseErrorKind>>): ReadonlyMap<string, DatabaseErrorKind> {
  return new Map(Object.entries(kinds))
}

function isObject(value: unknown): value is Layer {
  return typeof value === 'object' && value !== null
}

function text(layer: Layer, key: string): string {
  const value = layer[key]
  return typeof value === 'string' ? value : ''
}

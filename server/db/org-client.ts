// The wall between organizations: clients that refuse at run time whatever does not name the organization.
import type { PrismaClient } from '#prisma/client.ts'
import type pg from 'pg'
import type {
  Connection,
  Db,
  InSqlTransaction,
  InTransaction,
  Sql,
  Statement,
} from '#server/domain/context.ts'
import type { ExpressLane } from './express-lane.ts'
import { sqlTransaction } from './sql-transaction.ts'

const keyOf = new Map<string, string>([['Organization', 'id']])
const remembered = 1_000

export interface OrgClient extends Connection {
  readonly inTransaction: InTransaction
  readonly inSqlTransaction: InSqlTransaction
}

/** What the clients of all organizations share. */
export interface Clients {
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  readonly lane?: ExpressLane | undefined
  /** See `Database`. */
  readonly transactionTimeout: number
}

/** Makes clients bound to one organization; the latest thousand are kept, because making one costs. */
export function orgClients(shared: Clients): (orgId: string) => OrgClient {
  const clients = new Map<string, OrgClient>()
  return orgId => {
    const known = clients.get(orgId)
    if (known !== undefined) return known
    const client = orgClient(shared, orgId)
    clients.set(orgId, client)
    if (clients.size > remembered) clients.delete(clients.keys().next().value ?? '')
    return client
  }
}

function orgClient({ prisma, pool, lane, transactionTimeout }: Clients, orgId: string): OrgClient {
  const walled = prisma.$extends({
    name: 'organization-wall',
    query: {
      $allModels: {
        $allOperations: ({ model, operation, args, query }) => {
          demandOrganization({ model, operation, args: args }, orgId)
          return query(args)
        },
      },
    },
  })
  return {
    db: walled as unknown as Db,
    sql: poolSql({ pool, lane }, orgId),
    inTransaction: (work, options) =>
      walled.$transaction(tx => work({ db: tx as unknown as Db, sql: transactionSql(tx, orgId) }), options),
    inSqlTransaction: (work, options) =>
      sqlTransaction({ pool, orgId, usual: transactionTimeout }, work, options),
  }
}

interface Arguments {
  readonly where?: Record<string, unknown>
  readonly data?: unknown
  readonly create?: Record<string, unknown>
}

interface Query {
  readonly model: string
  readonly operation: string
  readonly args: Arguments
}

const creates = new Set(['create', 'createMany', 'createManyAndReturn'])

/** Throws when a query could touch another organization: every `where` and every new row must name this one. */
export function demandOrganization(query: Query, orgId: string): void {
  const key = keyOf.get(query.model) ?? 'orgId'
  const named = creates.has(query.operation)
    ? rowsOf(query.args.data).every(row => row[key] === orgId)
    : names(query.args.where, { key, orgId }) &&
      (query.operation !== 'upsert' || query.args.create?.[key] === orgId)
  if (named) return
  throw new Error(`${query.model}.${query.operation} does not name its organization.`)
}

function rowsOf(data: unknown): Record<string, unknown>[] {
  if (Array.isArray(data)) return data as Record<string, unknown>[]
  return [(data ?? {}) as Record<string, unknown>]
}

/** `{ orgId }` or a composite key such as `{ orgId_id: { orgId, id } }`, at the top of the condition. */
function names(where: Record<string, unknown> | undefined, wanted: { key: string; orgId: string }): boolean {
  if (where === undefined) return false
  if (where[wanted.key] === wanted.orgId) return true
  return Object.entries(where).some(([name, value]) => {
    const composite = name.startsWith('orgId_') && typeof value === 'object' && value !== null
    return composite && (value as Record<string, unknown>)['orgId'] === wanted.orgId
  })
}

function poolSql({ pool, lane }: Pick<Clients, 'pool' | 'lane'>, orgId: string): Sql {
  return {
    run: async <Row>({ name, text, brief }: Statement, values: readonly unknown[]) => {
      const query = { name, text, values: [orgId, ...values] }
      if (brief && lane !== undefined) return lane.run<Row>(query)
      const result = await pool.query(query)
      return result.rows as Row[]
    },
  }
}

type RawTransaction = Pick<PrismaClient, '$queryRawUnsafe'>

function transactionSql(tx: RawTransaction, orgId: string): Sql {
  return {
    run: <Row>(statement: Statement, values: readonly unknown[]) =>
      tx.$queryRawUnsafe<Row[]>(statement.text, orgId, ...values),
  }
}

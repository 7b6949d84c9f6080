// Contexts whose database work ends when a signal aborts: nothing new begins, and an open transaction is rolled back.
import type { Connection, Context, Db, InstallationContext, Sql } from '#server/domain/context.ts'

/** The same context until `signal` aborts; then every statement rejects with the signal's reason. */
export function stoppable(ctx: Context, signal: AbortSignal): Context {
  return {
    ...ctx,
    ...connection(ctx, signal),
    inTransaction: (work, options) =>
      ctx.inTransaction(whole => unlessStopped(work(connection(whole, signal)), signal), options),
    inSqlTransaction: (work, options) =>
      ctx.inSqlTransaction(sql => unlessStopped(work(stoppableSql(sql, signal)), signal), options),
  }
}

/** The same for the whole installation and every organization reached through it. */
export function stoppableInstallation(ctx: InstallationContext, signal: AbortSignal): InstallationContext {
  return {
    ...ctx,
    installation: stoppableDb(ctx.installation, signal),
    within: (orgId, actor) => stoppable(ctx.within(orgId, actor), signal),
  }
}

/** Work that ends after the signal must not be committed. */
async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const result = await work
  signal.throwIfAborted()
  return result
}

function connection({ db, sql }: Connection, signal: AbortSignal): Connection {
  return { db: stoppableDb(db, signal), sql: stoppableSql(sql, signal) }
}

function stoppableSql(sql: Sql, signal: AbortSignal): Sql {
  return {
    run: async (statement, values) => {
      signal.throwIfAborted()
      return sql.run(statement, values)
    },
  }
}

/** Prisma's client with its models looked at in passing: making a client of its own would cost more than a query. */
export function stoppableDb(db: Db, signal: AbortSignal): Db {
  return new Proxy(db, {
    get: (client, name) => {
      const model: unknown = Reflect.get(client, name)
      return typeof model === 'object' && model !== null ? stoppableModel(model, signal) : model
    },
  })
}

function stoppableModel(model: object, signal: AbortSignal): object {
  return new Proxy(model, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return (...args: unknown[]): unknown => {
        signal.throwIfAborted()
        return Reflect.apply(method, target, args)
      }
    },
  })
}

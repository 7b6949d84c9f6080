// One page of OAuth clients, newest first; the cursor is the id, which grows with time.
import type { Context } from '#server/domain/context.ts'
import { uuidOrNobody } from './ids.ts'
import { turned, windowOf, type PageArguments } from './page.ts'

interface Reading {
  readonly where: { orgId: string; id?: { gt: string } | { lt: string } }
  readonly orderBy: { id: 'asc' | 'desc' }
  readonly take: number
}

/** The connection. A cursor that is none of ours finds the list from its end. */
export async function oauthClientPage<Row extends { id: string }>(
  ctx: Context,
  page: PageArguments,
  find: (reading: Reading) => Promise<Row[]>,
) {
  const { orgId } = ctx
  const window = windowOf(page)
  const cursor = window.cursor === null ? null : uuidOrNobody(window.cursor)
  const beyond = cursor === null ? {} : { id: window.backward ? { gt: cursor } : { lt: cursor } }
  const found = await find({
    where: { orgId, ...beyond },
    orderBy: { id: window.backward ? 'asc' : 'desc' },
    take: window.take + 1,
  })
  const { rows, pageInfo } = turned(found, window, row => row.id)
  return {
    edges: rows.map(row => ({ cursor: row.id, node: row })),
    pageInfo,
    total: () => ctx.db.oauthClient.count({ where: { orgId } }),
  }
}

// Which page of a list a request asks for, and the ListResponse that answers it.
import { readCursorKey } from '#server/domain/cursors/read-cursor-key.ts'
import { openCursor, sealCursor } from '#server/domain/cursors/sealed-cursor.ts'
import type { ListStart } from '#server/domain/lists/read-list.sql.ts'
import {
  describeQuery,
  listResponse,
  parsePage,
  placeOf,
  type Filter,
  type PageRequest,
  type Place,
  type QueryOfType,
  type Resource,
  type ResourceType,
  type Selection,
  type Sort,
} from '#server/scim/index.ts'
import type { Answer, AuthenticatedCall } from './call.ts'
import { filterOf, selectionOf, sortOf } from './read-call.ts'

/** Resources on a page: without `count`, and at most. */
export const pageLimits = { defaultCount: 100, maxCount: 500 } as const
/** Seconds that a cursor lives. */
export const cursorTimeout = 3_600

/** A page as the domain wants it, with what its next cursor is made of. */
export interface RequestedPage {
  readonly start: ListStart
  readonly count: number
  readonly page: PageRequest
  /** What a follow-up must repeat. */
  readonly query: string
  /** Read already when the request brought a cursor. */
  readonly cursorKey: Uint8Array | null
}

export interface ListRequest extends RequestedPage {
  readonly selection: Selection
  readonly filter: Filter | null
  readonly sort: Sort | null
}

/** What a list of one type is asked for: by a query, or by a search whose members stand in its place. */
export async function readListRequest(call: AuthenticatedCall, type: ResourceType): Promise<ListRequest> {
  const asked = {
    selection: selectionOf(call, type),
    filter: filterOf(call, type),
    sort: sortOf(call, type),
  }
  return { ...asked, ...(await readPage(call, [{ type: type.name, ...asked }])) }
}

/** The page of a list over these types; opens its cursor. Throws what RFC 7644 and RFC 9865 foresee. */
export async function readPage(
  call: AuthenticatedCall,
  types: readonly QueryOfType[],
): Promise<RequestedPage> {
  const [startIndex, count, cursor] = ['startindex', 'count', 'cursor'].map(name => call.query.get(name))
  const page = parsePage({ startIndex, count, cursor }, pageLimits)
  const query = describeQuery(types)
  const asked = { page, count: page.count, query }
  if (page.kind === 'index') return { ...asked, start: { skip: page.startIndex - 1 }, cursorKey: null }
  if (page.kind === 'first') return { ...asked, start: { skip: 0 }, cursorKey: null }
  const cursorKey = await keyOf(call)
  const claims = openCursor(page.cursor, cursorKey, query)
  const time = { now: call.ctx.clock.now().getTime(), timeout: cursorTimeout * 1_000 }
  return { ...asked, start: { behind: placeOf(claims, asked, time) }, cursorKey }
}

/** What was found for a page: `total` null when it is not told, `end` null on the last page. */
export interface FoundPage {
  readonly resources: readonly Resource[]
  readonly total: number | null
  readonly end: Place | null
}

/** The answer, with `nextCursor` unless it is the last page or the request counts by `startIndex` (K9). */
export async function answerPage(
  call: AuthenticatedCall,
  request: RequestedPage,
  { resources, total, end }: FoundPage,
): Promise<Answer> {
  const { page } = request
  const nextCursor = end === null || page.kind === 'index' ? null : await cursorTo(call, request, end)
  const body = listResponse({ resources, totalResults: total, nextCursor, ...startOf(page) })
  return { status: 200, body }
}

/** Clients that count get the number of the first resource; clients that follow cursors have no use for it. */
function startOf(page: PageRequest): { startIndex?: number } {
  if (page.kind === 'index') return { startIndex: page.startIndex }
  return page.kind === 'first' && page.by === 'default' ? { startIndex: 1 } : {}
}

async function cursorTo(call: AuthenticatedCall, request: RequestedPage, place: Place): Promise<string> {
  const key = request.cursorKey ?? (await keyOf(call))
  const { count, query } = request
  return sealCursor({ place, count, query, issuedAt: call.ctx.clock.now().getTime() }, key)
}

function keyOf({ ctx, token }: AuthenticatedCall): Promise<Uint8Array> {
  return readCursorKey(ctx, { connection: token.tokenId })
}

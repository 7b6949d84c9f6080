// Searching by POST (.search) and over people and groups at once (RFC 7644 sections 3.4.2.1 and 3.4.3).
import type { ResourceOrder } from '#server/domain/resources/list-resources.sql.ts'
import { listResources, type Found } from '#server/domain/resources/list-resources.ts'
import {
  groupType,
  listResponse,
  parseFilter,
  parseSearchRequest,
  ScimError,
  userType,
  type Filter,
  type Resource,
  type ResourceType,
  type Sort,
} from '#server/scim/index.ts'
import type { Answer, AuthenticatedCall } from './call.ts'
import { presentGroups } from './groups.ts'
import { pageOf, selectionOf, sortOf, toleranceOf } from './read-call.ts'
import { presentUsers } from './users.ts'

type List = (call: AuthenticatedCall) => Promise<Answer>

/** POST .search as the GET of a list: members of the body take the place of the query, which is ignored (SR3). */
export function searched(list: List): List {
  return async call => list({ ...call, query: parseSearchRequest(call.body) })
}

/** GET / and POST /.search: people and, where the organization takes them, groups. */
export async function searchEverything(call: AuthenticatedCall): Promise<Answer> {
  const { acceptsGroups } = call.token.settings
  const types = acceptsGroups ? [userType, groupType] : [userType]
  const selections = { users: selectionOf(call, userType), groups: selectionOf(call, groupType) }
  const page = pageOf(call)
  const filters = filtersOf(call)
  const { found, total } = await listResources(call.ctx, {
    users: { filter: filters.users },
    groups: acceptsGroups ? { filter: filters.groups } : null,
    order: orderOf(call, types),
    ...page,
  })
  noteSearched(call, { shown: found.length, total })
  const users = found.flatMap(each => (each.kind === 'user' ? [each.user] : []))
  const groups = found.flatMap(each => (each.kind === 'group' ? [each.group] : []))
  const resources = inOrder(found, [
    ...(await presentUsers(call, users, selections.users)),
    ...(await presentGroups(call, groups, selections.groups)),
  ])
  return { status: 200, body: listResponse({ resources, totalResults: total, startIndex: page.startIndex }) }
}

/** The same text read for each type; what one type does not know has no value there (R9). */
function filtersOf(call: AuthenticatedCall): { users: Filter | null; groups: Filter | null } {
  const text = call.query.get('filter')
  if (text === undefined) return { users: null, groups: null }
  const options = { ...toleranceOf(call), severalTypes: true }
  return { users: parseFilter(text, userType, options), groups: parseFilter(text, groupType, options) }
}

/** One type that can be sorted by the attribute is enough; null without `sortBy`. */
function orderOf(call: AuthenticatedCall, types: readonly ResourceType[]): ResourceOrder | null {
  const refusals: ScimError[] = []
  const [users, groups] = types.map(type => sortOrNull(call, { type, refusals }))
  const order = users?.order ?? groups?.order
  if (order !== undefined) return { users: users?.path ?? null, groups: groups?.path ?? null, order }
  const [refused] = refusals
  if (refused !== undefined) throw refused
  return null
}

function inOrder(found: readonly Found[], resources: readonly Resource[]): Resource[] {
  const byId = new Map(resources.map(resource => [resource['id'], resource]))
  const ids = found.map(each => (each.kind === 'user' ? each.user.id : each.group.id))
  return ids.map(id => byId.get(id)).filter(resource => resource !== undefined)
}

function sortOrNull(
  call: AuthenticatedCall,
  { type, refusals }: { type: ResourceType; refusals: ScimError[] },
): Sort | null {
  try {
    return sortOf(call, type)
  } catch (error) {
    if (!(error instanceof ScimError) || error.scimType !== 'invalidPath') throw error
    refusals.push(error)
    return null
  }
}

function noteSearched(call: AuthenticatedCall, { shown, total }: { shown: number; total: number }): void {
  const what = total === 1 ? '1 person or group' : `${String(total)} people and groups`
  call.notes.summary = call.query.has('filter')
    ? `Searched everything: ${total === 0 ? 'nothing found' : what}`
    : `Listed people and groups, ${String(shown)} of ${String(total)}`
}

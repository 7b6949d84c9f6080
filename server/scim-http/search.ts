// Searching by POST (.search) and over people and groups at once (RFC 7644 sections 3.4.2.1 and 3.4.3).
import type { ResourceOrder } from '#server/domain/resources/list-resources.sql.ts'
import { listResources } from '#server/domain/resources/list-resources.ts'
import type { Found } from '#server/domain/resources/resource-page.ts'
import {
  groupType,
  parseFilter,
  parseSearchRequest,
  ScimError,
  userType,
  type QueryOfType,
  type Resource,
  type ResourceType,
  type Sort,
} from '#server/scim/index.ts'
import type { Answer, AuthenticatedCall } from './call.ts'
import { presentGroups } from './groups.ts'
import { answerPage, readPage } from './list-request.ts'
import { selectionOf, sortOf, toleranceOf } from './read-call.ts'
import { presentUsers } from './users.ts'

type List = (call: AuthenticatedCall) => Promise<Answer>

/** POST .search as the GET of a list: members of the body take the place of the query, which is ignored (SR3). */
export function searched(list: List): List {
  return async call => list({ ...call, query: parseSearchRequest(call.body) })
}

/** GET / and POST /.search: people and, where the organization takes them, groups. */
export async function searchEverything(call: AuthenticatedCall): Promise<Answer> {
  const queries = queriesOf(call)
  const { users, groups } = queries
  const request = await readPage(call, groups === null ? [users] : [users, groups])
  const { start, count } = request
  const { found, total, end } = await listResources(call.ctx, {
    users,
    groups,
    order: orderOf(queries),
    start,
    count,
  })
  noteSearched(call, { shown: found.length, total })
  const people = found.flatMap(each => (each.kind === 'user' ? [each.user] : []))
  const sets = found.flatMap(each => (each.kind === 'group' ? [each.group] : []))
  const resources = inOrder(found, [
    ...(await presentUsers(call, people, users.selection)),
    ...(groups === null ? [] : await presentGroups(call, sets, groups.selection)),
  ])
  return answerPage(call, request, { resources, total, end })
}

interface Queries {
  readonly users: QueryOfType
  /** Null where the organization takes no groups. */
  readonly groups: QueryOfType | null
}

/** The same words read for each type. One type that can be sorted by the attribute is enough. */
function queriesOf(call: AuthenticatedCall): Queries {
  const refusals: ScimError[] = []
  const users = queryOf(call, { type: userType, refusals })
  const { settings, groupsInPlan } = call.token
  const groups = settings.acceptsGroups && groupsInPlan ? queryOf(call, { type: groupType, refusals }) : null
  const [refused] = refusals
  if (refused !== undefined && users.sort === null && (groups?.sort ?? null) === null) throw refused
  return { users, groups }
}

/** What the type does not know has no value there (R9). */
function queryOf(call: AuthenticatedCall, { type, refusals }: TypeInTurn): QueryOfType {
  const text = call.query.get('filter')
  const options = { ...toleranceOf(call), severalTypes: true }
  return {
    type: type.name,
    selection: selectionOf(call, type),
    filter: text === undefined ? null : parseFilter(text, type, options),
    sort: sortOrNull(call, { type, refusals }),
  }
}

/** Null without `sortBy`. */
function orderOf({ users, groups }: Queries): ResourceOrder | null {
  const [ofUsers, ofGroups] = [users.sort, groups?.sort ?? null]
  const first = ofUsers ?? ofGroups
  if (first === null) return null
  return { users: ofUsers?.path ?? null, groups: ofGroups?.path ?? null, order: first.order }
}

function inOrder(found: readonly Found[], resources: readonly Resource[]): Resource[] {
  const byId = new Map(resources.map(resource => [resource['id'], resource]))
  const ids = found.map(each => (each.kind === 'user' ? each.user.id : each.group.id))
  return ids.map(id => byId.get(id)).filter(resource => resource !== undefined)
}

interface TypeInTurn {
  readonly type: ResourceType
  /** Collects why a type cannot be sorted as asked. */
  readonly refusals: ScimError[]
}

function sortOrNull(call: AuthenticatedCall, { type, refusals }: TypeInTurn): Sort | null {
  try {
    return sortOf(call, type)
  } catch (error) {
    if (!(error instanceof ScimError) || error.scimType !== 'invalidPath') throw error
    refusals.push(error)
    return null
  }
}

function noteSearched(
  call: AuthenticatedCall,
  { shown, total }: { shown: number; total: number | null },
): void {
  const what =
    total === 1 ? '1 person or group' : `${total ?? shown} ${total === null ? 'more ' : ''}people and groups`
  if (call.query.has('filter'))
    call.notes.summary = `Searched everything: ${total === 0 ? 'nothing found' : what}`
  else
    call.notes.summary = total === null ? `Listed ${what}` : `Listed people and groups, ${shown} of ${total}`
}

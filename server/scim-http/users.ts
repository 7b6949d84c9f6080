// The endpoints of /Users: create, read, list, replace, patch, delete (RFC 7644 section 3).
import { listGroupsOf } from '#server/domain/memberships/list-groups-of.ts'
import type { Related } from '#server/domain/memberships/read-members.sql.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { findUser } from '#server/domain/users/find-user.ts'
import { listUsers } from '#server/domain/users/list-users.ts'
import { provisionUser } from '#server/domain/users/provision-user.ts'
import { reviseUser, type Revisable, type UserRevised } from '#server/domain/users/revise-user.ts'
import { displayNameOf } from '#server/domain/users/rules/columns.ts'
import type { SeenUser } from '#server/domain/users/rules/user.ts'
import {
  accept,
  applyPatch,
  ifNoneMatchHits,
  isSelected,
  normalizePatchBody,
  normalizeUserBody,
  parsePatch,
  userType,
  weakTag,
  type Filter,
  type Resource,
  type Selection,
} from '#server/scim/index.ts'
import type { Answer, AuthenticatedCall } from './call.ts'
import { foundSummary } from './found-summary.ts'
import { answerPage, readListRequest } from './list-request.ts'
import {
  answersNoContent,
  expectation,
  idOf,
  normalized,
  noteIgnored,
  selectionOf,
  toleranceOf,
} from './read-call.ts'
import { fromWritable, locationOf, presentUser, toWritable } from './user-mapper.ts'

/** POST /Users. */
export async function createUser(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call, userType)
  const body = normalized(call, normalizeUserBody)
  const { resource, ignored } = accept(body, userType, {
    interaction: 'create',
    ...toleranceOf(call),
  })
  noteIgnored(call, ignored)
  const { document, active } = fromWritable(resource)
  const { together, token } = call
  const user = await provisionUser(call.ctx, { document, active, settings: token.settings, together })
  noteUser(call, user)
  return { ...(await shown(call, user, selection)), status: 201 }
}

/** GET /Users/{id}. */
export async function readUser(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call, userType)
  const user = await findUser(call.ctx, { userId: idOf(call), withGroups: showsGroups(call, selection) })
  noteUser(call, user)
  if (ifNoneMatchHits(call.headers['if-none-match'], weakTag(user.version))) {
    return { status: 304, headers: { etag: weakTag(user.version) } }
  }
  return shown(call, user, selection)
}

/** GET /Users. */
export async function searchUsers(call: AuthenticatedCall): Promise<Answer> {
  const request = await readListRequest(call, userType)
  const { selection, filter } = request
  const withGroups = showsGroups(call, selection)
  const { users, total, end } = await listUsers(call.ctx, { ...request, withGroups })
  noteFound(call, { filter, users, total })
  const resources = await presentUsers(call, users, selection)
  return answerPage(call, request, { resources, total, end })
}

/** PUT /Users/{id}. */
export async function replaceUser(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call, userType)
  const body = normalized(call, normalizeUserBody)
  const revise = (current: Revisable): Revisable => {
    const { resource, ignored } = accept(body, userType, {
      interaction: 'replace',
      current: toWritable(current),
      ...toleranceOf(call),
    })
    noteIgnored(call, ignored)
    return fromWritable(resource)
  }
  const withGroups = showsGroups(call, selection)
  return shown(call, await revised(call, { withGroups, revise }), selection)
}

/** PATCH /Users/{id}. */
export async function patchUser(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call, userType)
  const body = normalized(call, normalizePatchBody)
  const { operations, ignored } = parsePatch(body, userType, toleranceOf(call))
  noteIgnored(call, ignored)
  const revise = (current: Revisable): Revisable => {
    const before = toWritable(current)
    const after = applyPatch(before, operations, userType)
    return after === before ? current : fromWritable(after)
  }
  const noContent = answersNoContent(call, { always: call.token.settings.patchAnswersNoContent })
  const withGroups = noContent === null && showsGroups(call, selection)
  const user = await revised(call, { withGroups, revise })
  return noContent === null
    ? shown(call, user, selection)
    : { status: 204, headers: { etag: weakTag(user.version), ...noContent } }
}

/** DELETE /Users/{id}. */
export async function removeUser(call: AuthenticatedCall): Promise<Answer> {
  const user = await deleteUser(call.ctx, {
    userId: idOf(call),
    expects: expectation(call),
    graceDays: call.token.graceDays,
  })
  noteUser(call, user)
  return { status: 204 }
}

async function revised(
  call: AuthenticatedCall,
  how: { withGroups: boolean; revise: (current: Revisable) => Revisable },
): Promise<SeenUser> {
  const outcome: UserRevised = await reviseUser(call.ctx, {
    userId: idOf(call),
    settings: call.token.settings,
    expects: expectation(call),
    ...how,
  })
  noteUser(call, outcome.user)
  call.notes.changes = outcome.changes
  call.notes.changedNothing = !outcome.changed
  if (outcome.changed && outcome.changes.length === 0)
    call.notes.summary = `Linked ${displayNameOf(outcome.user.document)}`
  const { user, groups } = outcome
  return groups === undefined ? user : { ...user, groups }
}

async function shown(call: AuthenticatedCall, user: SeenUser, selection: Selection): Promise<Answer> {
  const location = locationOf(user, call.baseUrl)
  const groups = (await groupsOf(call, [user], selection)).get(user.id) ?? []
  return {
    status: 200,
    body: presentUser(user, { baseUrl: call.baseUrl, selection, groups }),
    headers: { location, 'content-location': location, etag: weakTag(user.version) },
  }
}

/** People as the entries of a list, in the same order. */
export async function presentUsers(
  call: AuthenticatedCall,
  users: readonly SeenUser[],
  selection: Selection,
): Promise<Resource[]> {
  const groups = await groupsOf(call, users, selection)
  return users.map(user =>
    presentUser(user, { baseUrl: call.baseUrl, selection, groups: groups.get(user.id) ?? [] }),
  )
}

/** False when nobody will see groups (A9) or the organization takes none: then they are not read. */
function showsGroups(call: AuthenticatedCall, selection: Selection): boolean {
  return call.token.settings.acceptsGroups && isSelected(selection, 'groups')
}

/** Groups by person: those that were read along, and the others in one query. */
async function groupsOf(
  call: AuthenticatedCall,
  users: readonly SeenUser[],
  selection: Selection,
): Promise<ReadonlyMap<string, readonly Related[]>> {
  if (!showsGroups(call, selection)) return new Map()
  const known = users.flatMap(({ id, groups }) => (groups === undefined ? [] : [[id, groups] as const]))
  const others = users.filter(({ groups }) => groups === undefined).map(({ id }) => id)
  if (others.length === 0) return new Map(known)
  return new Map([...known, ...(await listGroupsOf(call.ctx, { userIds: others }))])
}

function noteUser(call: AuthenticatedCall, user: SeenUser): void {
  call.notes.userId = user.id
  call.notes.subject = displayNameOf(user.document)
}

function noteFound(
  call: AuthenticatedCall,
  found: { filter: Filter | null; users: readonly SeenUser[]; total: number | null },
): void {
  const { filter, users } = found
  const [only] = users
  if (filter !== null && only !== undefined && users.length === 1) noteUser(call, only)
  call.notes.summary = foundSummary(filter, { ...found, listed: users.length, words: wordsForPeople })
}

const wordsForPeople = { none: 'no one', one: '1 person', many: 'people' }

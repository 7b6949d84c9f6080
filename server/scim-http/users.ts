// The endpoints of /Users: create, read, list, replace, patch, delete (RFC 7644 section 3).
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { findUser } from '#server/domain/users/find-user.ts'
import { listUsers } from '#server/domain/users/list-users.ts'
import { provisionUser } from '#server/domain/users/provision-user.ts'
import { reviseUser, type Revisable, type UserRevised } from '#server/domain/users/revise-user.ts'
import { displayNameOf } from '#server/domain/users/rules/columns.ts'
import type { SeenUser, User } from '#server/domain/users/rules/user.ts'
import {
  accept,
  applyPatch,
  ifMatchAllows,
  ifNoneMatchHits,
  listResponse,
  normalizePatchBody,
  normalizeUserBody,
  parseFilter,
  parseIndexPage,
  parsePatch,
  parseSelection,
  parseSort,
  printFilter,
  refusal,
  userType,
  weakTag,
  type Filter,
  type Normalized,
  type Selection,
} from '#server/scim/index.ts'
import type { Answer, AuthenticatedCall } from './call.ts'
import { fromWritable, locationOf, presentUser, toWritable } from './user-mapper.ts'

/** Resources on a page: without `count`, and at most. */
export const pageLimits = { defaultCount: 100, maxCount: 500 } as const

/** POST /Users. */
export async function createUser(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call)
  const body = normalized(call, normalizeUserBody)
  const { resource, ignored } = accept(body, userType, {
    interaction: 'create',
    strict: call.token.settings.strict,
  })
  noteIgnored(call, ignored)
  const { document, active } = fromWritable(resource)
  const user = await provisionUser(call.ctx, { document, active, settings: call.token.settings })
  noteUser(call, user)
  return { ...shown(call, user, selection), status: 201 }
}

/** GET /Users/{id}. */
export async function readUser(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call)
  const user = await findUser(call.ctx, { userId: idOf(call) })
  noteUser(call, user)
  if (ifNoneMatchHits(call.request.headers['if-none-match'], weakTag(user.version))) {
    return { status: 304, headers: { etag: weakTag(user.version) } }
  }
  return shown(call, user, selection)
}

/** GET /Users. */
export async function searchUsers(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call)
  const filter = filterOf(call)
  const sort = parseSort(
    { sortBy: call.query.get('sortby'), sortOrder: call.query.get('sortorder') },
    userType,
  )
  const page = parseIndexPage(
    { startIndex: call.query.get('startindex'), count: call.query.get('count') },
    pageLimits,
  )
  const { users, total } = await listUsers(call.ctx, { filter, sort, ...page })
  noteFound(call, { filter, users, total })
  const resources = users.map(user => presentUser(user, { baseUrl: call.baseUrl, selection }))
  return { status: 200, body: listResponse({ resources, totalResults: total, startIndex: page.startIndex }) }
}

/** PUT /Users/{id}. */
export async function replaceUser(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call)
  const body = normalized(call, normalizeUserBody)
  const { strict } = call.token.settings
  const revise = (current: Revisable): Revisable => {
    const { resource, ignored } = accept(body, userType, {
      interaction: 'replace',
      current: toWritable(current),
      strict,
    })
    noteIgnored(call, ignored)
    return fromWritable(resource)
  }
  return shown(call, await revised(call, revise), selection)
}

/** PATCH /Users/{id}. */
export async function patchUser(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call)
  const { strict, patchAnswersNoContent } = call.token.settings
  const { operations, ignored } = parsePatch(normalized(call, normalizePatchBody), userType, { strict })
  noteIgnored(call, ignored)
  const revise = (current: Revisable): Revisable => {
    const before = toWritable(current)
    const after = applyPatch(before, operations, userType)
    return after === before ? current : fromWritable(after)
  }
  const answer = shown(call, await revised(call, revise), selection)
  const asked = call.query.has('attributes') || call.query.has('excludedattributes')
  const minimal = /\breturn=minimal\b/i.test(String(call.request.headers['prefer'] ?? ''))
  if (!minimal && (!patchAnswersNoContent || asked)) return answer
  return {
    status: 204,
    headers: {
      etag: answer.headers?.['etag'] ?? '',
      ...(minimal ? { 'preference-applied': 'return=minimal' } : {}),
    },
  }
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

async function revised(call: AuthenticatedCall, revise: (current: Revisable) => Revisable): Promise<User> {
  const outcome: UserRevised = await reviseUser(call.ctx, {
    userId: idOf(call),
    settings: call.token.settings,
    expects: expectation(call),
    revise,
  })
  noteUser(call, outcome.user)
  call.notes.changes = outcome.changes
  call.notes.changedNothing = outcome.changes.length === 0
  return outcome.user
}

function expectation(call: AuthenticatedCall): ((version: number) => boolean) | undefined {
  const header = call.request.headers['if-match']
  return header === undefined ? undefined : version => ifMatchAllows(header, weakTag(version))
}

function shown(call: AuthenticatedCall, user: SeenUser, selection: Selection): Answer {
  const location = locationOf(user, call.baseUrl)
  return {
    status: 200,
    body: presentUser(user, { baseUrl: call.baseUrl, selection }),
    headers: { location, 'content-location': location, etag: weakTag(user.version) },
  }
}

function idOf(call: AuthenticatedCall): string {
  return call.params['id'] ?? ''
}

function selectionOf(call: AuthenticatedCall): Selection {
  const attributes = call.query.get('attributes')
  const excludedAttributes = call.query.get('excludedattributes')
  return parseSelection({ attributes, excludedAttributes }, userType)
}

function filterOf(call: AuthenticatedCall): Filter | null {
  const text = call.query.get('filter')
  return text === undefined ? null : parseFilter(text, userType, { strict: call.token.settings.strict })
}

/** The body in strict form; in strict mode nothing is put right. */
function normalized(call: AuthenticatedCall, normalize: (body: unknown) => Normalized): unknown {
  if (call.body === undefined) throw refusal('invalidSyntax', 'The body is empty. Send a JSON object.')
  if (call.token.settings.strict) return call.body
  const { body, quirks } = normalize(call.body)
  call.notes.quirks.push(...quirks)
  return body
}

function noteIgnored(call: AuthenticatedCall, ignored: readonly string[]): void {
  if (ignored.length === 0 || call.notes.quirks.some(quirk => quirk.id === 'unknown-attribute')) return
  const names = ignored.slice(0, 5).join(', ')
  call.notes.quirks.push({ id: 'unknown-attribute', sentence: `Ignored what no schema knows: ${names}.` })
}

function noteUser(call: AuthenticatedCall, user: SeenUser): void {
  call.notes.userId = user.id
  call.notes.subject = displayNameOf(user.document)
}

function noteFound(
  call: AuthenticatedCall,
  found: { filter: Filter | null; users: readonly SeenUser[]; total: number },
): void {
  const [only] = found.users
  if (found.filter !== null && only !== undefined && found.users.length === 1) noteUser(call, only)
  const people = found.total === 1 ? '1 person' : `${String(found.total)} people`
  call.notes.summary =
    found.filter === null
      ? `Listed people, ${String(found.users.length)} of ${String(found.total)}`
      : `Looked for ${printFilter(found.filter)}: ${found.total === 0 ? 'no one' : people}`
}

// GET /exports/users.csv, groups.csv, activity.csv, group-mapping.csv and change-set.csv?id=, POST users.csv and
// group-mapping-preview.csv: files that are made while they are sent.
import { Readable } from 'node:stream'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError, invalidInput } from '#server/domain/error.ts'
import { activityCategories } from '#server/domain/activity-log/rules/category.ts'
import { exportActivities } from '#server/domain/exports/export-activities.ts'
import { exportChangeSet } from '#server/domain/exports/export-change-set.ts'
import { exportGroups } from '#server/domain/exports/export-groups.ts'
import { exportMapping } from '#server/domain/exports/export-mapping.ts'
import { exportMappingPreview } from '#server/domain/exports/export-mapping-preview.ts'
import { exportUsers, type ExportUsersInput } from '#server/domain/exports/export-users.ts'
import { storableText } from '#server/domain/provisioning-log/rules/redact.ts'
import { userStatuses, type UserStatus } from '#server/domain/users/rules/user.ts'
import type { Credentials } from '#server/graphql/authenticate.ts'
import { uuidIn } from '#server/graphql/ids.ts'
import { mappingDraft } from '#server/graphql/mapping-draft.ts'

export interface ExportParts {
  /** The caller behind a session cookie or a bearer token; null when the token opens nothing. */
  readonly authenticate: (shown: Credentials) => Promise<Actor | null>
  readonly contextFor: (orgId: string, actor: Actor) => Context
}

type Query = Readonly<Record<string, string | string[] | undefined>>
type Maker = (ctx: Context, query: Query) => AsyncGenerator<string, void>

const actorKinds = ['person', 'api-key', 'scim-token', 'operator', 'system', 'anonymous'] as const
const present: readonly UserStatus[] = ['pending', 'active', 'deactivated']

const files: Readonly<Record<string, Maker>> = {
  users: (ctx, query) => exportUsers(ctx, usersIn(query)),
  groups: (ctx, query) => exportGroups(ctx, { search: textIn(query, 'search') }),
  activity: (ctx, query) =>
    exportActivities(ctx, {
      actorKinds: listIn(query, 'by', actorKinds),
      categories: listIn(query, 'category', activityCategories),
      search: textIn(query, 'search'),
      from: timeIn(query, 'from'),
      to: timeIn(query, 'to'),
    }),
  'group-mapping': ctx => exportMapping(ctx, {}),
  'change-set': (ctx, query) =>
    exportChangeSet(ctx, {
      changeSetId: uuidIn('ChangeSet', textIn(query, 'id') ?? ''),
      search: textIn(query, 'search') ?? '',
    }),
}

/** The same credentials as GraphQL. Without `status`: everyone but deleted people. `bom=1` helps old spreadsheets. */
export function exportRoutes(parts: ExportParts): FastifyPluginAsync {
  return async app => {
    for (const [name, make] of Object.entries(files)) {
      app.get(`/exports/${name}.csv`, { exposeHeadRoute: false }, (request, reply) =>
        send(parts, { name, make }, { request, reply }),
      )
    }
    app.post(
      '/exports/group-mapping-preview.csv',
      { exposeHeadRoute: false, bodyLimit: largestBody },
      (request, reply) => send(parts, previewOf(request.body), { request, reply }),
    )
    app.post('/exports/users.csv', { exposeHeadRoute: false, bodyLimit: largestBody }, (request, reply) =>
      send(parts, chosenUsers(request.body), { request, reply }),
    )
    await app.after()
  }
}

/** A mapping of 1,000 rows. */
const largestBody = 1_048_576

/** The body is what GraphQL takes as `GroupMappingInput`, as JSON. */
function previewOf(body: unknown): { name: string; make: Maker } {
  return {
    name: 'group-mapping-preview',
    make: ctx => exportMappingPreview(ctx, { read: () => mappingDraft(body) }),
  }
}

/** The body is `{ "userIds": [...] }` with global ids, at most 1,000; in whatever state these people are. */
function chosenUsers(body: unknown): { name: string; make: Maker } {
  async function* make(ctx: Context): AsyncGenerator<string, void> {
    const ids = userIdsIn(body).map(id => uuidIn('User', id))
    yield* exportUsers(ctx, { ...usersIn({}), status: userStatuses, ids })
  }
  return { name: 'users', make }
}

function userIdsIn(body: unknown): string[] {
  const sent = (body as { userIds?: unknown } | null)?.userIds
  if (Array.isArray(sent) && sent.every(id => typeof id === 'string')) return sent
  const message = 'Send {"userIds": [...]} with the ids of people.'
  throw invalidInput('exports/bad-list', [{ path: 'userIds', message }])
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

async function send(
  parts: ExportParts,
  file: { name: string; make: Maker },
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  // A cookie comes along when another page links here; nothing it asks for is made.
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    return refuse(reply, 403, 'Open this address from the Rollcall console, or send an API key.')
  }
  const actor = await parts.authenticate(shownBy(request))
  if (actor === null || !('orgId' in actor)) {
    return refuse(reply, 401, 'Sign in to the Rollcall console, or send an API key as bearer token.')
  }
  const query = request.query as Query
  const pieces = file.make(parts.contextFor(actor.orgId, actor), query)
  try {
    const head = await pieces.next()
    const mark = query['bom'] === '1' ? '\uFEFF' : ''
    const headers = {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${file.name}.csv"`,
      'cache-control': 'no-store',
    }
    return await reply.headers(headers).send(Readable.from(continued(mark + (head.value ?? ''), pieces)))
  } catch (error) {
    if (error instanceof DomainError) return refuse(reply, statusOf(error), error.message)
    throw error
  }
}

function shownBy(request: FastifyRequest): Credentials {
  const { authorization = null, cookie = null } = request.headers
  const client = request.headers['user-agent']?.slice(0, 300) ?? null
  return { authorization, cookie, origin: { requestId: request.id, ip: request.ip, client } }
}

/** Ends the source with it when the caller goes away. */
async function* continued(first: string, rest: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
  try {
    yield first
    yield* rest
  } finally {
    await rest.return()
  }
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send({ error })
}

function statusOf({ kind }: DomainError): number {
  return kind === 'forbidden' || kind === 'not-in-plan' ? 403 : 400
}

const longestSearch = 200

function textIn(query: Query, name: string): string | null {
  const text = exactIn(query, name)
  // A pair that is cut in half is no text any more.
  return text === null ? null : storableText(text.slice(0, longestSearch))
}

function exactIn(query: Query, name: string): string | null {
  const value = query[name]
  return typeof value === 'string' && value !== '' ? storableText(value) : null
}

const roles: readonly Role[] = ['owner', 'admin', 'group_admin', 'user']
const answers: Readonly<Record<string, boolean>> = { yes: true, no: false }

/** Everything that narrows the list of people in the console. Words that mean nothing here are passed over. */
function usersIn(query: Query): ExportUsersInput {
  const group = exactIn(query, 'groupId')
  return {
    status: statusesIn(query),
    search: textIn(query, 'search'),
    role: listIn(query, 'role', roles),
    linked: answers[exactIn(query, 'linked') ?? ''] ?? null,
    identityProviderGroup: exactIn(query, 'identityProviderGroup'),
    groupId: group === null ? null : uuidIn('Group', group),
  }
}

function timeIn(query: Query, name: string): Date | null {
  const time = new Date(textIn(query, name) ?? '')
  return Number.isNaN(time.getTime()) ? null : time
}

/** Null when none of the known words is said. */
function listIn<Word extends string>(
  query: Query,
  name: string,
  known: readonly Word[],
): readonly Word[] | null {
  const said = [query[name] ?? []].flat().flatMap(text => text.split(','))
  const found = known.filter(word => said.includes(word))
  return found.length === 0 ? null : found
}

/** `?status=active&status=pending` or `?status=active,pending`; words that are no state are passed over. */
function statusesIn(query: Query): readonly UserStatus[] {
  return listIn(query, 'status', userStatuses) ?? present
}

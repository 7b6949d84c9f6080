// One of each kind of caller of an organization, and whether an answer says that they may not.
import type { ExecutionResult } from 'graphql'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { operatorKey, sender, type Sender } from '#test/support/graphql-client.ts'
import { newColleague, type TestOrganization } from '#test/support/make-world.ts'
import type { Caller } from './operations.ts'

const scopesOfKeys: Partial<Record<Caller, string>> = {
  readKey: 'READ',
  usersKey: 'USERS_WRITE',
  tokensKey: 'TOKENS_WRITE',
  mappingsKey: 'MAPPINGS_WRITE',
  settingsKey: 'SETTINGS_WRITE',
  groupsKey: 'GROUPS_WRITE',
  eventsKey: 'MANAGED_EVENTS_WRITE',
}

/** What each of them shows; a key for every scope there is. */
export async function everyCaller(
  place: { world: World; door: GraphqlDoor },
  org: TestOrganization,
): Promise<Map<Caller, Sender>> {
  const there = { ...org, world: place.world }
  const callers = new Map<Caller, Sender>([
    ['owner', { cookie: org.owner.cookie }],
    ['admin', { cookie: org.admin.cookie }],
    ['groupAdmin', { cookie: (await newColleague(there, { role: 'group_admin' })).cookie }],
    ['user', { cookie: (await newColleague(there, { role: 'user' })).cookie }],
    ['operator', { bearer: operatorKey }],
    ['nobody', {}],
  ])
  const send = sender(place.door, { cookie: org.owner.cookie })
  for (const [caller, scope] of Object.entries(scopesOfKeys)) {
    const answer = await send(
      'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreateApiKeyPayload { secret } } }',
      { input: { name: scope, scopes: [scope] } },
    )
    const { createApiKey } = answer.data as unknown as { createApiKey: { secret: string } }
    callers.set(caller as Caller, { bearer: createApiKey.secret })
  }
  return callers
}

/** Refusals for who somebody is; a wrong password, say, is none of them. */
const refusals = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'actor/not-permitted',
  'actor/operator-only',
  'event-types/people-only',
  'sessions/owner-only',
  'sessions/people-only',
  'users/owner-only',
])

interface Payload {
  readonly __typename?: string
  readonly code?: unknown
}

/** An answer or a part of it says that this caller may not. */
export function isRefused(answer: Pick<ExecutionResult, 'data' | 'errors'>): boolean {
  const ofErrors = (answer.errors ?? []).map(({ extensions }) => extensions['code'])
  const payloads = Object.values((answer.data ?? {}) as Record<string, Payload | null>)
  // Who did not ask for the code is told by the type alone.
  const ofPayloads = payloads.map(payload =>
    payload?.__typename === 'ForbiddenError' ? (payload.code ?? 'FORBIDDEN') : null,
  )
  return [...ofErrors, ...ofPayloads].some(code => refusals.has(String(code)))
}

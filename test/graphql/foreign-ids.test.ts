// Ids of other organizations are unknown ids, whatever is asked with them (G26).
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { rotateOauthClientSecret } from '#server/domain/oauth-clients/rotate-oauth-client-secret.ts'
import { previewGroupMapping } from '#server/domain/group-mappings/preview-group-mapping.ts'
import { saveGroupMapping, type MappingSaved } from '#server/domain/group-mappings/save-group-mapping.ts'
import { createEventType } from '#server/domain/event-types/create-event-type.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { createOrganization } from '#server/domain/organizations/create-organization.ts'
import { issueSetupLink } from '#server/domain/setup-links/issue-setup-link.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, sender, type Sender } from '#test/support/graphql-client.ts'
import {
  makeWorld,
  newOrganization,
  newPerson,
  noticeOf,
  operatorActor,
  type TestOrganization,
} from '#test/support/make-world.ts'
import { everyCaller } from './callers.ts'
import { global, harmless, unknown, type Caller } from './operations.ts'
import { byIdOfPeople } from './foreign-people.ts'

let world: World
let door: GraphqlDoor
let org: TestOrganization
let other: TestOrganization
let saved: MappingSaved
let client: { clientId: string; secretId: string }

let callers: [Caller, Sender][]

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
  other = await newOrganization(world)
  // The owner is asked with more ids, and the operator may name organizations.
  const all = await everyCaller({ world, door }, org)
  callers = [...all].filter(([caller]) => caller !== 'owner' && caller !== 'operator')
  saved = await saveMapping(other)
  const { clientId } = await createOauthClient(other.owner.ctx, {
    name: 'x',
    authentication: 'client_secret',
  })
  client = { clientId, ...(await rotateOauthClientSecret(other.owner.ctx, { clientId, oldEnds: 'keep' })) }
  made.group = await createGroupByHand(org.owner.ctx, { name: 'Mine' })
  made.event = await createManagedEvent(org.owner.ctx, { details: { name: 'Mine' } })
  made.theirGroup = await createGroupByHand(other.owner.ctx, { name: 'Theirs' })
  made.theirEvent = await createManagedEvent(other.owner.ctx, { details: { name: 'Theirs' } })
  made.theirNotice = await noticeOf(other)
  made.theirType = await createEventType(other.owner.ctx, { name: 'Own', slug: 'own', durationMinutes: 30 })
})

/** A mapping whose job nobody works on. */
async function saveMapping({ owner }: TestOrganization): Promise<MappingSaved> {
  const draft = { enabled: true, applyToExisting: true, rows: [], defaultGroup: null }
  const { fingerprint } = await previewGroupMapping(owner.ctx, draft)
  return saveGroupMapping(owner.ctx, { draft, fingerprint, version: null })
}
const made = { group: '', event: '', theirGroup: '', theirEvent: '', theirType: '', theirNotice: '' }
const ownGroup = (): string => global('Group', made.group)
const ownEvent = (): string => global('ManagedEvent', made.event)

const byIdInput = (name: string, id: string): [string, object] => [
  `mutation ($input: ManagedEventIdInput!) { ${name}(input: $input) { __typename ... on Error { code } } }`,
  { input: { id } },
]

type Question = (id: string) => [string, object]
const nodes =
  'User ScimToken ApiKey Organization ProvisioningEvent Job ChangeSet Notice OauthClient OauthClientSecret Group ManagedEvent'.split(
    ' ',
  )
const byNode: Question = id => [`{ node(id: "${id}") { id } }`, {}]

const byId: [string, string, Question][] = [
  ...nodes.map((type): [string, string, Question] => ['node', type, byNode]),
  ['dismissNotice', 'Notice', id => harmless('dismissNotice', { id })],
  ['cancelJob', 'Job', id => harmless('cancelJob', { id })],
  ['undoChangeSet', 'ChangeSet', id => harmless('undoChangeSet', { id })],
  ['organization', 'Organization', id => [`{ organization(id: "${id}") { id } }`, {}]],
  ['rotateScimToken', 'ScimToken', id => harmless('rotateScimToken', { id, name: 'x', oldEnds: 'NOW' })],
  ['revokeScimToken', 'ScimToken', id => harmless('revokeScimToken', { id })],
  ['revokeOauthClient', 'OauthClient', id => harmless('revokeOauthClient', { id })],
  [
    'rotateOauthClientSecret',
    'OauthClient',
    id => harmless('rotateOauthClientSecret', { id, oldEnds: 'NOW' }),
  ],
  [
    'replaceOauthClientKeys',
    'OauthClient',
    id => harmless('replaceOauthClientKeys', { id, jwksUri: 'https://idp.example/keys' }),
  ],
  ['revokeOauthClientSecret', 'OauthClientSecret', id => harmless('revokeOauthClientSecret', { id })],
  ['revokeApiKey', 'ApiKey', id => harmless('revokeApiKey', { id })],
  [
    'createApiKey',
    'Organization',
    organizationId => harmless('createApiKey', { organizationId, name: 'x', scopes: ['READ'] }),
  ],
  ...byIdOfPeople,
  ['renameGroup', 'Group', id => harmless('renameGroup', { id, name: 'x' })],
  ['deleteGroup', 'Group', id => harmless('deleteGroup', { id })],
  ['addGroupMembers', 'Group', groupId => harmless('addGroupMembers', { groupId, userIds: [] })],
  ['addGroupMembers of', 'User', id => harmless('addGroupMembers', { groupId: ownGroup(), userIds: [id] })],
  ['removeGroupMembers', 'Group', groupId => harmless('removeGroupMembers', { groupId, userIds: [] })],
  [
    'removeGroupMembers of',
    'User',
    id => harmless('removeGroupMembers', { groupId: ownGroup(), userIds: [id] }),
  ],
  ['setGroupAdmins', 'Group', groupId => harmless('setGroupAdmins', { groupId, userIds: [] })],
  ['setGroupAdmins to', 'User', id => harmless('setGroupAdmins', { groupId: ownGroup(), userIds: [id] })],
  ['updateManagedEvent', 'ManagedEvent', id => harmless('updateManagedEvent', { id })],
  ['duplicateManagedEvent', 'ManagedEvent', id => byIdInput('duplicateManagedEvent', id)],
  ['deleteManagedEvent', 'ManagedEvent', id => byIdInput('deleteManagedEvent', id)],
  ['assignManagedEvent', 'ManagedEvent', id => harmless('assignManagedEvent', { id })],
  [
    'assignManagedEvent to',
    'Group',
    id => harmless('assignManagedEvent', { id: ownEvent(), groupIds: [id] }),
  ],
  ['assignManagedEvent to', 'User', id => harmless('assignManagedEvent', { id: ownEvent(), userIds: [id] })],
  ['unassignManagedEvent', 'ManagedEvent', id => harmless('unassignManagedEvent', { id })],
  [
    'unassignManagedEvent from',
    'Group',
    id => harmless('unassignManagedEvent', { id: ownEvent(), groupIds: [id] }),
  ],
  [
    'updateManagedEventCopy',
    'ManagedEvent',
    id => harmless('updateManagedEventCopy', { managedEventId: id, sections: {} }),
  ],
  [
    'updateManagedEventCopy of',
    'User',
    id => harmless('updateManagedEventCopy', { managedEventId: ownEvent(), userId: id, sections: {} }),
  ],
  ['deleteEventType', 'EventType', id => harmless('deleteEventType', { id })],
  [
    'previewManagedEventAssignment',
    'ManagedEvent',
    id => [
      `query ($input: PreviewManagedEventAssignmentInput!) {
        organization { previewManagedEventAssignment(input: $input) { gain } } }`,
      { input: { id } },
    ],
  ],
  [
    'previewManagedEventUpdate',
    'ManagedEvent',
    id => [
      `query ($input: UpdateManagedEventInput!) {
        organization { previewManagedEventUpdate(input: $input) { copiesChanged } } }`,
      { input: { id } },
    ],
  ],
  [
    'provisioningEvents by person',
    'User',
    id => [
      'query ($id: ID) { organization { provisioningEvents(filter: { userId: $id }) { totalCount } } }',
      { id },
    ],
  ],
]

function foreignId(type: string): string {
  const ids: Record<string, string> = {
    User: other.admin.userId,
    ScimToken: other.scimToken.id,
    ApiKey: other.apiKey.id,
    Organization: other.orgId,
    OauthClient: client.clientId,
    OauthClientSecret: client.secretId,
    ProvisioningEvent: `${other.orgId}.1`,
    Job: saved.jobId ?? '',
    ChangeSet: saved.changeSetId,
    Notice: made.theirNotice,
    Group: made.theirGroup,
    ManagedEvent: made.theirEvent,
    EventType: made.theirType,
  }
  return global(type, ids[type] ?? '')
}

describe('an id of another organization', () => {
  it.each(byId)(
    'answers %s of %s exactly like an unknown and a malformed id',
    async (_what, type, question) => {
      const send = sender(door, { cookie: org.owner.cookie })
      const answers: unknown[] = []
      for (const id of [foreignId(type), global(type, unknown), global(type, 'x'), 'nonsense', 'VXNlcg==']) {
        const [query, variables] = question(id)
        const { status, data, errors } = await send(query, variables as Record<string, unknown>)
        answers.push({
          status,
          data,
          errors: errors?.map(error => error.extensions?.['code'] ?? error.message.replaceAll(id, 'ID')),
        })
      }
      const [foreign, missing] = answers
      expect(foreign).toEqual(missing)
      for (const odd of answers.slice(2)) expect(odd).toEqual(foreign)
    },
  )

  it.each(byId)(
    'tells no role and no key of another organization more: %s of %s',
    async (_what, type, question) => {
      for (const [caller, who] of callers) {
        const answers = [foreignId(type), global(type, unknown)].map(async id => {
          const { status, data, errors } = await sender(
            door,
            who,
          )(...(question(id) as [string, Record<string, unknown>]))
          return { status, data, codes: errors?.map(error => error.extensions?.['code']) }
        })
        const [foreign, missing] = await Promise.all(answers)
        expect(foreign, caller).toEqual(missing)
      }
    },
  )

  it('answers the same kind of nothing as no id at all for setup links and operators', async () => {
    const made = await createOrganization(world.installationFor(operatorActor), { name: 'Waiting' })
    const link = await issueSetupLink(world.contextFor(made.orgId, operatorActor))
    const send = sender(door, { cookie: org.owner.cookie })
    const known = await send(
      'query ($s: String!) { setupInvitation(secret: $s) { organizationName ownerEmail } }',
      { s: link.secret },
    )
    expect(known.data).toEqual({ setupInvitation: { organizationName: 'Waiting', ownerEmail: null } })
    const gone = await send('query ($s: String!) { setupInvitation(secret: $s) { organizationName } }', {
      s: made.setupSecret,
    })
    expect(gone.data).toEqual({ setupInvitation: null })
  })

  it('never shows text of the other organization in lists and searches', async () => {
    await newPerson(other.scim, { displayName: 'Canary of the other organization' })
    const answer = await sender(door, { bearer: org.apiKey.secret })(
      `{ organization { users(search: "canary") { totalCount nodes { displayName } }
         provisioningEvents(filter: { search: "canary" }) { totalCount } exchanges(first: 500) { totalCount } } }`,
    )
    expect(answer.data).toEqual({
      organization: {
        users: { totalCount: 0, nodes: [] },
        provisioningEvents: { totalCount: 0 },
        exchanges: { totalCount: 0 },
      },
    })
  })
})

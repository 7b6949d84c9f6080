// Who may do what, over every operation of the schema; and that ids of other organizations are unknown ids.
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { schema } from '#server/graphql/schema.ts'
import { issueSetupLink } from '#server/domain/setup-links/issue-setup-link.ts'
import { createOrganization } from '#server/domain/organizations/create-organization.ts'
import type { World } from '#server/world.ts'
import {
  graphqlDoor,
  operatorKey,
  sender,
  type GraphqlAnswer,
  type Sender,
} from '#test/support/graphql-client.ts'
import {
  makeWorld,
  newColleague,
  newOrganization,
  newPerson,
  operatorActor,
  type TestOrganization,
} from '#test/support/make-world.ts'

type Caller =
  | 'owner'
  | 'admin'
  | 'groupAdmin'
  | 'user'
  | 'readKey'
  | 'usersKey'
  | 'tokensKey'
  | 'settingsKey'
  | 'operator'
  | 'nobody'

let world: World
let door: GraphqlDoor
let org: TestOrganization
let other: TestOrganization
const callers = new Map<Caller, Sender>()

const global = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
  other = await newOrganization(world)
  const place = { ...org, world }
  callers.set('owner', { cookie: org.owner.cookie })
  callers.set('admin', { cookie: org.admin.cookie })
  callers.set('groupAdmin', { cookie: (await newColleague(place, { role: 'group_admin' })).cookie })
  callers.set('user', { cookie: (await newColleague(place, { role: 'user' })).cookie })
  callers.set('readKey', { bearer: await keyWith(['READ']) })
  callers.set('usersKey', { bearer: await keyWith(['USERS_WRITE']) })
  callers.set('tokensKey', { bearer: await keyWith(['TOKENS_WRITE']) })
  callers.set('settingsKey', { bearer: await keyWith(['SETTINGS_WRITE']) })
  callers.set('operator', { bearer: operatorKey })
  callers.set('nobody', {})
})

async function keyWith(scopes: string[]): Promise<string> {
  const answer = await sender(door, { cookie: org.owner.cookie })(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreateApiKeyPayload { secret } } }',
    { input: { name: scopes.join(), scopes } },
  )
  return (answer.data as unknown as { createApiKey: { secret: string } }).createApiKey.secret
}

const everybody: Caller[] = [
  'owner',
  'admin',
  'groupAdmin',
  'user',
  'readKey',
  'usersKey',
  'tokensKey',
  'settingsKey',
  'operator',
  'nobody',
]
const members = everybody.filter(caller => caller !== 'operator' && caller !== 'nobody')
const admins: Caller[] = ['owner', 'admin']
const readers: Caller[] = [...admins, 'readKey']
const unknown = '018f0000-0000-7000-8000-000000000000'

/** A mutation that reaches its use case and changes nothing. */
function harmless(name: string, input: object): [string, object] {
  const query = `mutation ($input: ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ... on Error { code } } }`
  return [query, { input }]
}

const person = { id: global('User', unknown) }
/** The organization by its id, so that the operator asks for the same one. */
const inOrganization = (fields: string): [string, object] => [
  `query ($org: ID) { organization(id: $org) { id ${fields} } }`,
  {},
]

/** Operation: what is sent, and who may. The root fields of the schema are all there. */
const operations: Record<string, [send: [string, object], allowed: Caller[]]> = {
  viewer: [['{ viewer { kind permissions { manageUsers } } }', {}], everybody],
  organization: [
    ['{ organization { id name plan } }', {}],
    [...members, 'operator'],
  ],
  'organization.users': [inOrganization('users { totalCount }'), [...readers, 'usersKey']],
  'organization.seats': [inOrganization('seats { used }'), [...readers, 'usersKey', 'operator']],
  'organization.scimTokens': [inOrganization('scimTokens { id }'), [...readers, 'tokensKey', 'settingsKey']],
  'organization.apiKeys': [inOrganization('apiKeys { id }'), admins],
  'organization.provisioning': [
    inOrganization('provisioning { enforced health { state } }'),
    [...readers, 'tokensKey', 'settingsKey'],
  ],
  'organization.provisioningEvents': [inOrganization('provisioningEvents { totalCount }'), readers],
  'organization.exchanges': [inOrganization('exchanges { totalCount }'), readers],
  organizations: [['{ organizations(first: 1) { totalCount } }', {}], ['operator']],
  node: [
    [`{ node(id: "${global('Organization', unknown)}") { id } }`, {}],
    [...members, 'operator'],
  ],
  setupInvitation: [['{ setupInvitation(secret: "x") { organizationName } }', {}], everybody],
  createOrganization: [harmless('createOrganization', { name: '' }), ['operator']],
  updateOrganization: [harmless('updateOrganization', { id: global('Organization', unknown) }), ['operator']],
  deleteOrganization: [
    harmless('deleteOrganization', { id: global('Organization', unknown), confirmName: 'x' }),
    ['operator'],
  ],
  issueSetupLink: [
    harmless('issueSetupLink', { organizationId: global('Organization', unknown) }),
    ['operator'],
  ],
  completeSetup: [
    harmless('completeSetup', {
      secret: 'x',
      organizationName: 'x',
      ownerName: 'x',
      email: 'x',
      password: 'x',
    }),
    everybody,
  ],
  enforceProvisioning: [harmless('enforceProvisioning', { enforced: true }), [...admins, 'settingsKey']],
  configureProvisioning: [
    harmless('configureProvisioning', { deletionGraceDays: 999 }),
    [...admins, 'settingsKey'],
  ],
  deleteProvisioningConfiguration: [
    harmless('deleteProvisioningConfiguration', { confirmName: 'x' }),
    [...admins, 'settingsKey'],
  ],
  issueScimToken: [harmless('issueScimToken', { name: '' }), [...admins, 'tokensKey']],
  rotateScimToken: [
    harmless('rotateScimToken', { id: global('ScimToken', unknown), name: 'x', oldEnds: 'NOW' }),
    [...admins, 'tokensKey'],
  ],
  revokeScimToken: [
    harmless('revokeScimToken', { id: global('ScimToken', unknown) }),
    [...admins, 'tokensKey'],
  ],
  testScimConnection: [harmless('testScimConnection', { secret: 'x' }), [...admins, 'tokensKey']],
  deactivateUser: [
    ['mutation ($input: UserIdInput!) { deactivateUser(input: $input) { __typename } }', { input: person }],
    [...admins, 'usersKey'],
  ],
  reactivateUser: [
    ['mutation ($input: UserIdInput!) { reactivateUser(input: $input) { __typename } }', { input: person }],
    [...admins, 'usersKey'],
  ],
  removeUser: [harmless('removeUser', { ...person, confirmUserName: 'x' }), [...admins, 'usersKey']],
  restoreUser: [
    ['mutation ($input: UserIdInput!) { restoreUser(input: $input) { __typename } }', { input: person }],
    ['owner'],
  ],
  changeUserRole: [harmless('changeUserRole', { ...person, role: 'ADMIN' }), admins],
  createApiKey: [harmless('createApiKey', { name: '', scopes: [], organizationId: null }), admins],
  revokeApiKey: [harmless('revokeApiKey', { id: global('ApiKey', unknown) }), admins],
}

/** Proven elsewhere: session.test.ts and subscriptions.test.ts. */
const elsewhere = ['signIn', 'signOut']

function isRefused(answer: GraphqlAnswer): boolean {
  const codes = (answer.errors ?? []).map(error => error.extensions?.['code'])
  const payloads = Object.values(
    (answer.data as unknown as Record<string, { __typename?: string } | null> | undefined) ?? {},
  )
  const forbidden = payloads.some(payload => payload?.__typename === 'ForbiddenError')
  return (
    forbidden ||
    codes.some(code => ['UNAUTHENTICATED', 'FORBIDDEN', 'actor/not-permitted'].includes(String(code)))
  )
}

describe('who may', () => {
  it('is written down for every query and mutation', () => {
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap(type =>
      Object.keys(type?.getFields() ?? {}),
    )
    expect([...Object.keys(operations).filter(name => !name.includes('.')), ...elsewhere].sort()).toEqual(
      fields.sort(),
    )
  })

  it.each(Object.keys(operations))('use %s is as written', async name => {
    const [[query, variables], allowed] = operations[name]!
    const outcome: Caller[] = []
    for (const caller of everybody) {
      const answer = await sender(door, callers.get(caller))(query, {
        ...variables,
        org: global('Organization', org.orgId),
      })
      if (!isRefused(answer)) outcome.push(caller)
    }
    expect(outcome).toEqual(everybody.filter(caller => allowed.includes(caller)))
  })

  it('see themselves, and nobody else, without the right to read people', async () => {
    const place = { ...org, world }
    const me = await newColleague(place, { role: 'user' })
    const send = sender(door, { cookie: me.cookie })
    expect((await send('{ viewer { user { displayName role scim } } }')).data).toMatchObject({
      viewer: { user: { displayName: me.name, role: 'USER' } },
    })
    const owner = await send(
      `{ node(id: "${global('User', org.owner.userId)}") { id ... on User { email } } }`,
    )
    expect(owner.data).toEqual({ node: null })
  })
})

const byId: [string, string, (id: string) => [string, object]][] = [
  ['node', 'User', id => [`{ node(id: "${id}") { id } }`, {}]],
  ['node', 'ScimToken', id => [`{ node(id: "${id}") { id } }`, {}]],
  ['node', 'ApiKey', id => [`{ node(id: "${id}") { id } }`, {}]],
  ['node', 'Organization', id => [`{ node(id: "${id}") { id } }`, {}]],
  ['node', 'ProvisioningEvent', id => [`{ node(id: "${id}") { id } }`, {}]],
  ['organization', 'Organization', id => [`{ organization(id: "${id}") { id } }`, {}]],
  ['rotateScimToken', 'ScimToken', id => harmless('rotateScimToken', { id, name: 'x', oldEnds: 'NOW' })],
  ['revokeScimToken', 'ScimToken', id => harmless('revokeScimToken', { id })],
  ['revokeApiKey', 'ApiKey', id => harmless('revokeApiKey', { id })],
  [
    'createApiKey',
    'Organization',
    organizationId => harmless('createApiKey', { organizationId, name: 'x', scopes: ['READ'] }),
  ],
  ['removeUser', 'User', id => harmless('removeUser', { id, confirmUserName: 'x' })],
  [
    'restoreUser',
    'User',
    id => [
      'mutation ($input: UserIdInput!) { restoreUser(input: $input) { __typename ... on Error { code } } }',
      { input: { id } },
    ],
  ],
  ['changeUserRole', 'User', id => harmless('changeUserRole', { id, role: 'ADMIN' })],
  [
    'provisioningEvents by person',
    'User',
    id => [
      'query ($id: ID) { organization { provisioningEvents(filter: { userId: $id }) { totalCount } } }',
      { id },
    ],
  ],
  [
    'exchanges by person',
    'User',
    id => ['query ($id: ID) { organization { exchanges(filter: { userId: $id }) { totalCount } } }', { id }],
  ],
]

function foreignId(type: string): string {
  const ids: Record<string, string> = {
    User: other.admin.userId,
    ScimToken: other.scimToken.id,
    ApiKey: other.apiKey.id,
    Organization: other.orgId,
    ProvisioningEvent: `${other.orgId}.1`,
  }
  return global(type, ids[type] ?? '')
}

describe('an id of another organization (G26)', () => {
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

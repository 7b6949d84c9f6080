// Who may do what, over every operation of the schema.
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { schema } from '#server/graphql/schema.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, sender, type Sender } from '#test/support/graphql-client.ts'
import { makeWorld, newColleague, newOrganization, type TestOrganization } from '#test/support/make-world.ts'

import { everyCaller, isRefused } from './callers.ts'
import { operationsOfGroups } from './group-operations.ts'
import { operationsOfPeople } from './people-operations.ts'
import { operationsOfSecurity, operationsOfSignIn } from './security-operations.ts'
import { operationsOfSso } from './sso-operations.ts'
import {
  admins,
  everybody,
  global,
  harmless,
  inOrganization,
  members,
  people,
  readers,
  unknown,
  type Caller,
} from './operations.ts'

let world: World
let door: GraphqlDoor
let org: TestOrganization
let callers: Map<Caller, Sender>

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
  callers = await everyCaller({ world, door }, org)
})

/** Operation: what is sent, and who may. The root fields of the schema are all there. */
const operations: Record<string, [send: [string, object], allowed: Caller[]]> = {
  installation: [
    ['{ installation { mailConfigured } }', {}],
    [...members, 'operator'],
  ],
  viewer: [['{ viewer { kind permissions { manageUsers } } }', {}], everybody],
  organization: [
    ['{ organization { id name plan } }', {}],
    [...members, 'operator'],
  ],
  'organization.users': [inOrganization('users { totalCount }'), [...readers, 'usersKey', 'mappingsKey']],
  'organization.seats': [
    inOrganization('seats { used }'),
    [...readers, 'usersKey', 'mappingsKey', 'operator'],
  ],
  'organization.scimTokens': [inOrganization('scimTokens { id }'), [...readers, 'tokensKey', 'settingsKey']],
  'organization.apiKeys': [inOrganization('apiKeys { id }'), admins],
  'organization.provisioning': [
    inOrganization('provisioning { enforced health { state } }'),
    [...readers, 'tokensKey', 'settingsKey'],
  ],
  'organization.provisioningEvents': [inOrganization('provisioningEvents { totalCount }'), readers],
  'organization.exchanges': [inOrganization('exchanges { totalCount }'), readers],
  'organization.activity': [inOrganization('activity { totalCount }'), readers],
  ...operationsOfSecurity,
  'viewer.sessions': [['{ viewer { sessions { id } } }', {}], everybody],
  endSession: [harmless('endSession', { id: 'x' }), people],
  endOtherSessions: [['mutation { endOtherSessions { __typename ... on Error { code } } }', {}], people],
  organizations: [['{ organizations(first: 1) { totalCount } }', {}], ['operator']],
  node: [
    [`{ node(id: "${global('Organization', unknown)}") { id } }`, {}],
    [...members, 'operator'],
  ],
  'organization.groupMapping': [inOrganization('groupMapping { version }'), [...readers, 'mappingsKey']],
  'organization.previewGroupMapping': [
    inOrganization(
      'previewGroupMapping(input: { enabled: true, rows: [], applyToExisting: false }) { fingerprint }',
    ),
    [...readers, 'mappingsKey'],
  ],
  'organization.jobs': [inOrganization('jobs { id } changeSets { id }'), [...readers, 'mappingsKey']],
  saveGroupMapping: [
    harmless('saveGroupMapping', { mapping: { enabled: false, rows: [], applyToExisting: false } }),
    [...admins, 'mappingsKey'],
  ],
  changeSourceAttribute: [harmless('changeSourceAttribute', { attribute: 'x' }), [...admins, 'mappingsKey']],
  undoChangeSet: [
    harmless('undoChangeSet', { id: global('ChangeSet', unknown) }),
    [...admins, 'mappingsKey'],
  ],
  cancelJob: [harmless('cancelJob', { id: global('Job', unknown) }), [...admins, 'mappingsKey']],
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
  configureDeviation: [
    harmless('configureDeviation', { deviation: 'nothing', strict: true }),
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
  createOauthClient: [
    harmless('createOauthClient', { name: '', authentication: 'CLIENT_SECRET' }),
    [...admins, 'tokensKey'],
  ],
  rotateOauthClientSecret: [
    harmless('rotateOauthClientSecret', { id: global('OauthClient', unknown), oldEnds: 'KEEP' }),
    [...admins, 'tokensKey'],
  ],
  revokeOauthClientSecret: [
    harmless('revokeOauthClientSecret', { id: global('OauthClientSecret', unknown) }),
    [...admins, 'tokensKey'],
  ],
  replaceOauthClientKeys: [
    harmless('replaceOauthClientKeys', { id: global('OauthClient', unknown), jwksUri: 'https://a.example/' }),
    [...admins, 'tokensKey'],
  ],
  revokeOauthClient: [
    harmless('revokeOauthClient', { id: global('OauthClient', unknown) }),
    [...admins, 'tokensKey'],
  ],
  testScimConnection: [harmless('testScimConnection', { secret: 'x' }), [...admins, 'tokensKey']],
  createApiKey: [harmless('createApiKey', { name: '', scopes: [], organizationId: null }), admins],
  revokeApiKey: [harmless('revokeApiKey', { id: global('ApiKey', unknown) }), admins],
  ...operationsOfGroups,
  ...operationsOfPeople,
  ...operationsOfSso,
  ...operationsOfSignIn,
}

describe('who may', () => {
  it('is written down for every query and mutation', () => {
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap(type =>
      Object.keys(type?.getFields() ?? {}),
    )
    expect(
      Object.keys(operations)
        .filter(name => !/[. ]/.test(name))
        .sort(),
    ).toEqual(fields.sort())
  })

  it.each(Object.keys(operations))('use %s is as written (G24)', async name => {
    const [[query, variables], allowed] = operations[name]!
    const outcome: Caller[] = []
    for (const caller of everybody) {
      const answer = await sender(door, callers.get(caller))(query, {
        ...variables,
        org: global('Organization', org.orgId),
      })
      if (!isRefused({ data: answer.data, errors: answer.errors as never })) outcome.push(caller)
    }
    expect(outcome).toEqual(everybody.filter(caller => allowed.includes(caller)))
  })

  it('are told whom to ask, people only', async () => {
    const me = await newColleague({ ...org, world }, { role: 'user' })
    const ask = '{ viewer { contact } }'
    expect((await sender(door, { cookie: me.cookie })(ask)).data).toEqual({
      viewer: { contact: org.owner.name },
    })
    for (const shown of [{ bearer: org.apiKey.secret }, {}])
      expect((await sender(door, shown)(ask)).data).toEqual({ viewer: { contact: null } })
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

// What the operator does through the API, from a new organization to its end.
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, operatorKey, publicUrl, sender, type Send } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization } from '#test/support/make-world.ts'

let world: World
let door: GraphqlDoor
let operator: Send

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  operator = sender(door, { bearer: operatorKey })
})

const create = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { __typename
  ... on CreateOrganizationPayload { setupLink apiKeySecret organization { id name plan seats { total } entitlements { scim sso } userCounts { active } } }
  ... on InvalidInputError { fields { path } } } }`

interface Created {
  readonly createOrganization: {
    readonly setupLink: string
    readonly apiKeySecret: string
    readonly organization: { readonly id: string; readonly name: string }
  }
}

async function created(input: object): Promise<Created['createOrganization']> {
  const answer = await operator(create, { input })
  expect(answer.errors).toBeUndefined()
  return (answer.data as unknown as Created).createOrganization
}

describe('the operator', () => {
  it('makes an organization whose owner sets it up by the link', async () => {
    const name = `New ${randomUUID()}`
    const made = await created({
      name,
      plan: 'TEAMS',
      seats: 5,
      createApiKey: true,
      ownerEmail: 'ada@example.com',
    })
    expect(made).toMatchObject({
      organization: { name, plan: 'TEAMS', seats: { total: 5 }, entitlements: { scim: false, sso: false } },
    })
    expect(made.setupLink).toMatch(new RegExp(`^${publicUrl}/setup#rc_setup_\\w{59}$`))
    // Flags that were changed before there was an owner do not stand in the owner's way.
    await operator(
      `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { __typename } }`,
      { input: { id: made.organization.id, entitlements: { groups: false } } },
    )
    const secret = made.setupLink.slice(made.setupLink.indexOf('#') + 1)
    const setup = await sender(door)(
      `mutation ($input: CompleteSetupInput!) { completeSetup(input: $input) { __typename
        ... on CompleteSetupPayload { viewer { kind user { email role status } organization { name } permissions { restoreUsers readMappings manageMappings } } } } }`,
      {
        input: {
          secret,
          organizationName: `${name} Ltd`,
          ownerName: 'Ada',
          email: 'ada@example.com',
          password: 'difference engine 1843',
        },
      },
    )
    expect(setup.data).toEqual({
      completeSetup: {
        __typename: 'CompleteSetupPayload',
        viewer: {
          kind: 'PERSON',
          user: { email: 'ada@example.com', role: 'OWNER', status: 'ACTIVE' },
          organization: { name: `${name} Ltd` },
          permissions: { restoreUsers: true, readMappings: true, manageMappings: true },
        },
      },
    })
    expect(setup.headers.get('set-cookie')).toContain('rc_session_')
    const key = await sender(door, { bearer: made.apiKeySecret })('{ organization { name } }')
    expect(key.data).toMatchObject({ organization: { name: `${name} Ltd` } })
    const again = await operator(
      'mutation ($id: ID!) { issueSetupLink(input: { organizationId: $id }) { __typename } }',
      {
        id: made.organization.id,
      },
    )
    expect(again.data).toEqual({ issueSetupLink: { __typename: 'ConflictError' } })
  })

  it('lists, finds, changes and deletes organizations', async () => {
    const mark = randomUUID()
    const one = await created({ name: `One ${mark}` })
    const two = await created({ name: `Two ${mark}` })
    const list = await operator(
      'query ($search: String, $after: String) { organizations(first: 1, search: $search, after: $after) { totalCount nodes { name } pageInfo { endCursor hasNextPage } } }',
      { search: mark.toUpperCase() },
    )
    expect(list.data).toMatchObject({
      organizations: {
        totalCount: 2,
        nodes: [{ name: two.organization.name }],
        pageInfo: { hasNextPage: true },
      },
    })
    const { pageInfo } = (list.data as unknown as { organizations: { pageInfo: { endCursor: string } } })
      .organizations
    const rest = await operator(
      'query ($after: String, $search: String) { organizations(search: $search, after: $after) { nodes { name } } }',
      {
        search: mark,
        after: pageInfo.endCursor,
      },
    )
    expect(rest.data).toEqual({ organizations: { nodes: [{ name: one.organization.name }] } })
    const update = await operator(
      `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) {
        ... on UpdateOrganizationPayload { organization { plan seats { total } entitlements { scim groups } } } } }`,
      { input: { id: one.organization.id, plan: 'STANDARD', seats: 7, entitlements: { scim: true } } },
    )
    expect(update.data).toEqual({
      updateOrganization: {
        organization: { plan: 'STANDARD', seats: { total: 7 }, entitlements: { scim: true, groups: false } },
      },
    })
    const remove =
      'mutation ($id: ID!, $name: String!) { deleteOrganization(input: { id: $id, confirmName: $name }) { __typename ... on DeleteOrganizationPayload { deletedId } } }'
    const { id, name } = one.organization
    expect((await operator(remove, { id, name: 'x' })).data).toEqual({
      deleteOrganization: { __typename: 'InvalidInputError' },
    })
    expect((await operator(remove, { id, name })).data).toEqual({
      deleteOrganization: { __typename: 'DeleteOrganizationPayload', deletedId: id },
    })
    expect((await operator('query ($id: ID) { organization(id: $id) { name } }', { id })).data).toEqual({
      organization: null,
    })
  })

  it('makes keys for any organization, and sees nothing inside', async () => {
    const org = await newOrganization(world)
    const id = Buffer.from(`Organization:${org.orgId}`).toString('base64')
    const key = await operator(
      `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreateApiKeyPayload { secret apiKey { name scopes createdByName state } } } }`,
      { input: { organizationId: id, name: 'Sync', scopes: ['READ'] } },
    )
    expect(key.data).toMatchObject({
      createApiKey: {
        apiKey: { name: 'Sync', scopes: ['READ'], createdByName: 'Operator', state: 'ACTIVE' },
      },
    })
    const inside = await operator('query ($id: ID) { organization(id: $id) { name users { totalCount } } }', {
      id,
    })
    expect(inside.data).toEqual({ organization: null })
    expect(inside.errors?.[0]?.message).toContain('operator key opens no data')
  })

  it('does not exist where no operator key is set', async () => {
    const closed = graphqlDoor(world, { operatorKey: undefined })
    for (const bearer of [operatorKey, 'undefined', '']) {
      expect((await sender(closed, { bearer })('{ viewer { kind } }')).status).toBe(401)
    }
  })
})

describe('an API key', () => {
  it('ends when it is revoked, and with the rights of whoever made it (T22)', async () => {
    const org = await newOrganization(world)
    const admin = sender(door, { cookie: org.admin.cookie })
    const made = await admin(
      'mutation { createApiKey(input: { name: "Mine", scopes: [READ] }) { ... on CreateApiKeyPayload { secret apiKey { id } } } }',
    )
    const { secret, apiKey } = (
      made.data as unknown as { createApiKey: { secret: string; apiKey: { id: string } } }
    ).createApiKey
    const mine = sender(door, { bearer: secret })
    expect((await mine('{ viewer { kind } }')).status).toBe(200)
    const owner = sender(door, { cookie: org.owner.cookie })
    await owner('mutation ($id: ID!) { changeUserRole(input: { id: $id, role: USER }) { __typename } }', {
      id: Buffer.from(`User:${org.admin.userId}`).toString('base64'),
    })
    expect((await mine('{ viewer { kind } }')).status).toBe(401)
    const revoked = await owner(
      'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { ... on RevokeApiKeyPayload { apiKey { state } } } }',
      {
        id: apiKey.id,
      },
    )
    expect(revoked.data).toEqual({ revokeApiKey: { apiKey: { state: 'REVOKED' } } })
  })
})

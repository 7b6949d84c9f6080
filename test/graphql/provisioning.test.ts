// Switching SCIM, and tokens from issue to end.
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock, type FakeClock } from '#test/support/fake-clock.ts'
import { graphqlDoor, publicUrl, sender, type Send } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
let door: GraphqlDoor

beforeAll(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
  door = graphqlDoor(world)
})

const as = (org: TestOrganization): Send => sender(door, { cookie: org.owner.cookie })

describe('switching SCIM', () => {
  const enforce = `mutation ($on: Boolean!) { enforceProvisioning(input: { enforced: $on }) { __typename
    ... on EnforceProvisioningPayload { provisioning { enforced enforcedAt lockedReason baseUrl } }
    ... on FeatureNotInPlanError { feature message } } }`

  it('answers how it stands afterwards', async () => {
    const org = await newOrganization(world, { enforced: false })
    const on = await as(org)(enforce, { on: true })
    expect(on.data).toEqual({
      enforceProvisioning: {
        __typename: 'EnforceProvisioningPayload',
        provisioning: {
          enforced: true,
          enforcedAt: clock.now().toISOString(),
          lockedReason: null,
          baseUrl: `${publicUrl}/scim/v2/${org.orgId}`,
        },
      },
    })
  })

  it('is refused without the entitlement, which the page explains', async () => {
    const org = await newOrganization(world, { plan: 'teams', enforced: false })
    expect((await as(org)(enforce, { on: true })).data).toMatchObject({
      enforceProvisioning: { __typename: 'FeatureNotInPlanError', feature: 'scim' },
    })
    expect((await as(org)('{ organization { provisioning { lockedReason } } }')).data).toMatchObject({
      organization: { provisioning: { lockedReason: expect.stringContaining('plan') as string } },
    })
  })

  it('changes settings field by field', async () => {
    const org = await newOrganization(world)
    const configure = `mutation ($input: ConfigureProvisioningInput!) { configureProvisioning(input: $input) { __typename
      ... on ConfigureProvisioningPayload { provisioning { strict userNameMustBeEmail deletionGraceDays logRetentionDays } }
      ... on InvalidInputError { fields { path } } } }`
    expect((await as(org)(configure, { input: { strict: true, deletionGraceDays: 0 } })).data).toMatchObject({
      configureProvisioning: {
        provisioning: {
          strict: true,
          userNameMustBeEmail: false,
          deletionGraceDays: 0,
          logRetentionDays: 90,
        },
      },
    })
    expect(
      (await as(org)(configure, { input: { deletionGraceDays: 91, logRetentionDays: 0 } })).data,
    ).toMatchObject({
      configureProvisioning: { fields: [{ path: 'deletionGraceDays' }, { path: 'logRetentionDays' }] },
    })
  })

  it('Q17, Q24: takes groups or not, and members who are to come or not', async () => {
    const org = await newOrganization(world)
    const fields = 'acceptsGroups unknownMembers'
    const configure = `mutation ($input: ConfigureProvisioningInput!) { configureProvisioning(input: $input) {
      ... on ConfigureProvisioningPayload { provisioning { ${fields} } } } }`
    expect((await as(org)(`{ organization { provisioning { ${fields} } } }`)).data).toEqual({
      organization: { provisioning: { acceptsGroups: true, unknownMembers: 'REFUSE' } },
    })
    const input = { acceptsGroups: false, unknownMembers: 'KEEP_WAITING' }
    expect((await as(org)(configure, { input })).data).toEqual({
      configureProvisioning: { provisioning: input },
    })
    expect((await as(org)(configure, { input: { strict: true } })).data).toEqual({
      configureProvisioning: { provisioning: input },
    })
  })

  it('forgets the configuration after a typed confirmation', async () => {
    const org = await newOrganization(world)
    const forget = `mutation ($name: String!) { deleteProvisioningConfiguration(input: { confirmName: $name }) { __typename } }`
    expect((await as(org)(forget, { name: 'x' })).data).toMatchObject({
      deleteProvisioningConfiguration: { __typename: 'InvalidInputError' },
    })
    expect((await as(org)(forget, { name: org.name })).data).toMatchObject({
      deleteProvisioningConfiguration: { __typename: 'DeleteProvisioningConfigurationPayload' },
    })
    expect((await as(org)('{ organization { scimTokens { id } provisioning { enforced } } }')).data).toEqual({
      organization: { scimTokens: [], provisioning: { enforced: false } },
    })
  })
})

describe('a SCIM token', () => {
  it('is issued, rotated and revoked, and shows its secret once', async () => {
    const org = await newOrganization(world)
    const rotated = await as(org)(
      `mutation ($input: RotateScimTokenInput!) { rotateScimToken(input: $input) {
        ... on RotateScimTokenPayload { secret token { id name state daysLeft } oldToken { state endsOnFirstUse replacedBy { name } expiresAt } }
        ... on Error { code message } } }`,
      {
        input: {
          id: Buffer.from(`ScimToken:${org.scimToken.id}`).toString('base64'),
          name: 'Okta next',
          expiresIn: 'DAYS_30',
          oldEnds: 'HOURS_24',
        },
      },
    )
    expect(rotated.data).toMatchObject({
      rotateScimToken: {
        secret: expect.stringMatching(/^rc_scim_\w{59}$/) as string,
        token: { name: 'Okta next', state: 'EXPIRING', daysLeft: 30 },
        oldToken: {
          state: 'EXPIRING',
          replacedBy: { name: 'Okta next' },
          expiresAt: new Date(clock.now().getTime() + day).toISOString(),
        },
      },
    })
    const third = await as(org)(
      'mutation { issueScimToken(input: { name: "Third" }) { __typename ... on Error { code } } }',
    )
    expect(third.data).toEqual({
      issueScimToken: { __typename: 'ConflictError', code: 'scim-tokens/too-many' },
    })
    const { token } = (rotated.data as unknown as { rotateScimToken: { token: { id: string } } })
      .rotateScimToken
    const revoked = await as(org)(
      `mutation ($id: ID!) { revokeScimToken(input: { id: $id }) { ... on RevokeScimTokenPayload { token { state revokedAt } } } }`,
      { id: token.id },
    )
    expect(revoked.data).toMatchObject({ revokeScimToken: { token: { state: 'REVOKED' } } })
    const everything = await as(org)(
      '{ organization { scimTokens { id name prefix suffix createdByName state lastUsedAt } } }',
    )
    expect(JSON.stringify(everything.data)).not.toMatch(/rc_scim_\w{10}/)
  })

  it('says which input it cannot take', async () => {
    const org = await newOrganization(world)
    const answer = await as(org)(
      `mutation ($input: IssueScimTokenInput!) { issueScimToken(input: $input) { ... on InvalidInputError { code fields { path message } } } }`,
      { input: { name: ' ', expiresIn: 'NEVER' } },
    )
    expect(answer.data).toMatchObject({
      issueScimToken: { code: 'scim-tokens/bad-name', fields: [{ path: 'name' }] },
    })
  })

  it('is written with a date in any zone, and refuses other texts', async () => {
    const org = await newOrganization(world)
    const send = as(org)
    const issue = `mutation ($at: DateTime) { issueScimToken(input: { name: "x", expiresAt: $at }) { ... on IssueScimTokenPayload { token { expiresAt } } } }`
    const inAYear = new Date(clock.now().getTime() + 300 * day).toISOString().slice(0, 19)
    expect((await send(issue, { at: `${inAYear}+02:00` })).data).toEqual({
      issueScimToken: { token: { expiresAt: new Date(`${inAYear}+02:00`).toISOString() } },
    })
    for (const at of ['tomorrow', '2026-13-01T00:00:00Z', 5]) {
      expect((await send(issue, { at })).errors?.[0]?.message).toContain('RFC 3339')
    }
  })
})

// Switching SCIM, tokens from issue to end, the connection test, and how provisioning is.
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { verdictOf, type Signs } from '#server/domain/health/rules/verdict.ts'
import { spanOf } from '#server/domain/health/rules/ago.ts'
import type { World } from '#server/world.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { writeLines } from '#test/support/exchanges.ts'
import { day, fakeClock, hour, minute, type FakeClock } from '#test/support/fake-clock.ts'
import { graphqlDoor, publicUrl, sender, type Send } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'

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

describe('the verdict on provisioning', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const fine: Signs = {
    now,
    enforced: true,
    token: { live: true, ever: true },
    tokenDaysLeft: 200,
    lastContactAt: new Date(now.getTime() - 42_000),
    identityProvider: 'okta',
    requests: 100,
    troubled: 2,
  }

  it.each<[string, Partial<Signs>, string, RegExp]>([
    ['all is well', {}, 'healthy', /^Provisioning works\. Okta last called 42 s ago\.$/],
    ['SCIM is off', { enforced: false, lastContactAt: null }, 'off', /switched off/],
    ['there never was a token', { token: { live: false, ever: false } }, 'waiting', /Generate/],
    ['no token is live', { token: { live: false, ever: true } }, 'degraded', /No token is live/],
    ['nobody has called', { lastContactAt: null }, 'waiting', /first call/],
    ['a fifth is refused', { troubled: 20 }, 'degraded', /^20 of 100 requests/],
    ['one of two is refused', { requests: 2, troubled: 1 }, 'healthy', /works/],
    ['the token ends soon', { tokenDaysLeft: 1 }, 'degraded', /ends in 1 day\. Rotate/],
    [
      'Entra ID is silent for two days',
      { identityProvider: 'entra', lastContactAt: new Date(now.getTime() - 2 * day) },
      'silent',
      /^Entra ID has not called for 2 days/,
    ],
    [
      'Okta is silent for two days',
      { lastContactAt: new Date(now.getTime() - 2 * day) },
      'healthy',
      /2 days ago/,
    ],
    [
      'an unknown provider is silent for eight days',
      { identityProvider: null, lastContactAt: new Date(now.getTime() - 8 * day) },
      'silent',
      /^Your identity provider/,
    ],
  ])('when %s', (_when, signs, state, sentence) => {
    const verdict = verdictOf({ ...fine, ...signs })
    expect(verdict.state).toBe(state)
    expect(verdict.sentence).toMatch(sentence)
  })

  it.each([
    [0, '1 s'],
    [59_999, '59 s'],
    [minute, '1 min'],
    [hour - 1, '59 min'],
    [47 * hour, '47 h'],
    [49 * hour, '2 days'],
  ])('%s ms is %s', (span, words) => {
    expect(spanOf(span)).toBe(words)
  })
})

describe('the health of an organization', () => {
  const question = `{ organization { provisioning { health { state sentence lastContactAt lastContact { method status client }
    lastSuccessAt requestsLast24Hours refusedLast24Hours failedLast24Hours successShare p95Milliseconds tokenDaysLeft
    token { id name expiresAt } linked notLinked pendingOverWeek attention { summary status scimType count lastAt }
    volume(hours: 3) { from succeeded refused failed } } } } }`

  interface Answered {
    readonly organization: { readonly provisioning: { readonly health: Record<string, unknown> } }
  }

  it('counts the last 24 hours, groups what needs attention and finds who is missing', async () => {
    const org = await newOrganization(world)
    await newPerson(org.scim)
    clock.advance(8 * day)
    await newPerson(org.scim)
    await writeLines(org.scim, [{ occurredAt: new Date(clock.now().getTime() - 2 * day), status: 500 }])
    await writeLines(org.scim, [
      { durationMs: 10 },
      { status: 409, scimType: 'uniqueness', summary: 'userName "ada" belongs to someone else' },
      { status: 409, scimType: 'uniqueness', summary: 'userName "bob" belongs to someone else' },
      { status: 404, summary: 'There is no person with id "7"' },
      { durationMs: 30, occurredAt: new Date(clock.now().getTime() - hour) },
      { durationMs: 20, method: 'PATCH' },
    ])
    clock.advance(7 * minute)
    const answer = await sender(door, { bearer: org.apiKey.secret })(question)
    expect(answer.errors).toBeUndefined()
    const { health } = (answer.data as unknown as Answered).organization.provisioning
    expect(health).toMatchObject({
      state: 'DEGRADED',
      sentence: '3 of 6 requests of the last 24 hours were refused or failed. See what needs attention.',
      lastContact: { method: 'PATCH', status: 200, client: 'Okta SCIM Client 1.0.0' },
      requestsLast24Hours: 6,
      refusedLast24Hours: 3,
      failedLast24Hours: 0,
      successShare: 0.5,
      token: { name: expect.stringMatching(/^Okta/) as string },
      linked: 3,
      notLinked: 1,
      pendingOverWeek: 2,
      attention: [
        { summary: 'userName "…" belongs to someone else', status: 409, scimType: 'uniqueness', count: 2 },
        { summary: 'There is no person with id "7"', status: 404, scimType: null, count: 1 },
      ],
    })
    expect(health['p95Milliseconds']).toBeGreaterThan(10)
    const volume = health['volume'] as { succeeded: number; refused: number }[]
    expect(volume).toHaveLength(3)
    expect(volume.reduce((sum, bucket) => sum + bucket.succeeded, 0)).toBe(3)
    expect(volume.reduce((sum, bucket) => sum + bucket.refused, 0)).toBe(3)
  })

  it('is told with at most twelve statements', async () => {
    const org = await newOrganization(world)
    await writeLines(org.scim, [{}, { status: 404 }])
    await as(org)(question)
    const { result, statements } = await countStatements(world.database, () => as(org)(question))
    expect(result.errors).toBeUndefined()
    expect(statements.length).toBeLessThanOrEqual(12)
  })

  it('of an organization that nobody has called waits', async () => {
    const org = await newOrganization(world)
    const { health } = ((await as(org)(question)).data as unknown as Answered).organization.provisioning
    expect(health).toMatchObject({ state: 'WAITING', lastContact: null, successShare: null, attention: [] })
  })
})

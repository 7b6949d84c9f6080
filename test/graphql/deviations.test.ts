// Tolerated deviations: who needed them how often, and switching one of them to strict.
import { beforeAll, describe, expect, it } from 'vitest'
import { createExchangeRecorder } from '#server/domain/provisioning-log/exchange-recorder.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { newExchange } from '#test/support/exchanges.ts'
import { graphqlDoor, sender, type Send } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let door: GraphqlDoor

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
})

const as = (org: TestOrganization): Send => sender(door, { cookie: org.owner.cookie })

const list = `{ organization { provisioning { toleratedDeviations { id sentence rfc strict
  uses { connectionId connectionName count firstSeenAt lastSeenAt lastExchange { requestId } } } } } }`
const configure = `mutation ($input: ConfigureDeviationInput!) { configureDeviation(input: $input) { __typename
  ... on ConfigureDeviationPayload { provisioning { toleratedDeviations { id strict uses { count } } } }
  ... on InvalidInputError { fields { path message } } } }`

/** Exchanges of the organization's token as the SCIM door writes them down. */
async function seen(
  org: TestOrganization,
  times: readonly string[],
  quirk: string,
): Promise<readonly string[]> {
  const recorder = createExchangeRecorder(error => {
    throw error
  })
  const ids = times.map(time => {
    const id = world.clock.newId()
    const line = newExchange(world, {
      id,
      occurredAt: new Date(time),
      token: { id: org.scimToken.id, name: 'Okta 2026' },
      quirks: [{ id: quirk, sentence: 'As it was told then.' }],
    })
    recorder.record(org.scim, line)
    return id
  })
  await recorder.drain()
  return ids
}

describe('tolerated deviations', () => {
  it('tells per connection how often, when first and last, and the last request', async () => {
    const org = await newOrganization(world)
    expect((await as(org)(list)).data).toEqual({
      organization: { provisioning: { toleratedDeviations: [] } },
    })
    const first = ['2026-11-01T08:00:00.000Z', '2026-11-03T08:00:00.000Z', '2026-11-02T08:00:00.000Z']
    const [, last] = await seen(org, first, 'boolean-as-text')
    await seen(org, ['2026-10-01T08:00:00.000Z'], 'boolean-as-text')
    await seen(org, ['2026-11-09T08:00:00.000Z'], 'capitalised-op')
    await seen(org, ['2026-11-10T08:00:00.000Z'], 'removed-nobody')
    expect((await as(org)(list)).data).toMatchObject({
      organization: {
        provisioning: {
          toleratedDeviations: [
            { id: 'capitalised-op', rfc: 'RFC 7644 section 3.5.2', strict: false, uses: [{ count: 1 }] },
            {
              id: 'boolean-as-text',
              sentence: 'A boolean such as active came as text ("True"); it was read as true or false.',
              rfc: 'RFC 7643 section 2.3.2',
              strict: false,
              uses: [
                {
                  connectionId: org.scimToken.id,
                  connectionName: 'Okta 2026',
                  count: 4,
                  firstSeenAt: '2026-10-01T08:00:00.000Z',
                  lastSeenAt: '2026-11-03T08:00:00.000Z',
                  lastExchange: { requestId: last },
                },
              ],
            },
          ],
        },
      },
    })
  })

  it('names no last request once the log no longer has it', async () => {
    const org = await newOrganization(world)
    await seen(org, ['2026-11-01T08:00:00.000Z'], 'boolean-as-text')
    await org.owner.ctx.db.exchange.deleteMany({ where: { orgId: org.orgId } })
    expect((await as(org)(list)).data).toMatchObject({
      organization: { provisioning: { toleratedDeviations: [{ uses: [{ count: 1, lastExchange: null }] }] } },
    })
  })

  it('switches one to strict and back, keeping other settings; several at once all last', async () => {
    const org = await newOrganization(world)
    const to = (deviation: string, strict: boolean) => as(org)(configure, { input: { deviation, strict } })
    const many = ['filter-blank-missing', 'byte-order-mark', 'emails-as-object', 'text-as-element']
    await Promise.all([...many, 'two-primaries', 'password-sent'].map(id => to(id, true)))
    await Promise.all(many.map(id => to(id, false)))
    await as(org)('mutation { configureProvisioning(input: { acceptsGroups: false }) { __typename } }')
    const answer = await to('boolean-as-text', false)
    expect(answer.data).toEqual({
      configureDeviation: {
        __typename: 'ConfigureDeviationPayload',
        provisioning: {
          toleratedDeviations: [
            { id: 'password-sent', strict: true, uses: [] },
            { id: 'two-primaries', strict: true, uses: [] },
          ],
        },
      },
    })
    await to('password-sent', false)
    const activities = await org.owner.ctx.db.activity.findMany({
      where: { orgId: org.orgId, subjectId: 'password-sent' },
      orderBy: { occurredAt: 'asc' },
    })
    expect(activities.map(each => [each.action, each.before, each.after])).toEqual([
      ['provisioning.configure-deviation', { strict: false }, { strict: true }],
      ['provisioning.configure-deviation', { strict: true }, { strict: false }],
    ])
    expect((await as(org)('{ organization { provisioning { acceptsGroups } } }')).data).toEqual({
      organization: { provisioning: { acceptsGroups: false } },
    })
  })

  it('says which ids there are not, and needs the plan', async () => {
    const org = await newOrganization(world)
    expect((await as(org)(configure, { input: { deviation: 'x', strict: true } })).data).toMatchObject({
      configureDeviation: { __typename: 'InvalidInputError', fields: [{ path: 'deviation' }] },
    })
    const small = await newOrganization(world, { plan: 'teams' })
    expect(
      (await as(small)(configure, { input: { deviation: 'two-primaries', strict: true } })).data,
    ).toMatchObject({ configureDeviation: { __typename: 'FeatureNotInPlanError' } })
  })

  it('forgets the counts with the configuration', async () => {
    const org = await newOrganization(world)
    await seen(org, ['2026-11-01T08:00:00.000Z'], 'boolean-as-text')
    await as(org)(
      'mutation ($name: String!) { deleteProvisioningConfiguration(input: { confirmName: $name }) { __typename } }',
      { name: org.name },
    )
    expect((await as(org)(list)).data).toEqual({
      organization: { provisioning: { toleratedDeviations: [] } },
    })
  })
})

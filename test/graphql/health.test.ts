// How provisioning is: the numbers behind the page.
import { beforeAll, describe, expect, it } from 'vitest'
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { userNameOf } from '#server/domain/users/rules/user.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import type { Resource } from '#server/scim/index.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { writeLines } from '#test/support/exchanges.ts'
import { day, fakeClock, hour, minute, type FakeClock } from '#test/support/fake-clock.ts'
import { graphqlDoor, sender, type Send } from '#test/support/graphql-client.ts'
import {
  makeWorld,
  newOrganization,
  newPerson,
  proveAgain,
  type TestOrganization,
} from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
let door: GraphqlDoor

beforeAll(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
  door = graphqlDoor(world)
})

const as = (org: TestOrganization): Send => sender(door, { cookie: org.owner.cookie })

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

  it('counts an OAuth client like a token: the provider can call until its last secret ends', async () => {
    const org = await newOrganization(world)
    const health = async () => {
      const { data } = await sender(door, { bearer: org.apiKey.secret })(
        '{ organization { provisioning { health { canCall hasCredential tokenDaysLeft token { id } } } } }',
      )
      return (data as unknown as Answered).organization.provisioning.health
    }
    await revokeScimToken(org.owner.ctx, { tokenId: org.scimToken.id })
    expect(await health()).toMatchObject({ canCall: false, hasCredential: true })
    await createOauthClient(org.owner.ctx, { name: 'Entra', authentication: 'client_secret' })
    expect(await health()).toMatchObject({ canCall: true, token: null, tokenDaysLeft: 365 })
    clock.advance(365 * day)
    expect(await health()).toMatchObject({ canCall: false, tokenDaysLeft: null })
    await proveAgain(org.owner.ctx)
    const jwksUri = 'https://idp.example/keys'
    await createOauthClient(org.owner.ctx, { name: 'Okta', authentication: 'private_key_jwt', jwksUri })
    expect(await health()).toMatchObject({ canCall: true, tokenDaysLeft: null })
  })

  it('tells what the identity provider has done at least once, also when the log of it is gone', async () => {
    const org = await newOrganization(world)
    const milestones = async () => {
      const { data } = await as(org)(
        '{ organization { provisioning { health { milestones { kind done at subject } } } } }',
      )
      return (data as unknown as Answered).organization.provisioning.health['milestones'] as object[]
    }
    const none = { done: false, at: null, subject: null }
    const kinds = ['CALLED', 'CREATED', 'UPDATED', 'DEACTIVATED', 'GROUP_VALUE']
    const begun = await milestones()
    expect(begun).toMatchObject([{ kind: 'CALLED', ...none }, { kind: 'CREATED', done: true }, {}, {}, {}])
    expect(begun.slice(2)).toEqual(kinds.slice(2).map(kind => ({ kind, ...none })))
    await writeLines(org.scim, [{ status: 401 }])
    const group = 'urn:ietf:params:scim:schemas:extension:Calendly:2.0:User'
    const { id: userId } = await newPerson(org.scim, {
      displayName: 'Ada Byron',
      [group]: { group: 'Sales' },
    })
    const at = clock.now().toISOString()
    expect(await milestones()).toEqual([
      { kind: 'CALLED', ...none },
      { kind: 'CREATED', done: true, at, subject: 'Ada Byron' },
      { kind: 'UPDATED', ...none },
      { kind: 'DEACTIVATED', ...none },
      { kind: 'GROUP_VALUE', done: true, at, subject: 'Sales' },
    ])
    clock.advance(minute)
    await writeLines(org.scim, [{ status: 200 }])
    const revise = (change: (before: { document: Resource; active: boolean }) => object) =>
      reviseUser(org.scim, {
        userId,
        settings: provisioningSettings({}),
        revise: before => ({ ...before, ...change(before) }),
      })
    await revise(({ document }) => ({ document: { ...document, title: 'Countess' } }))
    await revise(() => ({ active: false }))
    const later = { done: true, at: clock.now().toISOString(), subject: 'Ada Byron' }
    expect(await milestones()).toMatchObject([
      { kind: 'CALLED', done: true, at: later.at, subject: 'Okta SCIM Client 1.0.0' },
      { kind: 'CREATED', at },
      { kind: 'UPDATED', ...later },
      { kind: 'DEACTIVATED', ...later },
      { kind: 'GROUP_VALUE', done: true },
    ])
    const { db } = org.owner.ctx
    await db.provisioningEvent.deleteMany({ where: { orgId: org.orgId } })
    expect(await milestones()).toMatchObject(kinds.map(kind => ({ kind, done: true })))
  })

  it('counts who waits for a seat once each, until they are in or a seat is free', async () => {
    const org = await newOrganization(world)
    await newPerson(org.scim)
    const waiting = async () => {
      const { data } = await as(org)('{ organization { provisioning { health { waitingForSeat } } } }')
      return (data as unknown as Answered).organization.provisioning.health['waitingForSeat']
    }
    const seats = (seatLimit: number) =>
      org.owner.ctx.db.organization.update({ where: { id: org.orgId }, data: { seatLimit } })
    const refused = (userName: string) => ({
      method: 'POST',
      status: 403,
      summary: 'No free seat: 2 of 2 seats are taken.',
      requestBody: JSON.stringify({ userName, active: true }),
    })
    await writeLines(org.scim, [
      { ...refused('old@example.com'), occurredAt: new Date(clock.now().getTime() - 8 * day) },
    ])
    await writeLines(org.scim, [
      refused('ada@example.com'),
      refused('ADA@example.com'),
      refused('bob@example.com'),
    ])
    await seats(2)
    expect(await waiting()).toBe(2)
    await seats(50)
    expect(await waiting()).toBe(0)
    const { document } = await newPerson(org.scim)
    await writeLines(org.scim, [refused(userNameOf(document))])
    await seats(2)
    expect(await waiting()).toBe(2)
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

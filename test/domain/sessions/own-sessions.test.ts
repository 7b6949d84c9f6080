// Where someone is signed in, and signing out elsewhere: only one's own sessions are seen and ended.
import { beforeAll, describe, expect, it } from 'vitest'
import { endOtherSessions } from '#server/domain/sessions/end-other-sessions.ts'
import { endSession } from '#server/domain/sessions/end-session.ts'
import { listSessions } from '#server/domain/sessions/list-sessions.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { startSession } from '#server/domain/sessions/start-session.ts'
import type { World } from '#server/world.ts'
import { fakeClock, hour, type FakeClock } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
let org: TestOrganization
beforeAll(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
  org = await newOrganization(world)
})

const elsewhere = async (client: string) => {
  const { owner } = org
  const ctx = world.contextFor(org.orgId, { ...owner.actor, origin: { ...testOrigin, client } })
  return startSession(ctx, { userId: owner.userId, via: 'sso' })
}
const works = async (cookie: string) =>
  (await resumeSession(world.installationFor(org.owner.actor), {
    cookie,
    origin: testOrigin,
    silent: true,
  })) !== null
const notes = async (action: string) =>
  org.owner.ctx.db.activity.findMany({ where: { orgId: org.orgId, action } })

describe("one's own sessions", () => {
  it('are listed with where they come from, this one marked, without anything that opens one', async () => {
    const { secret } = await elsewhere('Firefox')
    const sessions = await listSessions(org.owner.ctx)
    expect(sessions.filter(({ current }) => current)).toHaveLength(1)
    expect(sessions.find(({ client }) => client === 'Firefox')).toMatchObject({
      current: false,
      via: 'sso',
      ip: testOrigin.ip,
      createdAt: clock.now(),
    })
    const hashes = await org.owner.ctx.db.session.findMany({ where: { orgId: org.orgId } })
    const shown = JSON.stringify(sessions)
    expect(shown).not.toContain(secret)
    for (const { hash } of hashes) {
      expect(shown).not.toContain(Buffer.from(hash).toString('base64url'))
      expect(shown).not.toContain(Buffer.from(hash).toString('hex'))
    }
  })

  it('end one by one, and the activity log says so', async () => {
    const { secret } = await elsewhere('Safari')
    const [target] = (await listSessions(org.owner.ctx)).filter(({ client }) => client === 'Safari')
    await endSession(org.owner.ctx, { sessionId: target?.id ?? '' })
    expect(await works(secret)).toBe(false)
    expect(await works(org.owner.cookie)).toBe(true)
    expect(await notes('session.end')).toHaveLength(1)
    await expect(endSession(org.owner.ctx, { sessionId: target?.id ?? '' })).rejects.toMatchObject({
      code: 'sessions/unknown',
    })
  })

  it("are nobody else's to end: those of another person are unknown", async () => {
    const [foreign] = await listSessions(org.admin.ctx)
    await expect(endSession(org.owner.ctx, { sessionId: foreign?.id ?? '' })).rejects.toMatchObject({
      code: 'sessions/unknown',
    })
    const other = await newOrganization(world)
    await expect(endSession(other.owner.ctx, { sessionId: foreign?.id ?? '' })).rejects.toMatchObject({
      code: 'sessions/unknown',
    })
    expect(await works(org.admin.cookie)).toBe(true)
  })

  it('end all at once but for this one', async () => {
    const { secret } = await elsewhere('Edge')
    const { ended } = await endOtherSessions(org.owner.ctx)
    expect(ended).toBeGreaterThan(0)
    expect(await works(secret)).toBe(false)
    expect(await works(org.owner.cookie)).toBe(true)
    expect(await works(org.admin.cookie)).toBe(true)
    expect(await endOtherSessions(org.owner.ctx)).toEqual({ ended: 0 })
    expect(await notes('session.end_others')).toHaveLength(1)
  })

  it('are no longer listed when they have ended by themselves', async () => {
    await elsewhere('Opera')
    clock.advance(9 * hour)
    expect(await listSessions(org.owner.ctx)).toEqual([])
  })

  it('are a matter of people: a key has none', async () => {
    const key = world.contextFor(org.orgId, {
      ...{ kind: 'api-key', orgId: org.orgId, keyId: org.apiKey.id, name: 'Key' },
      ...{ scopes: ['read'], origin: testOrigin },
    })
    await expect(listSessions(key)).rejects.toMatchObject({ code: 'sessions/people-only' })
    await expect(endOtherSessions(key)).rejects.toMatchObject({ code: 'sessions/people-only' })
  })
})

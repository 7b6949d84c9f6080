// S82: who signed in through the identity provider proves there, and only there and only now, that it is still them.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { startSession } from '#server/domain/sessions/start-session.ts'
import { signOut } from '#server/domain/sessions/sign-out.ts'
import { usePlace } from '#test/oauth-http/client.ts'
import { minute, second } from '#test/support/fake-clock.ts'
import { newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'
import type { Said } from '#test/support/saml-pen.ts'
import { browserOn, type Answer, type Asked } from './browser.ts'
import { answerBySamlp, readBySamlp } from './samlp.ts'

const place = usePlace()
let org: TestOrganization
let browser: ReturnType<typeof browserOn>
/** What the admin's browser sends: the session that began at the identity provider. */
let cookie: string

const sidOf = ({ cookies }: Answer): string =>
  (cookies.find(each => each.startsWith('__Host-sid=')) ?? '').split(';')[0] ?? ''
const signIn = async (name: string): Promise<string> => {
  const asked = await browser.begin(org)
  return sidOf(await browser.arrive(asked, browser.written(browser.said(asked, name))))
}
const actorOf = (sid: string) =>
  resumeSession(place.world.installationFor({ kind: 'anonymous', name: 'x', origin: testOrigin }), {
    cookie: sid.replace('__Host-sid=', ''),
    origin: testOrigin,
  })
const tryIt = async (sid = cookie) => {
  const actor = await actorOf(sid)
  if (actor === null) throw new Error('There is no session.')
  return createApiKey(place.world.contextFor(org.orgId, actor), { name: 'Next', scopes: ['read'] })
}
/** The way of one proof; both cookies of the browser come along. */
const begin = async (sid = cookie): Promise<Asked> => {
  const asked = await browser.prove(org, sid)
  return { ...asked, cookie: `${asked.cookie}; ${sid}` }
}
const answer = (asked: Asked, changed: Partial<Said> = {}): string =>
  browser.written({ ...browser.said(asked, org.admin.email), ...changed })
const notProven = expect.objectContaining({ code: 'sessions/reauthenticate' }) as unknown

beforeAll(async () => {
  browser = browserOn(place)
  org = await newOrganization(place.world)
  await browser.connect(org)
})
beforeEach(async () => {
  cookie = await signIn(org.admin.email)
  await org.owner.ctx.db.session.updateMany({
    where: { orgId: org.orgId },
    data: { authAt: new Date(place.clock.now().getTime() - 6 * minute) },
  })
})

describe('a proof at the identity provider', () => {
  it('S82: is good for what is sensitive, in the same session, after a real provider (samlp) was told to force it', async () => {
    await expect(tryIt()).rejects.toEqual(notProven)
    const asked = await begin()
    expect(await readBySamlp(asked)).toMatchObject({ forceAuthn: 'true' })
    expect(await readBySamlp(await browser.begin(org))).not.toHaveProperty('forceAuthn')
    const done = await browser.arrive(asked, await answerBySamlp(asked, org.admin.email))
    expect(done).toMatchObject({ status: 200, cookies: [] })
    expect(done.body).toContain('Confirmed. Close this tab.')
    await expect(tryIt()).resolves.toBeTruthy()
    const [line] = await org.owner.ctx.db.activity.findMany({
      where: { orgId: org.orgId, action: 'session.reauthenticate' },
      orderBy: { id: 'desc' },
    })
    expect(line).toMatchObject({ subjectId: org.admin.userId, after: { via: 'sso' } })
  })

  it('S82: does nothing for the other sessions of the same person, and opens none', async () => {
    const other = await signIn(org.admin.email)
    await org.owner.ctx.db.session.updateMany({
      where: { orgId: org.orgId },
      data: { authAt: new Date(place.clock.now().getTime() - 6 * minute) },
    })
    const before = await org.owner.ctx.db.session.count({ where: { orgId: org.orgId } })
    const asked = await begin()
    expect((await browser.arrive(asked, answer(asked))).status).toBe(200)
    await expect(tryIt(other)).rejects.toEqual(notProven)
    expect(await org.owner.ctx.db.session.count({ where: { orgId: org.orgId } })).toBe(before)
  })

  it('S82: lasts five minutes, as one by password', async () => {
    const asked = await begin()
    await browser.arrive(asked, answer(asked))
    place.clock.advance(5 * minute)
    await expect(tryIt()).resolves.toBeTruthy()
    place.clock.advance(1)
    await expect(tryIt()).rejects.toEqual(notProven)
  })

  const old = (offset: number) => ({ authenticatedAt: new Date(place.clock.now().getTime() + offset) })
  it.each([
    ['of another person', 'confirmed another person', () => ({ nameId: org.owner.email })],
    ['from memory', 'Honor Force Authentication', () => old(-60 * second - 1)],
    ['of an unknown time', 'honor ForceAuthn', () => ({ authenticatedAt: null })],
    ['of the future', 'only in the future', () => old(60 * second + 1)],
    ['of nobody here', 'is not a user here', () => ({ nameId: 'stranger@example.com' })],
  ] as const)('S82: %s is refused, and the page says why', async (_what, words, changed) => {
    const asked = await begin()
    const refused = await browser.arrive(asked, answer(asked, changed()))
    expect(refused).toMatchObject({ status: 403, cookies: [] })
    expect(refused.body.replaceAll('&#34;', '"')).toContain(words)
    await expect(tryIt()).rejects.toEqual(notProven)
  })

  it('S82: passes the gate of every sign-in: a forged one is refused', async () => {
    const asked = await begin()
    const forged = Buffer.from(answer(asked, { nameId: org.owner.email }), 'base64').toString('utf8')
    const bent = forged.replace(org.owner.email, org.admin.email)
    expect((await browser.arrive(asked, Buffer.from(bent).toString('base64'))).body).toContain(
      'signature does not fit',
    )
    await expect(tryIt()).rejects.toEqual(notProven)
  })

  it.each([
    ['a minute before the question by its clock', -60 * second],
    ['a minute ahead by its clock', 60 * second],
  ])('S82: %s is still believed', async (_what, offset) => {
    const asked = await begin()
    expect((await browser.arrive(asked, answer(asked, old(offset)))).status).toBe(200)
    await expect(tryIt()).resolves.toBeTruthy()
  })

  it('S82: that was made after a long look at the page is measured by the question, not by now', async () => {
    const asked = await begin()
    place.clock.advance(9 * minute)
    const early = answer(asked, old(-9 * minute))
    expect((await browser.arrive(asked, early)).status).toBe(200)
  })

  it('S82: counts once, by answer and by handle', async () => {
    const asked = await begin()
    const response = answer(asked)
    const { location } = await browser.send(org.orgId, response)
    expect((await browser.get(location, asked.cookie)).status).toBe(200)
    expect((await browser.get(location, asked.cookie)).body).toContain('was used already')
    expect((await browser.send(org.orgId, response)).body).toContain('was used already')
  })

  it('S82: answers no question of signing in, and the other way round', async () => {
    const [proof, plain] = [await begin(), await browser.begin(org)]
    expect((await browser.arrive(plain, answer(proof))).status).toBe(403)
    await expect(tryIt()).rejects.toEqual(notProven)
    const done = await browser.arrive(plain, answer(plain))
    expect(sidOf(done)).not.toBe('')
    await expect(tryIt()).rejects.toEqual(notProven)
  })
})

describe('the session', () => {
  it('S82: that ended while the identity provider asked is told so, before and after its answer', async () => {
    const [one, two] = [await begin(), await begin()]
    const { location } = await browser.send(org.orgId, answer(one))
    const actor = await actorOf(cookie)
    await signOut(place.world.contextFor(org.orgId, actor!))
    const words = 'The session that was to be confirmed is not there any more'
    expect((await browser.get(location, one.cookie)).body).toContain(words)
    const refused = await browser.arrive(two, answer(two))
    expect(refused.body).toContain(words)
    expect(refused.body).toContain('Not confirmed')
  })

  it('S82: has to be shown at the end, and it has to be the one that asked', async () => {
    const words = 'The session that was to be confirmed'
    const other = await signIn(org.admin.email)
    for (const shown of ['', `; ${other}`, '; __Host-sid=nonsense']) {
      const asked = await browser.prove(org, cookie)
      const carried = { ...asked, cookie: asked.cookie + shown }
      expect((await browser.arrive(carried, answer(asked))).body).toContain(words)
    }
    const elsewhere = await begin()
    expect((await browser.arrive({ ...elsewhere, cookie }, answer(elsewhere))).body).toContain(
      'another browser',
    )
    await expect(tryIt()).rejects.toEqual(notProven)
  })

  it('S82: must be one of this organization that began at the identity provider', async () => {
    const url = `/saml/${org.orgId}/prove`
    expect((await browser.get(url)).body).toContain('is not there any more')
    const { secret } = await startSession(org.admin.ctx, { userId: org.admin.userId })
    expect((await browser.get(url, `__Host-sid=${secret}`)).body).toContain('Confirm with your password')
    const stranger = await newOrganization(place.world)
    await browser.connect(stranger)
    const theirs = await startSession(stranger.owner.ctx, { userId: stranger.owner.userId, via: 'sso' })
    expect((await browser.get(url, `__Host-sid=${theirs.secret}`)).status).toBe(403)
  })
})

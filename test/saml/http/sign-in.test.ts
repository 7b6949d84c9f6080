// Signing in through an identity provider, over HTTP: who gets a session, in which browser, and who is told what.
import { beforeAll, describe, expect, it } from 'vitest'
import { configureSso } from '#server/domain/sso/configure-sso.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { userNameOf } from '#server/domain/users/rules/user.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { usePlace } from '#test/oauth-http/client.ts'
import { hour } from '#test/support/fake-clock.ts'
import { newOrganization, newPerson, testOrigin, type TestOrganization } from '#test/support/make-world.ts'
import { type Said } from '#test/support/saml-pen.ts'
import { browserOn, details, type Answer, type Asked } from './browser.ts'
import { answerBySamlp } from './samlp.ts'

const place = usePlace()
let org: TestOrganization
let browser: ReturnType<typeof browserOn>
beforeAll(async () => {
  browser = browserOn(place)
  org = await newOrganization(place.world)
  await browser.connect(org)
})

const settings = provisioningSettings({})
const signIn = async (nameId: string, changed: Partial<Said> = {}): Promise<Answer> => {
  const asked = await browser.begin(org)
  return browser.arrive(asked, browser.written({ ...browser.said(asked, nameId), ...changed }))
}
const sessionOf = (answer: Answer): string | null => {
  const cookie = answer.cookies.find(each => each.startsWith('__Host-sid='))
  return cookie === undefined ? null : (cookie.split(';')[0]?.replace('__Host-sid=', '') ?? null)
}
const whoHas = (cookie: string) =>
  resumeSession(place.world.installationFor({ kind: 'anonymous', name: 'x', origin: testOrigin }), {
    cookie,
    origin: testOrigin,
  })
const refusals = () =>
  org.owner.ctx.db.activity.findMany({
    where: { orgId: org.orgId, action: 'saml.refused' },
    orderBy: { id: 'desc' },
  })

describe('someone whom the identity provider provisioned', () => {
  it('S1: signs in straight away, without a password, and pending becomes active', async () => {
    const person = await newPerson(org.scim)
    const answer = await signIn(userNameOf(person.document).toUpperCase())
    expect(answer).toMatchObject({ status: 303, location: '/' })
    expect(answer.cookies[0]).toMatch(/^__Host-sid=.*; Path=\/; HttpOnly; SameSite=Lax; Secure/)
    expect(await whoHas(sessionOf(answer) ?? '')).toMatchObject({
      userId: person.id,
      role: 'user',
      orgId: org.orgId,
    })
    const row = await org.scim.db.user.findFirstOrThrow({ where: { orgId: org.orgId, id: person.id } })
    expect(row).toMatchObject({
      status: 'active',
      activatedAt: place.clock.now(),
      lastSignInAt: place.clock.now(),
    })
    const events = await org.scim.db.provisioningEvent.findMany({
      where: { orgId: org.orgId, userId: person.id },
      orderBy: { sequence: 'asc' },
    })
    expect(events.map(({ type }) => type)).toEqual(['user.created', 'user.activated'])
    const again = await signIn(userNameOf(person.document))
    expect(again.status).toBe(303)
  })

  it('S1: makes the round trip with a real identity provider (samlp)', async () => {
    const person = await newPerson(org.scim)
    const asked = await browser.begin(org)
    const response = await answerBySamlp(asked, userNameOf(person.document))
    const done = await browser.arrive(asked, response)
    expect(done.status).toBe(303)
    expect(await whoHas(sessionOf(done) ?? '')).toMatchObject({ userId: person.id })
  })

  it('S68: is signed out everywhere and refused as soon as they are deactivated', async () => {
    const person = await newPerson(org.scim)
    const name = userNameOf(person.document)
    const cookie = sessionOf(await signIn(name)) ?? ''
    await reviseUser(org.scim, {
      userId: person.id,
      settings,
      revise: current => ({ ...current, active: false }),
    })
    expect(await whoHas(cookie)).toBeNull()
    const answer = await signIn(name)
    expect(answer.status).toBe(403)
    expect(answer.body).toContain(`Ask ${org.owner.name} if that is a mistake`)
    expect(sessionOf(answer)).toBeNull()
  })

  it('S69: who was never provisioned is told whom to ask, and nobody is made', async () => {
    const before = await org.scim.db.user.count({ where: { orgId: org.orgId } })
    const answer = await signIn('stranger@example.com')
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('&#34;stranger@example.com&#34; is not a user here')
    expect(answer.body).toContain(`Ask ${org.owner.name} to assign you`)
    expect(await org.scim.db.user.count({ where: { orgId: org.orgId } })).toBe(before)
    expect((await refusals())[0]?.after).toEqual({ reason: 'sso/unknown-person' })
  })

  it('is found by externalId, or by an attribute where the connection says so', async () => {
    const mark = `ext-${String(Date.now())}`
    const person = await newPerson(org.scim, { externalId: mark })
    expect(await whoHas(sessionOf(await signIn(mark)) ?? '')).toMatchObject({ userId: person.id })
    const other = await newOrganization(place.world)
    const mail = (value: string): string =>
      `<saml:Attribute Name="mail"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`
    await configureSso(other.owner.ctx, details({ matchAttribute: 'mail', nameIdFormat: 'persistent' }))
    const asked = await browser.test(other)
    const without = browser.written(browser.said(asked, 'opaque'))
    expect((await browser.arrive(asked, without)).body).toContain('lacks the attribute')
    const again = await browser.test(other)
    const withMail = { ...browser.said(again, 'opaque'), attributesXml: mail(other.owner.email) }
    expect((await browser.arrive(again, browser.written(withMail))).body).toContain('The test passed')
  })

  it('keeps the session as long as the connection says, or shorter when the identity provider says so', async () => {
    const end = new Date(place.clock.now().getTime() + hour)
    const short = sessionOf(await signIn(org.admin.email, { sessionEnd: end })) ?? ''
    const usual = sessionOf(await signIn(org.admin.email)) ?? ''
    const sessions = await org.owner.ctx.db.session.findMany({
      where: { orgId: org.orgId, via: 'sso', userId: org.admin.userId },
    })
    expect(sessions.map(({ expiresAt }) => expiresAt.getTime() - place.clock.now().getTime()).sort()).toEqual(
      [hour, 12 * hour].sort(),
    )
    expect(short).not.toBe(usual)
  })

  it('ends the sessions of owner and admins after twelve hours, however long others may be', async () => {
    const person = await newPerson(org.scim)
    await configureSso(org.owner.ctx, details({ sessionHours: 100 }))
    await signIn(userNameOf(person.document))
    await signIn(org.admin.email)
    await configureSso(org.owner.ctx, details())
    const hoursOf = async (userId: string) => {
      const last = { orgId: org.orgId, via: 'sso', userId }
      const { _max } = await org.owner.ctx.db.session.aggregate({ where: last, _max: { expiresAt: true } })
      return ((_max.expiresAt?.getTime() ?? 0) - place.clock.now().getTime()) / hour
    }
    expect([await hoursOf(person.id), await hoursOf(org.admin.userId)]).toEqual([100, 12])
  })
})

describe('one answer', () => {
  const answerTo = (asked: Asked, changed: Partial<Said> = {}): string =>
    browser.written({ ...browser.said(asked, org.admin.email), ...changed })

  it('S51: makes one session, and none the second time', async () => {
    const asked = await browser.begin(org)
    const response = answerTo(asked)
    expect((await browser.arrive(asked, response)).status).toBe(303)
    expect((await browser.arrive(asked, response)).body).toContain('was used already')
  })

  it('S52: makes exactly one session when it comes ten times at once', async () => {
    const asked = await browser.begin(org)
    const response = answerTo(asked)
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.send(org.orgId, response)))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  })

  it('S51: cannot be used for another question of the same browser, even with the same assertion id', async () => {
    const [one, two] = [await browser.begin(org), await browser.begin(org)]
    const { assertionId } = browser.said(one, org.admin.email)
    expect((await browser.arrive(one, answerTo(one, { assertionId }))).status).toBe(303)
    expect((await browser.arrive(two, answerTo(two, { assertionId }))).body).toContain(
      'This answer was used already',
    )
  })

  it('S53: is worth nothing in another browser', async () => {
    const [mine, theirs] = [await browser.begin(org), await browser.begin(org)]
    expect(mine.cookie).not.toBe(theirs.cookie)
    const planted = await browser.arrive({ ...mine, cookie: theirs.cookie }, answerTo(mine))
    expect(planted).toMatchObject({ status: 403, cookies: [] })
    expect(planted.body).toContain('another browser')
    expect((await browser.arrive({ ...theirs, cookie: '' }, answerTo(theirs))).body).toContain(
      'another browser',
    )
  })

  it('S54: gives a handle that works once and for a minute', async () => {
    const asked = await browser.begin(org)
    const { location } = await browser.send(org.orgId, answerTo(asked))
    expect((await browser.get(location, asked.cookie)).status).toBe(303)
    expect((await browser.get(location, asked.cookie)).status).toBe(403)
    const late = await browser.begin(org)
    const waiting = await browser.send(org.orgId, answerTo(late))
    place.clock.advance(60_000)
    expect((await browser.get(waiting.location, late.cookie)).status).toBe(403)
  })

  it('S54: comes too late after ten minutes', async () => {
    const asked = await browser.begin(org)
    place.clock.advance(600_000)
    expect((await browser.arrive(asked, answerTo(asked))).body).toContain('more than ten minutes ago')
  })

  it('keeps two tabs of one browser apart from each other, by one cookie', async () => {
    const one = await browser.begin(org)
    const two = await browser.begin(org, '', one.cookie)
    expect(two.cookie).toBe(one.cookie)
    expect((await browser.arrive(one, answerTo(one))).status).toBe(303)
    expect((await browser.arrive(two, answerTo(two))).status).toBe(303)
  })

  it.each([
    ['S63', 'a body of 2 MB', 413, () => `SAMLResponse=${'A'.repeat(2_000_000)}`],
    [
      'S66',
      'the field twice',
      403,
      (response: string) => `SAMLResponse=${response}&SAMLResponse=${response}`,
    ],
    ['S65', 'no field', 403, () => 'x=1'],
    ['S65', 'no base64', 403, () => 'SAMLResponse=%3Cx%2F%3E'],
  ] as const)('%s: as %s is refused', async (_id, _what, status, payload) => {
    const asked = await browser.begin(org)
    const answer = await browser.post(org.orgId, payload(encodeURIComponent(answerTo(asked))))
    expect(answer).toMatchObject({ status, cookies: [] })
  })

  it('S4: is refused with a line in the activity log that names nobody', async () => {
    const asked = await browser.begin(org)
    const tampered = Buffer.from(answerTo(asked), 'base64')
      .toString('utf8')
      .replace(org.admin.email, 'secret-name@example.com')
    const answer = await browser.arrive(asked, Buffer.from(tampered).toString('base64'))
    expect(answer.body).toContain('signature does not fit')
    const [line] = await refusals()
    expect(line).toMatchObject({ after: { reason: 'sso/signature' } })
    expect(JSON.stringify(line)).not.toContain('secret-name')
  })
})

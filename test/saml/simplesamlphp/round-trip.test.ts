// Rollcall and SimpleSAMLphp: another XML stack, written by others, that checks our signatures and makes its own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configureSso, type ConfigureSsoInput } from '#server/domain/sso/configure-sso.ts'
import { ssoAddresses } from '#server/domain/sso/rules/connection.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { readIdpMetadata } from '#server/saml/idp-metadata.ts'
import type { Service } from '#server/serve.ts'
import type { World } from '#server/world.ts'
import { fakeClock } from '#test/support/fake-clock.ts'
import { makeService, publicUrl } from '#test/support/make-app.ts'
import { makeWorld, newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'
import { browserOn, type Asked } from '../http/browser.ts'
import { certificatesIn } from '../http/metadata.ts'
import { startSimpleSamlPhp, type SimpleSamlPhp } from './provider.ts'
import { formOn, walker, type Page } from './walker.ts'

let idp: SimpleSamlPhp
let world: World
let service: Service
let browser: ReturnType<typeof browserOn>
/** One whose answers come in plain sight, and one whose answers are encrypted. */
let [plain, hidden]: TestOrganization[] = []
beforeAll(async () => {
  idp = await startSimpleSamlPhp(process.env['SIMPLESAMLPHP_HOME'] ?? '')
  world = await makeWorld()
  service = (await makeService({ world })).service
  browser = browserOn({ service, clock: fakeClock() })
  ;[plain, hidden] = [await newOrganization(world), await newOrganization(world)]
  idp.know({
    people: [plain, hidden].flatMap(org => [org.owner.email, org.admin.email]),
    applications: [await applicationOf(plain, false), await applicationOf(hidden, true)],
  })
})
afterAll(async () => {
  await service.close()
  await idp.close()
})

async function applicationOf({ orgId }: TestOrganization, encrypt: boolean) {
  const { audienceUrl: entityId, acsUrl } = ssoAddresses(publicUrl, orgId)
  const { body } = await browser.get(`/saml/${orgId}/metadata`)
  return { entityId, acsUrl, encrypt, certificate: certificatesIn(body, 'signing')[0] ?? '' }
}

const organization = (which: 'plain' | 'hidden'): TestOrganization => {
  const found = which === 'plain' ? plain : hidden
  if (found === undefined) throw new Error('The organizations come first.')
  return found
}

/** What its metadata says, and what an admin chooses. */
async function connect(org: TestOrganization, changed: Partial<ConfigureSsoInput> = {}): Promise<void> {
  const read = readIdpMetadata(await (await fetch(idp.metadataUrl)).text())
  await configureSso(org.owner.ctx, {
    issuer: read.entityId,
    signInUrl: read.signInUrl,
    certificates: read.certificates,
    signed: 'both',
    nameIdFormat: 'email',
    matchAttribute: null,
    allowIdpInitiated: false,
    signRequests: read.wantsSignedRequests,
    allowCbc: false,
    sessionHours: 12,
    ...changed,
  })
}

const signInUrl = async (): Promise<string> =>
  readIdpMetadata(await (await fetch(idp.metadataUrl)).text()).signInUrl

/** From the password form to the page that posts the answer by itself. */
async function enterPassword(page: Page, walk: ReturnType<typeof walker>, name: string): Promise<Page> {
  const { action, fields } = formOn(page)
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(['username', 'password', 'AuthState']))
  return walk.open(action, { ...fields, username: name, password: 'secret' })
}

/** Signs in there; the answer as its page would post it. */
async function answerTo(
  asked: Asked,
  name: string,
  walk = walker(),
): Promise<Readonly<Record<string, string>>> {
  const page = await walk.open((await signInUrl()) + asked.search)
  const last = page.body.includes('name="password"') ? await enterPassword(page, walk, name) : page
  const { action, fields } = formOn(last)
  expect(action, last.body).toBe(ssoAddresses(publicUrl, asked.orgId).acsUrl)
  return fields
}

const arrive = (asked: Asked, { SAMLResponse = '' }: Readonly<Record<string, string>>) =>
  browser.arrive(asked, SAMLResponse)

async function passTest(org: TestOrganization): Promise<string> {
  const asked = await browser.test(org)
  return (await arrive(asked, await answerTo(asked, org.owner.email))).body
}

describe('S2: SimpleSAMLphp, which demands signed questions and signs response and assertion', () => {
  it('is set up by its metadata, and the test passes', async () => {
    const org = organization('plain')
    await connect(org)
    expect(await passTest(org)).toContain('The test passed')
  })

  it('signs people in by password, then by its own session, each answer once', async () => {
    const org = organization('plain')
    const walk = walker()
    const first = await browser.begin(org)
    const answer = await answerTo(first, org.admin.email, walk)
    const done = await arrive(first, answer)
    expect(done).toMatchObject({ status: 303, location: '/' })
    const cookie = /__Host-sid=([^;]+)/.exec(done.cookies.join())?.[1] ?? ''
    const anonymous = world.installationFor({ kind: 'anonymous', name: 'x', origin: testOrigin })
    expect(await resumeSession(anonymous, { cookie, origin: testOrigin })).toMatchObject({
      userId: org.admin.userId,
    })
    expect((await arrive(first, answer)).body).toContain('was used already')
    const second = await browser.begin(org)
    const page = await walk.open((await signInUrl()) + second.search)
    expect(page.body).not.toContain('name="password"')
    expect((await arrive(second, formOn(page).fields)).status).toBe(303)
  })

  it.each([
    ['taken away', (search: string) => search.replace(/&SigAlg=.*$/, '')],
    ['for another RelayState', (search: string) => search.replace('RelayState=_', 'RelayState=x')],
    [
      'of one letter changed',
      (search: string) =>
        search.replace(/Signature=(.)/, (_all, one: string) => `Signature=${one === 'A' ? 'B' : 'A'}`),
    ],
  ])('asks nobody for a password when our signature is %s', async (_what, change) => {
    await connect(organization('plain'))
    const { search } = await browser.test(organization('plain'))
    expect(change(search)).not.toBe(search)
    expect((await walker().open((await signInUrl()) + search)).body).toContain('name="password"')
    const page = await walker().open((await signInUrl()) + change(search))
    expect(page.body).toMatch(/unhandled exception/i)
    expect(page.body).not.toContain('name="password"')
  })

  it('S61: leads nowhere else by a RelayState of its own', async () => {
    const org = organization('plain')
    const asked = await browser.begin(org, '?return=/groups')
    const answer = { ...(await answerTo(asked, org.admin.email)), RelayState: 'https://evil.example' }
    const { location } = await browser.post(org.orgId, new URLSearchParams(answer).toString())
    expect(await browser.get(location, asked.cookie)).toMatchObject({ status: 303, location: '/groups' })
  })
})

describe('S3: SimpleSAMLphp, which encrypts with AES-128-CBC for whoever has a certificate', () => {
  it('is refused with what to choose, and signs in where the connection allows that', async () => {
    const org = organization('hidden')
    await connect(org)
    expect(await passTest(org)).toContain('AES-CBC can be allowed under Login')
    await connect(org, { allowCbc: true })
    expect(await passTest(org)).toContain('The test passed')
    const asked = await browser.begin(org)
    const answer = await answerTo(asked, org.admin.email)
    const xml = Buffer.from(answer['SAMLResponse'] ?? '', 'base64').toString('utf8')
    expect(xml).toContain('EncryptedAssertion')
    expect(xml).not.toContain(org.admin.email)
    expect((await arrive(asked, answer)).status).toBe(303)
  })
})

// Connections to identity providers over HTTP: tests, change-overs, and the wall between organizations.
import { beforeAll, describe, expect, it } from 'vitest'
import { configureSso } from '#server/domain/sso/configure-sso.ts'
import { addCertificate } from '#server/domain/sso/add-certificate.ts'
import { startSsoTest } from '#server/domain/sso/start-sso-test.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { usePlace } from '#test/oauth-http/client.ts'
import { publicUrl } from '#test/support/make-app.ts'
import { newOrganization, operatorActor, type TestOrganization } from '#test/support/make-world.ts'
import { newIdpKey, type Said } from '#test/support/saml-pen.ts'
import { browserOn, details, idpUrl, type Answer } from './browser.ts'

const place = usePlace()
let org: TestOrganization
let browser: ReturnType<typeof browserOn>
beforeAll(async () => {
  browser = browserOn(place)
  org = await newOrganization(place.world)
  await browser.connect(org)
})

const signIn = async (nameId: string, changed: Partial<Said> = {}): Promise<Answer> => {
  const asked = await browser.begin(org)
  return browser.arrive(asked, browser.written({ ...browser.said(asked, nameId), ...changed }))
}

describe('organizations', () => {
  it('S60: never take an answer that was made for another one', async () => {
    const other = await newOrganization(place.world)
    const theirs = newIdpKey()
    await configureSso(other.owner.ctx, details({ certificates: [theirs.cert] }))
    const asked = await browser.test(other)
    const elsewhere = browser.said({ ...asked, orgId: org.orgId }, other.owner.email)
    expect((await browser.send(other.orgId, browser.written(elsewhere))).body).toContain('another address')
    const withOurKey = browser.written(browser.said(asked, other.owner.email))
    expect((await browser.send(other.orgId, withOurKey)).body).toContain('signature does not fit')
    const crossed = await browser.begin(org)
    expect(
      (
        await browser.send(
          other.orgId,
          browser.written(browser.said({ ...crossed, orgId: other.orgId }, other.owner.email), theirs),
        )
      ).body,
    ).toContain('more than ten minutes ago')
  })

  it('S49: take no unsolicited answer, and where that is allowed only start a question of their own', async () => {
    const unsolicited = (orgId: string) =>
      browser.written({
        ...browser.said({ orgId, requestId: '' }, org.admin.email),
        inResponseTo: null,
        confirmedRequest: null,
      })
    expect((await browser.send(org.orgId, unsolicited(org.orgId))).body).toContain(
      'Nobody asked for this sign-in',
    )
    const open = await newOrganization(place.world)
    await browser.connect(open, { allowIdpInitiated: true })
    expect(await browser.send(open.orgId, unsolicited(open.orgId))).toMatchObject({
      status: 303,
      location: `/saml/${open.orgId}/login`,
      cookies: [],
    })
  })

  it('without a connection, or that do not exist, say the same', async () => {
    const bare = await newOrganization(place.world)
    for (const orgId of [bare.orgId, '018f0000-0000-7000-8000-000000000000', 'x']) {
      const answer = await browser.get(`/saml/${orgId}/login`)
      expect(answer.status).toBe(403)
      expect(answer.body).toContain('not set up')
    }
    expect((await browser.get(`/saml/${bare.orgId}/metadata`)).body).toContain(
      `entityID="${publicUrl}/saml/${bare.orgId}/metadata"`,
    )
  })

  it('whose plan lost single sign-on sign nobody in by it', async () => {
    const other = await newOrganization(place.world)
    await browser.connect(other)
    await updateOrganization(place.world.contextFor(other.orgId, operatorActor), {
      entitlements: { sso: false },
    })
    expect((await browser.get(`/saml/${other.orgId}/login`)).body).toContain('not part of this organization')
  })

  it('S67: change over to a new certificate without a gap', async () => {
    const next = newIdpKey()
    const asked = await browser.begin(org)
    const byNext = browser.written(browser.said(asked, org.admin.email), next)
    expect((await browser.arrive(asked, byNext)).body).toContain('signature does not fit')
    await addCertificate(org.owner.ctx, { certificate: next.cert })
    expect((await browser.arrive(asked, byNext)).status).toBe(303)
    expect((await signIn(org.admin.email)).status).toBe(303)
  })
})

describe('the test of a connection', () => {
  const lastTest = async (other: TestOrganization) => {
    const row = await other.owner.ctx.db.ssoConnection.findUniqueOrThrow({ where: { orgId: other.orgId } })
    return {
      status: row.status,
      passed: row.testPassed,
      code: row.testCode,
      message: row.testMessage,
      by: row.testedByName,
    }
  }

  it('says why it failed, in words for an admin, and opens nothing', async () => {
    const other = await newOrganization(place.world)
    await configureSso(other.owner.ctx, details())
    expect((await browser.get(`/saml/${other.orgId}/login`)).status).toBe(403)
    const asked = await browser.test(other)
    await browser.send(
      other.orgId,
      browser.written({ ...browser.said(asked, other.owner.email), audienceUrl: 'https://other.example' }),
    )
    expect(await lastTest(other)).toMatchObject({
      status: 'draft',
      passed: false,
      code: 'sso/audience',
      by: other.owner.name,
    })
    expect((await lastTest(other)).message).toContain('Copy the audience URL')
    const [noted] = await other.owner.ctx.db.activity.findMany({
      where: { orgId: other.orgId, action: 'sso.test_failed' },
    })
    expect(noted).toMatchObject({ actorKind: 'person', actorName: other.owner.name })
  })

  it('needs someone of the organization, and makes no session', async () => {
    const other = await newOrganization(place.world)
    await configureSso(other.owner.ctx, details())
    const asked = await browser.test(other)
    await browser.arrive(asked, browser.written(browser.said(asked, 'stranger@example.com')))
    expect(await lastTest(other)).toMatchObject({
      status: 'draft',
      passed: false,
      code: 'sso/unknown-person',
    })
    const again = await browser.test(other)
    const done = await browser.arrive(again, browser.written(browser.said(again, other.admin.email)))
    expect(done).toMatchObject({ status: 200, cookies: [] })
    expect(await lastTest(other)).toMatchObject({ status: 'tested', passed: true, code: null })
    expect((await lastTest(other)).message).toContain(other.admin.email)
  })

  it('proves nothing about settings that were changed meanwhile', async () => {
    const other = await newOrganization(place.world)
    await configureSso(other.owner.ctx, details())
    const asked = await browser.test(other)
    const response = browser.written(browser.said(asked, other.owner.email))
    await configureSso(other.owner.ctx, details({ signInUrl: `${idpUrl}/new` }))
    expect((await browser.arrive(asked, response)).body).toContain('changed while the test was running')
    expect(await lastTest(other)).toMatchObject({ status: 'draft', passed: null })
  })

  it('opens once with its ticket', async () => {
    const { ticket } = await startSsoTest(org.owner.ctx)
    expect((await browser.get(`/saml/${org.orgId}/test/${ticket}`)).status).toBe(302)
    expect((await browser.get(`/saml/${org.orgId}/test/${ticket}`)).status).toBe(403)
  })
})

describe('where someone lands', () => {
  it.each(['/users?tab=pending', '/settings/sso'])('on the path they wanted: %s', async path => {
    const asked = await browser.begin(org, `?return=${encodeURIComponent(path)}`)
    const done = await browser.arrive(asked, browser.written(browser.said(asked, org.admin.email)))
    expect(done).toMatchObject({ status: 303, location: path })
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    `/${'x'.repeat(10_000)}`,
  ])('S61: never by RelayState or return path %s', async hostile => {
    const asked = await browser.begin(org, `?return=${encodeURIComponent(hostile.slice(0, 3_000))}`)
    const form = { SAMLResponse: browser.written(browser.said(asked, org.admin.email)), RelayState: hostile }
    const { location } = await browser.post(org.orgId, new URLSearchParams(form).toString())
    expect(await browser.get(location, asked.cookie)).toMatchObject({ status: 303, location: '/' })
  })
})

// Single sign-on from its set-up to its refusals, with a real identity provider in a real browser.
import type { Page } from '@playwright/test'
import { clipboard, goTo, owner, setUp, signOut } from './console.ts'
import { identityProvider, type Provider } from './identity-provider.ts'
import { look } from './look.ts'
import { startSamlProvider, type SamlProvider } from './saml-provider.ts'
import { expect, test } from './sealed-test.ts'

let saml: SamlProvider
test.beforeEach(async () => {
  saml = await startSamlProvider()
})
test.afterEach(() => {
  saml.close()
})

test('an admin sets single sign-on up, and people come in by it', async ({ page, fresh, browser }, info) => {
  const { origin, server } = fresh
  await setUp(page, server.setupLink(), owner)
  const idp = await provisioning(page)
  let codes: string[] = []

  await test.step('metadata fills the details in; they are looked at and saved', async () => {
    await goTo(page, 'Single sign-on')
    const file = { name: 'metadata.xml', mimeType: 'text/xml', buffer: Buffer.from(await saml.metadata()) }
    await page.getByLabel('Choose file').first().setInputFiles(file)
    await expect(page.getByLabel('Entity ID')).toHaveValue(saml.entityId)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Not tested yet')).toBeVisible()
    await page.getByRole('button', { name: 'Copy ACS URL', exact: true }).click()
    const acsUrl = await clipboard(page)
    expect(acsUrl).toMatch(new RegExp(`^${origin}/saml/[0-9a-f-]{36}/acs$`))
    saml.sendTo(acsUrl)
  })

  await test.step('the test says live why it failed, and then that it passed', async () => {
    saml.be('stranger@example.com')
    await testConnection(page, '"stranger@example.com" is not a user here')
    await expect(page.getByText('The test failed')).toBeVisible()
    await look(page, info, '81-sso-test-failed')
    saml.be(owner.email)
    await testConnection(page, 'The test passed')
    await expect(page.getByText('The test passed')).toBeVisible()
    await expect(page.getByText('Tested', { exact: true })).toBeVisible()
  })

  await test.step('recovery codes come before enforcing', async () => {
    const enforce = page.getByRole('switch', { name: 'Enforce SAML SSO for my organization' })
    await expect(enforce).toBeDisabled()
    await page.getByRole('button', { name: 'Create recovery codes' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your recovery codes' })
    await dialog.getByRole('button', { name: 'Copy codes' }).click()
    codes = (await clipboard(page)).split('\n')
    expect(codes).toHaveLength(10)
    await look(page, info, '82-sso-codes')
    await dialog.getByLabel('I have stored it in a safe place').click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await enforce.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Enforce SSO' }).click()
    await expect(page.getByText('Enforced', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Delete single sign-on' }).click()
    await look(page, info, '83-sso-delete')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  })

  await test.step('somebody provisioned comes in at once and is active; deactivated, they are out', async () => {
    const id = await idp.create('Grace Hopper')
    const theirs = await (await browser.newContext()).newPage()
    saml.be('grace.hopper@example.com')
    await enterAddress(theirs, `${origin}/sign-in?target=/profile`, 'grace.hopper@example.com')
    await expect(theirs.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible()
    await theirs.getByRole('tab', { name: 'Security' }).click()
    await expect(theirs.getByText('Signed in by single sign-on')).toBeVisible()
    const found = await idp.call('GET', '/Users?filter=userName eq "grace.hopper@example.com"')
    expect(found.body).toMatchObject({ totalResults: 1 })
    await goTo(page, 'Users')
    await expect(page.getByRole('row').filter({ hasText: 'Grace Hopper' })).toBeVisible()
    await idp.replace(id, { active: false })
    await theirs.getByRole('tab', { name: 'Meeting types' }).click()
    await expect(theirs.getByText(/^Your session ended/)).toBeVisible()
    await enterAddress(theirs, `${origin}/sign-in`, 'grace.hopper@example.com')
    await expect(theirs.getByText(`Ask ${owner.name} if that is a mistake.`)).toBeVisible()
    saml.be('stranger@example.com')
    await enterAddress(theirs, `${origin}/sign-in`, 'stranger@example.com')
    await expect(theirs.getByText(`Ask ${owner.name} to assign you`)).toBeVisible()
    await look(theirs, info, '87-sso-refused')
    await theirs.context().close()
  })

  await test.step('the activity log tells all of it', async () => {
    await goTo(page, 'Activity log')
    await page.getByRole('searchbox').fill('Grace')
    await expect(page.getByRole('row').filter({ hasText: 'Signed in' })).toBeVisible()
    await page.getByRole('searchbox').fill('')
    await page.getByRole('row').filter({ hasText: 'Saved single sign-on' }).click()
    await expect(page.getByRole('complementary').getByText(saml.entityId)).toBeVisible()
    await look(page, info, '85-activity')
    await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click()
  })

  await test.step('the owner stays when the identity provider fails, by a recovery code', async () => {
    await signOut(page, owner.name)
    await page.getByLabel('Work e-mail').fill(owner.email)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await look(page, info, '86-sign-in-ways')
    await page.getByRole('button', { name: 'Owner: use a recovery code' }).click()
    await page.getByLabel('Recovery code').fill(codes[0] ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  })
})

/** SCIM as an admin would switch it on, without walking there again. */
async function provisioning(page: Page): Promise<Provider> {
  const ask = (query: string): Promise<Record<string, Record<string, string>>> =>
    page.evaluate(async text => {
      const answer = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-rollcall': '1' },
        body: JSON.stringify({ query: text }),
      })
      const body = (await answer.json()) as { data: Record<string, Record<string, string>> }
      return body.data
    }, query)
  const made = await ask(`mutation {
    enforceProvisioning(input: { enforced: true }) { __typename }
    issueScimToken(input: { name: "IdP" }) { ... on IssueScimTokenPayload { secret } }
  }`)
  const place = await ask('{ organization { provisioning { baseUrl } } }')
  const { baseUrl } = place['organization']?.['provisioning'] as unknown as { baseUrl: string }
  return identityProvider(baseUrl, made['issueScimToken']?.['secret'] ?? '')
}

/** Presses "Test Connection", reads the page that the other tab ends on, and closes it. */
async function testConnection(page: Page, ends: string): Promise<void> {
  const opened = page.context().waitForEvent('page')
  await page.getByRole('button', { name: 'Test Connection' }).click()
  const tab = await opened
  await expect(tab.getByText(ends)).toBeVisible()
  await tab.close()
}

async function enterAddress(page: Page, url: string, email: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Work e-mail').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
}

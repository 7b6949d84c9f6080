// The first hour of a newcomer: from the set-up link to people who arrive while one watches.
import type { Page } from '@playwright/test'
import { clipboard, goTo, owner, setUp, signIn, signOut } from './console.ts'
import { identityProvider, personNamed, type Provider } from './identity-provider.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

test('a newcomer sets up, connects an identity provider and watches people arrive', async ({
  page,
  fresh,
  sealed,
}, info) => {
  await test.step('the set-up link makes an organization and its owner', async () => {
    await page.goto(fresh.server.setupLink())
    await expect(page.getByRole('heading', { name: 'Set up your organization' })).toBeVisible()
    expect(new URL(page.url()).hash, 'the secret leaves the address').toBe('')
    await look(page, info, '01-setup')
    await page.getByRole('button', { name: 'Finish set-up' }).click()
    await expect(page.getByText('Enter your name.')).toBeVisible()
    await look(page, info, '02-setup-faults')
    await setUp(page, fresh.server.setupLink(), owner)
    await look(page, info, '03-overview-new')
  })

  let provider: Provider | undefined
  await test.step('user provisioning gives a token, once, and the base URL', async () => {
    await goTo(page, 'User provisioning')
    await expect(page.getByText("Waiting for your identity provider's first call").first()).toBeVisible()
    await look(page, info, '04-provisioning')
    await enforce(page)
    const token = await generateToken(page, async () => look(page, info, '05-token-once'))
    await page.getByRole('button', { name: 'Copy base URL', exact: true }).click()
    const baseUrl = await clipboard(page)
    expect(baseUrl).toMatch(new RegExp(`^${fresh.origin}/scim/v2/[0-9a-f-]{36}$`))
    await page.reload()
    await expect(page.getByText('Not used yet')).toBeVisible()
    await expect(page.getByText(token)).toHaveCount(0)
    provider = identityProvider(baseUrl, token)
  })
  if (provider === undefined) throw new Error('There is no identity provider.')
  const idp = provider

  await test.step('the live feed tells each request in plain words', async () => {
    await goTo(page, 'Live feed')
    await expect(page.getByRole('status').filter({ hasText: 'Live' }).first()).toBeVisible()
    await watchArrivals(page, idp)
    await look(page, info, '06-live-feed')
  })

  await test.step('a line opens the request behind it', async () => {
    await page.getByRole('row').filter({ hasText: 'changed title of Grace Hopper' }).first().click()
    const detail = page.getByRole('complementary').filter({ has: page.getByRole('heading', { level: 2 }) })
    await expect(detail.getByText('Rear Admiral').first()).toBeVisible()
    await expect(detail.getByText(/SCIM token \d{4}/).first()).toBeVisible()
    await look(page, info, '07-request-detail')
    await detail.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('a paused feed counts and does not move', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await idp.create('Barbara Liskov')
    await expect(page.getByText(/Paused · \d+ new/)).toBeVisible()
    await expect(page.getByText('created Barbara Liskov')).toHaveCount(0)
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(page.getByText('created Barbara Liskov')).toBeVisible()
  })

  await test.step('users shows who is pending, with document and events', async () => {
    await goTo(page, 'Users')
    await page.getByRole('tab', { name: /^Pending/ }).click()
    await expect(page.getByRole('row').filter({ hasText: 'Grace Hopper' })).toBeVisible()
    await look(page, info, '08-users-pending')
    await page.getByRole('row').filter({ hasText: 'Grace Hopper' }).click()
    const drawer = page.getByRole('complementary', { name: 'Grace Hopper' })
    await expect(drawer.getByText(/created/).first()).toBeVisible()
    await look(page, info, '09-user-timeline')
    await drawer.getByRole('tab', { name: 'SCIM' }).click()
    await expect(drawer.getByText('grace.hopper@example.com').first()).toBeVisible()
    await look(page, info, '10-user-scim')
    await drawer.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('the provisioning log keeps every request', async () => {
    await goTo(page, 'Provisioning log')
    await expect(page.getByRole('row').filter({ hasText: 'Grace Hopper' }).first()).toBeVisible()
    await look(page, info, '11-log')
  })

  await test.step('an API key works until it is revoked', async () => {
    await goTo(page, 'API keys')
    await look(page, info, '12-api-keys-empty')
    await useAndRevokeKey(page, { origin: fresh.origin, see: () => look(page, info, '13-api-keys') })
  })

  await test.step('the overview is healthy', async () => {
    await goTo(page, 'Overview')
    await expect(page.getByText('Last contact').first()).toBeVisible()
    await look(page, info, '14-overview')
  })

  await test.step('the owner signs out and in again', async () => {
    await signOut(page, owner.name)
    await look(page, info, '15-sign-in')
    await signIn(page, owner)
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  })
  expect(sealed.takeComplaints()).toEqual([])
})

async function enforce(page: Page): Promise<void> {
  await page.getByRole('switch', { name: 'Enforce SCIM for my organization' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enforce SCIM' }).click()
  await expect(page.getByText('On. Your identity provider is the only source of people.')).toBeVisible()
}

async function generateToken(page: Page, see: () => Promise<void>): Promise<string> {
  await page.getByRole('combobox', { name: 'When do you want this token to expire?' }).click()
  await page.getByRole('option', { name: 'In 90 days' }).click()
  await page.getByRole('button', { name: 'Generate new bearer token' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your new bearer token' })
  await dialog.getByRole('button', { name: 'Copy token' }).click()
  const token = await clipboard(page)
  expect(token).toMatch(/^rc_scim_\w+$/)
  await expect(dialog.getByRole('textbox', { name: 'Bearer token' })).toHaveText(token)
  await see()
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled()
  await dialog.getByLabel('I have stored it in a safe place').click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toHaveCount(0)
  return token
}

/** Each call must be told within a second, measured from its answer; one slow frame is forgiven. */
async function watchArrivals(page: Page, idp: Provider): Promise<void> {
  const times: number[] = []
  const seen = async (text: string): Promise<void> => {
    const began = performance.now()
    await page.getByText(text).first().waitFor()
    times.push(performance.now() - began)
  }
  const id = await idp.create('Grace Hopper')
  await seen('created Grace Hopper')
  await idp.replace(id, { title: 'Rear Admiral' })
  await seen('changed title of Grace Hopper')
  await idp.replace(id, { active: false })
  await seen('deactivated Grace Hopper')
  await idp.replace(id, { active: true })
  await seen('reactivated Grace Hopper')
  await idp.create('Alan Turing')
  await seen('created Alan Turing')
  const median = [...times].sort((one, other) => one - other)[2]
  expect(median, `milliseconds until each line: ${times.map(Math.round).join(', ')}`).toBeLessThan(1_000)

  await page.getByRole('tab', { name: 'Requests' }).click()
  const refused = await idp.call('POST', '/Users', personNamed('Alan Turing'))
  expect(refused.status).toBe(409)
  await expect(page.getByRole('row').filter({ hasText: '409' }).first()).toBeVisible()
  await page.getByRole('tab', { name: 'Lines' }).click()
}

async function useAndRevokeKey(
  page: Page,
  about: { origin: string; see: () => Promise<void> },
): Promise<void> {
  await page.getByRole('button', { name: 'Create API key' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('HR nightly export')
  await page.getByRole('dialog').getByRole('button', { name: 'Create API key' }).click()
  const once = page.getByRole('dialog', { name: 'Your new API key' })
  await once.getByRole('button', { name: 'Copy key' }).click()
  const key = await clipboard(page)
  expect(key).toMatch(/^rc_key_\w+$/)
  await once.getByLabel('I have stored it in a safe place').click()
  await once.getByRole('button', { name: 'Done' }).click()
  expect(await ask(about.origin, key)).toEqual({ status: 200, name: owner.organization })
  await page.reload()
  await expect(page.getByText('HR nightly export')).toBeVisible()
  await about.see()
  await page.getByRole('button', { name: 'Revoke: HR nightly export' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click()
  await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible()
  expect(await ask(about.origin, key)).toMatchObject({ status: 401 })
}

/** Asks the API for the organization's name with a key. */
async function ask(origin: string, key: string): Promise<{ status: number; name: string | undefined }> {
  const answer = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ organization { name } }' }),
  })
  const body = (await answer.json()) as { data?: { organization?: { name: string } } }
  return { status: answer.status, name: body.data?.organization?.name }
}

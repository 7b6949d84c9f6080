// Every page with a year of real data behind it: nothing for axe to find, in both themes and on each width.
import type { Page } from '@playwright/test'
import { demo } from '#test/support/demo-server.ts'
import { goTo, signIn } from './console.ts'
import { identityProvider } from './identity-provider.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

test.beforeEach(async ({ page }) => {
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, demo())
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('overview and user provisioning', async ({ page }, info) => {
  await expect(page.getByText('Requests per hour')).toBeVisible()
  await look(page, info, '30-overview')
  await goTo(page, 'User provisioning')
  await expect(page.getByText('Base URL').first()).toBeVisible()
  await look(page, info, '31-provisioning')
})

test('5,000 people in every state', async ({ page }, info) => {
  await goTo(page, 'Users')
  for (const state of ['Active', 'Pending', 'Deactivated', 'Deleted']) {
    await page.getByRole('tab', { name: new RegExp(`^${state}`) }).click()
    await expect(page.getByRole('row').nth(3)).toBeVisible()
    await look(page, info, `32-users-${state.toLowerCase()}`)
  }
  await page.getByRole('row').nth(3).click()
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible()
  await look(page, info, '33-user')
  await page.goto(`${demo().origin}/users?q=nobody-has-this-name`)
  await expect(page.getByText('No one matches')).toBeVisible()
  await look(page, info, '34-users-none')
})

test('a busy live feed and its log', async ({ page }, info) => {
  await goTo(page, 'Live feed')
  await expect(page.getByRole('status').filter({ hasText: 'Live' }).first()).toBeVisible()
  await beBusy(page)
  await look(page, info, '35-live-feed')
  await page.getByRole('tab', { name: 'Requests' }).click()
  await expect(page.getByRole('row').nth(3)).toBeVisible()
  await look(page, info, '36-requests')
  await goTo(page, 'Provisioning log')
  await expect(page.getByRole('row').nth(3)).toBeVisible()
  await look(page, info, '37-log')
  await goTo(page, 'API keys')
  await look(page, info, '38-api-keys')
})

test('billing, activity log, single sign-on and where one is signed in', async ({ page }, info) => {
  await goTo(page, 'Billing & seats')
  await expect(page.getByText('SAML single sign-on')).toBeVisible()
  await look(page, info, '39-billing')
  await goTo(page, 'Activity log')
  await expect(page.getByRole('row').nth(2)).toBeVisible()
  await look(page, info, '39-activity')
  await goTo(page, 'Single sign-on')
  await expect(page.getByText('Audience URL', { exact: true })).toBeVisible()
  await look(page, info, '39-single-sign-on')
  await page.goto(`${demo().origin}/profile?tab=security`)
  await expect(page.getByText('This browser')).toBeVisible()
  await look(page, info, '39-sessions')
})

/** A morning at the identity provider: people join, change and leave. Names differ in each run and project. */
async function beBusy(page: Page): Promise<void> {
  const idp = identityProvider(demo().scimBase, demo().scimToken)
  const mark = Math.random().toString(36).slice(2, 8)
  const ids: string[] = []
  for (const name of ['Mary Jackson', 'Katherine Johnson', 'Annie Easley', 'Radia Perlman', 'Frances Allen'])
    ids.push(await idp.create(`${name} ${mark}`))
  for (const [index, id] of ids.entries())
    await idp.replace(id, index % 2 === 0 ? { title: 'Principal Engineer' } : { active: false })
  await expect(page.getByText(`created Mary Jackson ${mark}`)).toBeVisible()
}

// Every page while it loads, when it fails, with nothing in it, where the plan lacks it, and to whom it is closed.
import type { Page, Route, TestInfo } from '@playwright/test'
import { demo } from '#test/support/demo-server.ts'
import { owner, setUp, signIn, visit } from './console.ts'
import { glance, look } from './look.ts'
import { expect, test } from './sealed-test.ts'

/** The pages of an admin that read something: name of the picture, address, title. */
const readers = [
  ['overview', '/', 'Overview'],
  ['users', '/users', 'Users'],
  ['groups', '/groups', 'Groups'],
  ['group', '/groups/R3JvdXA6eA==', 'Group'],
  ['mapping', '/mapping', 'Map to groups'],
  ['managed-events', '/managed-events', 'Managed events'],
  ['managed-event', '/managed-events/RTpl', 'Managed event'],
  ['live', '/live', 'Live feed'],
  ['requests', '/live?view=requests', 'Live feed'],
  ['log', '/log', 'Provisioning log'],
  ['sso', '/login/single-sign-on', 'Single sign-on'],
  ['provisioning', '/login/provisioning', 'User provisioning'],
  ['activity', '/activity', 'Activity log'],
  ['api-keys', '/api-keys', 'API keys'],
  ['billing', '/billing', 'Billing & seats'],
] as const

/** What everybody has; the page reads the events in any case. */
const own = [
  ['own-events', '/profile?tab=events', 'Your profile'],
  ['own-groups', '/profile', 'Your profile'],
  ['own-types', '/profile?tab=types', 'Your profile'],
  ['own-security', '/profile?tab=security', 'Your profile'],
] as const

const requestId = '01a20416-bf36-7294-b665-9a452eb74e00'
const failure = {
  data: null,
  errors: [{ message: 'Something went wrong here.', extensions: { code: 'INTERNAL', requestId } }],
}

/** Holds back what pages ask for, until it is failed or let through. What the frame asks for is always answered. */
async function holdAnswers(page: Page) {
  let held: Route[] | null = []
  await page.route('**/graphql', async route => {
    const { query } = route.request().postDataJSON() as { query: string }
    if (held === null || /query (Session|Viewer|Notices)\b/.test(query)) await route.fallback()
    else held.push(route)
  })
  return {
    again: () => (held = []),
    fail: async () => {
      const failing = held ?? []
      held = null
      await Promise.all(failing.map(route => route.fulfill({ json: failure })))
    },
  }
}

/** Signs somebody in who then sees the page of a heading; `target` is the page they asked for. */
async function enter(page: Page, email: string, heading: string, target = '/'): Promise<void> {
  await page.goto(`${demo().origin}/sign-in?target=${encodeURIComponent(target)}`)
  await signIn(page, { email, password: demo().password })
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
}

test('every page loads as a skeleton, and says what failed and how to go on', async ({ page }, info) => {
  // A page that reads nothing, so that each of the others still has to.
  await enter(page, demo().email, 'Page not found', '/nowhere')
  const answers = await holdAnswers(page)
  for (const [name, address, title] of [...readers, ...own]) {
    answers.again()
    await visit(page, address, title)
    await expect(page.getByRole('main').getByRole('status', { name: 'Loading' }).first()).toBeVisible()
    await glance(page, info, `81-loading-${name}`)
    await answers.fail()
    const alert = page.getByRole('alert').filter({ hasText: 'This could not be loaded' }).first()
    await expect(alert).toContainText(requestId)
    await glance(page, info, `82-failed-${name}`)
    const retries = page.getByRole('alert').getByRole('button', { name: 'Try again' })
    for (let left = await retries.count(); left > 0; left--) await retries.nth(left - 1).click()
    await expect(page.getByRole('alert')).toHaveCount(0)
  }
})

interface Made {
  readonly createOrganization: { readonly setupLink: string; readonly organization: { readonly id: string } }
}

async function operate(query: string, input: object): Promise<unknown> {
  const answer = await fetch(`${demo().origin}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo().operatorKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  })
  return ((await answer.json()) as { data: unknown }).data
}

const create = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) {
  ... on CreateOrganizationPayload { setupLink organization { id } } } }`
const update = `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { __typename } }`

/** A new organization of the demonstration's server, entered by its owner. */
async function found(page: Page, info: TestInfo, plan: 'STANDARD' | 'ENTERPRISE') {
  const name = `${plan} ${info.project.name} ${String(Date.now()).slice(-6)}`
  const { createOrganization: made } = (await operate(create, { name, plan })) as Made
  const email = `${name.toLowerCase().replaceAll(' ', '-')}@example.com`
  return {
    change: (entitlements: object) => operate(update, { id: made.organization.id, entitlements }),
    enter: () => setUp(page, made.setupLink, { ...owner, organization: name, email }),
  }
}

/** What an empty page says, and what it offers to do about it. */
const empty = [
  ['users', '/users?tab=pending', 'Users', 'No one is waiting', null],
  ['groups', '/groups', 'Groups', 'No groups yet', 'New group'],
  ['mapping', '/mapping', 'Map to groups', 'No values received yet', null],
  ['managed-events', '/managed-events', 'Managed events', 'No managed events yet', null],
  ['live', '/live?view=requests', 'Live feed', 'Nothing has happened yet', null],
  ['log', '/log', 'Provisioning log', 'Nothing has happened yet', null],
  ['api-keys', '/api-keys', 'API keys', 'No API keys yet', 'Create API key'],
  ['own-groups', '/profile', 'Your profile', 'You are in no group', null],
  ['own-events', '/profile?tab=events', 'Your profile', 'You hold no managed events', null],
  ['own-types', '/profile?tab=types', 'Your profile', 'No meeting types of your own', 'New meeting type'],
] as const

test('an empty organization is told why each page is empty, and what to do', async ({ page }, info) => {
  const organization = await found(page, info, 'ENTERPRISE')
  await organization.enter()
  await glance(page, info, '83-empty-overview')
  for (const [name, address, title, says, offers] of empty) {
    await visit(page, address, title)
    await expect(page.getByRole('main').getByText(says)).toBeVisible()
    if (offers !== null) await expect(page.getByRole('button', { name: offers }).first()).toBeVisible()
    await glance(page, info, `83-empty-${name}`)
  }
})

const paid = [
  ['mapping', '/mapping', 'Map to groups'],
  ['groups', '/groups', 'Groups'],
  ['group', '/groups/R3JvdXA6eA==', 'Group'],
  ['managed-events', '/managed-events', 'Managed events'],
  ['managed-event', '/managed-events/RTpl', 'Managed event'],
  ['managed-event-new', '/managed-events/new', 'New managed event'],
  ['activity', '/activity', 'Activity log'],
  ['provisioning', '/login/provisioning', 'User provisioning'],
  ['sso', '/login/single-sign-on', 'Single sign-on'],
] as const

test('pages that are not part of the plan say so, and what would be there', async ({ page }, info) => {
  const organization = await found(page, info, 'STANDARD')
  const not = { groups: false, managedEvents: false, managedEventLocks: false, activityLog: false }
  await organization.change({ ...not, scim: false, sso: false })
  await organization.enter()
  for (const [name, address, title] of paid) {
    await visit(page, address, title)
    await expect(page.getByText('Not part of your plan', { exact: true })).toBeVisible()
    await glance(page, info, `84-not-in-plan-${name}`)
  }
})

test('pages for admins are closed to others, and say to whom to turn', async ({ page }, info) => {
  await enter(page, demo().user, 'Your profile')
  for (const [, address, title] of readers.slice(1)) {
    await visit(page, address, title)
    await expect(page.getByText('This page is for owners and admins')).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
  }
  await look(page, info, '85-no-access')
})

test('a group admin has the pages of their groups and no more', async ({ page }, info) => {
  await enter(page, demo().groupAdmin, 'Your profile')
  await glance(page, info, '86-group-admin')
  await visit(page, '/groups', 'Groups')
  await page.getByRole('row').nth(1).click()
  await expect(page.getByRole('button', { name: 'Add people' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Delete group' })).toHaveCount(0)
  await glance(page, info, '86-group-admin-group')
  await visit(page, '/managed-events', 'Managed events')
  await page.getByRole('row').nth(1).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Details' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0)
  await glance(page, info, '86-group-admin-event')
})

test('before the session is known the navigation is a skeleton, not the one of somebody else', async ({
  page,
}, info) => {
  await enter(page, demo().email, 'Overview')
  let tell: (() => void) | undefined
  await page.route('**/graphql', async route => {
    const { query } = route.request().postDataJSON() as { query: string }
    if (/query Viewer\b/.test(query)) await new Promise<void>(resolve => (tell = resolve))
    await route.fallback()
  })
  await page.goto(`${demo().origin}/users`)
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible()
  const menu = page.getByRole('button', { name: 'Open menu' })
  if (await menu.isVisible()) await menu.click()
  const navigation = page.getByRole('navigation', { name: 'Main' })
  await expect(navigation.locator('[data-waiting]')).toBeVisible()
  await expect(navigation.getByRole('link')).toHaveCount(0)
  await look(page, info, '80-session-unknown')
  tell?.()
  await expect(navigation.getByRole('link', { name: 'Users' })).toBeVisible()
})

test('when the scripts do not arrive the waiting page says so, with a way to try again', async ({
  page,
  sealed,
}, info) => {
  await page.route('**/assets/*.js', route => route.abort())
  await page.goto(`${demo().origin}/users`)
  await expect(page.getByRole('alert')).toHaveText(/does not answer.*Try again/s)
  await look(page, info, '60-no-scripts')
  expect(sealed.takeComplaints().every(complaint => complaint.includes('net::ERR_FAILED'))).toBe(true)
  await page.unroute('**/assets/*.js')
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to your organization' })).toBeVisible()
})

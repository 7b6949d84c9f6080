// What the pages of group provisioning say where the plan lacks them, to whom they are closed, and when they fail.
import { demo } from '#test/support/demo-server.ts'
import { owner, setUp, signIn } from './console.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

const pages = ['/mapping', '/groups', '/groups/R3JvdXA6eA==', '/managed-events', '/managed-events/RTpl']

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

test('a plan without groups and managed events says so; bought, they fail and come back', async ({
  page,
  sealed,
}, info) => {
  const name = `Small ${info.project.name} ${String(Date.now()).slice(-6)}`
  const { createOrganization: made } = (await operate(create, { name, plan: 'STANDARD' })) as Made
  const { id } = made.organization
  await operate(update, { id, entitlements: { managedEvents: false } })
  const email = `${name.toLowerCase().replaceAll(' ', '-')}@example.com`
  await setUp(page, made.setupLink, { ...owner, organization: name, email })
  for (const address of [...pages, '/managed-events/new']) {
    await page.goto(demo().origin + address)
    await expect(page.getByText('Not part of your plan')).toBeVisible()
    await expect(page.getByText(/^Your plan has no/)).toBeVisible()
  }
  await page.goto(`${demo().origin}/groups`)
  await look(page, info, '80-not-in-plan')

  await operate(update, { id, plan: 'ENTERPRISE', entitlements: { managedEvents: true } })
  let away = true
  await page.route('**/graphql', async route => {
    const { query } = route.request().postDataJSON() as { query: string }
    const kept = /query (Session|Viewer)\b/.test(query) || !away
    await (kept ? route.fallback() : route.fulfill({ status: 503, body: '' }))
  })
  for (const address of pages) {
    await page.goto(demo().origin + address)
    await expect(page.getByRole('alert').filter({ hasText: 'This could not be loaded' })).toBeVisible()
    if (address === '/groups') await look(page, info, '81-failed')
  }
  away = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('This managed event is not here any more')).toBeVisible()
  expect(sealed.takeComplaints().filter(complaint => !complaint.includes('503'))).toEqual([])
})

test('pages for admins are closed to others, and say to whom to turn', async ({ page }, info) => {
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, { email: demo().user, password: demo().password })
  await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible()
  for (const address of pages) {
    await page.goto(demo().origin + address)
    await expect(page.getByText('This page is for owners and admins')).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
  }
  await look(page, info, '82-no-access')
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

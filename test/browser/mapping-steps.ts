// What the journey of group mapping does again and again: people who arrive, groups that are counted, files, menus.
import type { Locator, Page } from '@playwright/test'
import { urn } from '#server/scim/index.ts'
import { identityProvider, personNamed, type Provider } from './identity-provider.ts'
import { expect } from './sealed-test.ts'

async function ask(page: Page, query: string, variables: object = {}): Promise<Record<string, never>> {
  return page.evaluate(
    async body => {
      const headers = { 'content-type': 'application/json', 'x-rollcall': '1' }
      const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(body) })
      return ((await answer.json()) as { data: Record<string, never> }).data
    },
    { query, variables },
  )
}

/** A token and the address, as the newcomer's journey gets them by hand. */
export async function connect(page: Page): Promise<Provider> {
  await ask(page, 'mutation { enforceProvisioning(input: { enforced: true }) { __typename } }')
  const issued: unknown = await ask(
    page,
    'mutation { issueScimToken(input: { name: "Okta" }) { ... on IssueScimTokenPayload { secret } } }',
  )
  const about: unknown = await ask(page, '{ organization { provisioning { baseUrl } } }')
  const { secret } = (issued as { issueScimToken: { secret: string } }).issueScimToken
  const { baseUrl } = (about as { organization: { provisioning: { baseUrl: string } } }).organization
    .provisioning
  return identityProvider(baseUrl, secret)
}

const company: readonly (readonly [string, string])[] = [
  ['Grace Hopper', 'Sales'],
  ['Mary Jackson', 'Sales'],
  ['Annie Easley', 'Sales'],
  ['Radia Perlman', 'SALES'],
  ['Frances Allen', 'Engineering'],
  ['Barbara Liskov', 'Finance'],
  ['Karen Jones', 'Finance'],
  ['Joan Clarke', 'Customer\u00a0Success'],
  ['Hedy Lamarr', 'Customer\u00a0Success'],
]

export async function arrive(idp: Provider): Promise<void> {
  for (const [name, group] of company) {
    const answer = await idp.call('POST', '/Users', { ...personNamed(name), [urn.calendlyUser]: { group } })
    expect(answer.status).toBe(201)
  }
}

export async function idOf(idp: Provider, name: string): Promise<string> {
  const { body } = await idp.call('GET', `/Users?filter=${encodeURIComponent(`displayName eq "${name}"`)}`)
  return (body['Resources'] as { id: string }[])[0]?.id ?? ''
}

export async function groupsOf(page: Page): Promise<string[]> {
  const answer: unknown = await ask(
    page,
    '{ organization { groups(first: 50) { nodes { name memberCount } } } }',
  )
  const { nodes } = (
    answer as { organization: { groups: { nodes: { name: string; memberCount: number }[] } } }
  ).organization.groups
  return nodes.map(({ name, memberCount }) => `${name} ${String(memberCount)}`)
}

/** Takes a value over and gives it a new group of its own name. */
export async function choose(page: Page, { value }: { value: string }): Promise<void> {
  await page.getByRole('button', { name: `Add row for ${value}`, exact: true }).click()
  await page.getByRole('button', { name: `Group for ${value}: Pick a group` }).click()
  await page.getByRole('option', { name: `Create new group “${value}”` }).click()
  await expect(page.getByRole('button', { name: `Group for ${value}: ${value}` })).toBeVisible()
}

/** The actions of the page stand in its header, on a phone behind a menu. */
export async function act(page: Page, name: string): Promise<void> {
  const more = page.getByRole('button', { name: 'More actions' })
  if (await more.isVisible()) {
    await more.click()
    await page.getByRole('menuitem', { name }).click()
  } else if (name === 'Source attribute') {
    await page.getByRole('button', { name: /^Change the source attribute/ }).click()
  } else await page.getByRole('button', { name, exact: true }).click()
}

export async function searchAndSave(page: Page): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search people' }).fill('Frances')
  await expect(page.getByRole('row')).toHaveCount(2)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV', exact: true }).click()
  expect((await download).suggestedFilename()).toBe('group-mapping-preview.csv')
  await page.getByRole('searchbox', { name: 'Search people' }).fill('')
  await expect(page.getByRole('row').nth(3)).toBeVisible()
  await page.getByRole('button', { name: 'To', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: 'No group' }).click()
  await expect(page.getByText('No one matches')).toBeVisible()
  await page.getByRole('button', { name: 'Remove filter: To No group' }).click()
  await expect(page.getByRole('row').nth(3)).toBeVisible()
}

export async function upload(dialog: Locator, text: string): Promise<void> {
  const file = { name: 'mapping.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
  await dialog.locator('input[type=file]').setInputFiles(file)
}

// Groups in a real browser: made, filled, explained and deleted; and what a group admin and an ordinary user see.
import type { Page } from '@playwright/test'
import { demo } from '#test/support/demo-server.ts'
import { goTo, signIn } from './console.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

async function enter(page: Page, email: string, heading: string): Promise<void> {
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, { email, password: demo().password })
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
}

test('a group is made, filled by hand, explained, renamed and deleted', async ({ page }, info) => {
  // The two widths run side by side on one organization, so each has a group of its own.
  const name = `Welcome ${info.project.name} ${String(Date.now()).slice(-6)}`
  await enter(page, demo().email, 'Overview')
  await goTo(page, 'Groups')
  await expect(page.getByRole('row').filter({ hasText: 'Interviewers' })).toBeVisible()
  await look(page, info, '50-groups')
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByLabel('Name').fill('Interviewers')
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByRole('dialog').getByText(/Interviewers/)).toBeVisible()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByText('No one is in this group')).toBeVisible()

  await page.getByRole('button', { name: 'Add people' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill('Hana')
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Hana' }).first()).toBeVisible()
  for (const box of [0, 1]) await dialog.getByRole('checkbox').nth(box).click()
  await look(page, info, '51-add-people')
  await dialog.getByRole('button', { name: 'Add 2 people' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Hana' })).toHaveCount(2)
  await page
    .getByRole('button', { name: /^Remove Hana/ })
    .first()
    .click()
  await expect(page.getByRole('row').filter({ hasText: 'Hana' })).toHaveCount(1)
  await page.getByRole('listitem').filter({ hasText: ' left ' }).getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Hana' })).toHaveCount(2)

  await page.getByRole('row').filter({ hasText: 'Hana' }).first().click()
  await expect(
    page.getByRole('heading', { name: new RegExp(`^Why is Hana .* in ${name}\\?$`) }),
  ).toBeVisible()
  await look(page, info, '52-why')
  await page.goBack()
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByText(/created/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Delete group' }).click()
  await expect(page.getByRole('dialog').getByText('2 people leave the group.')).toBeVisible()
  await page.getByLabel(`Type ${name} to confirm`).fill(name)
  await look(page, info, '54-delete-group')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete group' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible()
  await expect(page.getByText(name, { exact: true })).toHaveCount(0)
})

test('groups and the people of a tab are had as CSV', async ({ page }) => {
  await enter(page, demo().email, 'Overview')
  for (const [heading, file, header] of [
    ['Groups', '/exports/groups.csv', 'Interviewers'],
    ['Users', '/exports/users.csv?status=pending', 'Identity Provider Group'],
  ] as const) {
    await goTo(page, heading)
    if (heading === 'Users') await page.getByRole('tab', { name: /^Pending/ }).click()
    const link = page.getByRole('link', { name: 'Export CSV' })
    await expect(link).toHaveAttribute('href', file)
    const answer = await page.request.get(demo().origin + file)
    expect(answer.headers()['content-type']).toContain('text/csv')
    expect(await answer.text()).toContain(header)
  }
})

test('a group admin sees their own group only, and fills it', async ({ page }, info) => {
  await enter(page, demo().groupAdmin, 'Your profile')
  await goTo(page, 'Groups')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('row').nth(1).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Solutions' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add people' })).toBeVisible()
  await expect(
    page
      .getByRole('row')
      .getByText(/Mapping|By hand|Pushed|No match/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible()
  await expect(page.getByRole('tab', { name: 'Mapping values' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Delete group' })).toHaveCount(0)
  await look(page, info, '55-group-admin')
  await page.goto(`${demo().origin}/users`)
  await expect(page.getByText('This page is for owners and admins')).toBeVisible()
  await look(page, info, '56-no-access')
})

// Everything by keyboard: the palette finds a page, an action and a person.
import type { Page } from '@playwright/test'
import { demo } from '#test/support/demo-server.ts'
import { signIn } from './console.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

test.beforeEach(async ({ page }) => {
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, demo())
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

/** On a phone there are no keys to press. */
async function openPalette(page: Page, byKey: boolean): Promise<void> {
  if (byKey) await page.keyboard.press('Control+k')
  else await page.getByRole('button', { name: 'Search and commands' }).click()
  await expect(page.getByRole('combobox')).toBeFocused()
}

test('the palette finds people, pages and actions', async ({ page, isMobile }, info) => {
  await openPalette(page, !isMobile)
  await look(page, info, '80-palette')
  await page.keyboard.type('ada', { delay: 20 })
  const person = page.getByRole('group', { name: 'People' }).getByRole('option').first()
  await expect(person).toBeVisible()
  await look(page, info, '81-palette-found')
  const name = await person.locator('span').first().innerText()
  await person.click()
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
  await page.keyboard.press('Escape')
  await openPalette(page, !isMobile)
  await expect(page.getByRole('group', { name: 'Recent' })).toContainText(name)
  await page.keyboard.type('new group')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'New group' })).toBeVisible()
  await expect(page.getByLabel('Name')).toBeFocused()
  await page.keyboard.press('Escape')
})

test('shortcuts: pages, rows, filters, the sheet, and a narrow side bar', async ({
  page,
  isMobile,
}, info) => {
  if (isMobile) {
    await page.getByRole('button', { name: 'Open menu' }).click()
    await page.getByRole('button', { name: 'Ola Nordmann' }).click()
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click()
    await expect(page.getByRole('heading', { name: 'Go to a page' })).toBeVisible()
    await look(page, info, '82-keys')
    return
  }
  await expect(page.getByRole('link', { name: 'Users' })).toBeVisible()
  await page.keyboard.press('[')
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeFocused()
  const rows = page.getByRole('row')
  await expect(rows.nth(2)).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible()
  const first = page.url()
  await page.keyboard.press('j')
  await expect.poll(() => page.url()).not.toBe(first)
  await look(page, info, '82-narrow')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveCount(0)
  await page.keyboard.press('f')
  await expect(page.getByRole('menuitemcheckbox').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menuitemcheckbox')).toHaveCount(0)
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page.getByRole('heading', { level: 1, name: 'Live feed' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('heading', { name: 'Go to a page' })).toBeVisible()
  await look(page, info, '83-keys')
  await page.keyboard.press('Escape')
  await page.keyboard.press('[')
})

test('help beside each page', async ({ page }, info) => {
  await page.getByRole('button', { name: 'Help for this page' }).click()
  const help = page.getByRole('complementary', { name: 'Help for this page' })
  await expect(help.getByRole('heading', { level: 2, name: 'Overview' })).toBeVisible()
  await look(page, info, '84-help')
  await help.getByRole('link', { name: 'User provisioning' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'User provisioning' })).toBeAttached()
  await expect(help.getByRole('heading', { level: 2, name: 'User provisioning' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Help for this page' })).toBeFocused()
})

// Many people at once in a real browser: chosen by keys or touch, put into a group, given roles, and all taken back.
import type { Page } from '@playwright/test'
import { demo } from '#test/support/demo-server.ts'
import { clipboard, goTo, signIn } from './console.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

/** An action of the bar: a button where there is room, else in its menu. */
async function act(page: Page, action: string): Promise<void> {
  const bar = page.getByRole('region', { name: 'What is selected' })
  const menu = bar.getByRole('button', { name: 'Actions' })
  if (await menu.isVisible()) {
    await menu.click()
    await page.getByRole('menuitem', { name: action }).click()
  } else await bar.getByRole('button', { name: action }).click()
}

/** Three people of the open list, whichever way the screen offers. */
async function chooseThree(page: Page, phone: boolean): Promise<void> {
  const row = (n: number) => page.locator(`[data-index="${String(n)}"]`)
  if (phone) {
    await page.getByRole('button', { name: 'Select', exact: true }).tap()
    for (const n of [1, 2, 3]) await row(n).tap()
  } else {
    await row(1).focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
  }
  await expect(page.getByText(/ people · 3 selected$/)).toBeVisible()
}

test('people are chosen, put into a group, given a role, copied, and taken back', async ({ page }, info) => {
  const phone = info.project.name === 'phone'
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, { email: demo().email, password: demo().password })
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await goTo(page, 'Users')
  await page.getByRole('tab', { name: /^Deactivated/ }).click()
  await expect(page.locator('[data-index="3"]')).toBeVisible()
  await chooseThree(page, phone)
  await look(page, info, '60-people-chosen')

  await act(page, 'Add to group')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Interviewers' }).click()
  await expect(dialog.getByText(/ join(s)? Interviewers\.$/)).toBeVisible()
  await look(page, info, '61-join-group')
  await dialog.getByRole('button', { name: 'Add to group' }).click()
  await expect(page.getByText(/joined Interviewers/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByText('Taken back').first()).toBeVisible()

  await act(page, 'Change role')
  await dialog.getByRole('button', { name: /^Group admin/ }).click()
  await dialog.getByRole('button', { name: 'Change role' }).click()
  await expect(page.getByText('3 people are group admins now').first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByText('Taken back').first()).toBeVisible()

  await act(page, 'Copy addresses')
  await expect.poll(async () => (await clipboard(page)).split(', ').length).toBe(3)
  const download = page.waitForEvent('download')
  await act(page, 'Export selection')
  expect((await download).suggestedFilename()).toBe('selected-people.csv')
  await page.getByRole('button', { name: 'Clear selection' }).click()
  await expect(page.getByText(/selected$/)).toHaveCount(0)
})

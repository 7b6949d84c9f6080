// Managed events in a real browser: made, locked, assigned with a preview, changed; and a holder's own page.
import { demo } from '#test/support/demo-server.ts'
import { goTo, leaveBy, signIn } from './console.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

test('a managed event is made, assigned after a preview, changed for all copies and deleted', async ({
  page,
}, info) => {
  const name = `Check-in ${info.project.name} ${String(Date.now()).slice(-6)}`
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, demo())
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await goTo(page, 'Managed events')
  await expect(page.getByRole('row').filter({ hasText: 'Product demo' })).toBeVisible()
  await look(page, info, '60-managed-events')

  await page.getByRole('link', { name: 'New managed event' }).click()
  await page.getByLabel('Name').fill(name)
  const questions = page.getByRole('region', { name: 'Invitee questions' })
  await questions.getByRole('switch', { name: 'Allow editing by assignees' }).click()
  await questions.getByRole('button', { name: 'Add question' }).click()
  await questions.getByLabel('Question 1', { exact: true }).last().fill('What shall we talk about?')
  await look(page, info, '61-new-managed-event')
  await page.getByRole('button', { name: 'Create managed event' }).click()
  await expect(page.getByText('Nobody has it yet')).toBeVisible()

  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill('Hiring')
  await dialog.getByRole('checkbox', { name: /Hiring managers/ }).click()
  await expect(dialog.getByText('24 people gain it')).toBeVisible()
  await look(page, info, '62-assign')
  await dialog.getByRole('button', { name: 'Assign', exact: true }).click()
  await expect(page.getByText('24 people hold it')).toBeVisible()

  await page.getByRole('tab', { name: 'Sections' }).click()
  await page.getByLabel('Duration').fill('50')
  await expect(page.getByText('1 unsaved change · 24 copies will change')).toBeVisible()
  await look(page, info, '63-editor')
  await leaveBy(page, 'Groups')
  const leaving = page.getByRole('dialog', { name: 'Leave without saving?' })
  await leaving.getByRole('button', { name: 'Cancel' }).click()
  if (info.project.name === 'phone') await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/unsaved change/)).toHaveCount(0)

  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText('24 people lose their copies at once.')).toBeVisible()
  await page.getByLabel(`Type ${name} to confirm`).fill(name)
  await page.getByRole('dialog').getByRole('button', { name: 'Delete managed event' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Managed events' })).toBeVisible()
})

test('a holder edits open sections of their copy, and no locked one', async ({ page }, info) => {
  // Two people hold the event, so that the two widths do not edit the same copy.
  const email = info.project.name === 'phone' ? demo().groupAdmin : demo().user
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, { email, password: demo().password })
  await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Why are you in Solutions?' })).toBeVisible()
  await look(page, info, '64-profile')
  await page.getByRole('tab', { name: 'Managed events' }).click()
  await page.getByRole('button', { name: /Product demo/ }).click()
  const panel = page.getByRole('complementary', { name: 'Product demo' })
  await expect(panel.getByRole('button', { name: 'Edit: Details' })).toHaveCount(0)
  await look(page, info, '65-own-copy')
  await panel.getByRole('button', { name: 'Edit: Invitee questions' }).click()
  const question = `What brings you here on the ${info.project.name}?`
  await panel.getByLabel('Question 1', { exact: true }).last().fill(question)
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByText(question)).toBeVisible()
  await expect(panel.getByText(/Last edited by you/)).toBeVisible()
  await panel.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('tab', { name: 'Meeting types' }).click()
  await expect(page.getByRole('button', { name: 'New meeting type' }).first()).toBeVisible()
  await look(page, info, '66-meeting-types')
})

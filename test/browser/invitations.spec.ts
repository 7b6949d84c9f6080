// An admin invites people, one of them accepts by the link, another is sent a new one and withdrawn.
import type { Browser, Page } from '@playwright/test'
import { clipboard, goTo, owner, setUp } from './console.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

const grace = 'Grace Hopper'

test('people are invited by a link, accept, are sent a new one, and are withdrawn', async ({
  page,
  browser,
  fresh,
}, info) => {
  await setUp(page, fresh.server.setupLink(), owner)
  const link = await test.step('a pasted list is counted, and its bad lines are named', async () => {
    await goTo(page, 'Users')
    await page.getByRole('button', { name: 'Invite users' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite users' })
    const list = dialog.getByLabel('E-mail addresses')
    await list.fill(`Hopper <grace@example.com>, alan\n${owner.email}`)
    await expect(dialog.getByText('3 of 100')).toBeVisible()
    await dialog.getByRole('button', { name: 'Invite 3 people' }).click()
    await expect(dialog.getByText('"alan" is no e-mail address.')).toBeVisible()
    await expect(dialog.getByText(`${owner.email} is in this organization already.`)).toBeVisible()
    await look(page, info, '70-invite-faults')
    await list.fill('Hopper <grace@example.com>, alan@example.com')
    await dialog.getByRole('button', { name: 'Invite 2 people' }).click()
    return takeLinks(page, () => look(page, info, '71-invite-links'))
  })

  await test.step('the link asks for name and password, and signs in', async () => {
    const guest = await openAs(browser, link)
    await expect(guest.getByRole('heading', { name: `Join ${owner.organization}` })).toBeVisible()
    expect(new URL(guest.url()).hash, 'the secret leaves the address').toBe('')
    await look(guest, info, '72-accept')
    await guest.setViewportSize({ width: 390, height: 844 })
    await look(guest, info, '73-accept-390')
    await guest.getByLabel('Your name').fill(grace)
    await guest.getByLabel('Choose a password').fill('compilers read what people write')
    await guest.getByRole('button', { name: 'Join' }).click()
    await expect(guest).not.toHaveURL(/invitation/)
    await expect(guest.getByRole('heading', { level: 1 })).toBeVisible()
    await guest.goto(link)
    await expect(guest.getByRole('heading', { name: 'This invitation was accepted' })).toBeVisible()
    await guest.context().close()
  })

  await test.step('who accepted is active; who did not is sent a new link, then withdrawn', async () => {
    await page.reload()
    await expect(page.getByRole('row').filter({ hasText: grace })).toBeVisible()
    await page.getByRole('tab', { name: /^Pending/ }).click()
    const alan = page.getByRole('row').filter({ hasText: 'alan@example.com' })
    await expect(alan).toBeVisible()
    await look(page, info, '74-pending')
    await page.setViewportSize({ width: 390, height: 844 })
    await look(page, info, '75-pending-390')
    await page.setViewportSize({ width: 1440, height: 900 })
    await alan.getByRole('button', { name: 'Resend the invitation of alan@example.com' }).click()
    await expect(page.getByRole('dialog', { name: 'Send this link' })).toBeVisible()
    await page.getByLabel('I have copied what I need').check()
    await page.getByRole('button', { name: 'Done' }).click()
    await alan.getByRole('button', { name: 'Withdraw the invitation of alan@example.com' }).click()
    await look(page, info, '76-withdraw')
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
    await expect(page.getByText('Invitation withdrawn').first()).toBeVisible()
    await expect(page.getByRole('tab', { name: /^Pending/ })).toContainText('0')
  })

  await test.step('while an identity provider manages people the button says so, also to the keyboard', async () => {
    await goTo(page, 'User provisioning')
    await page.getByRole('switch', { name: 'Enforce SCIM for my organization' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Enforce SCIM' }).click()
    await expect(page.getByText('On. Your identity provider is the only source of people.')).toBeVisible()
    await goTo(page, 'Users')
    const button = page.getByRole('button', { name: 'Invite users' })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await page.getByRole('link', { name: 'Export CSV' }).focus()
    await page.keyboard.press('Tab')
    await expect(button).toBeFocused()
    await expect(page.getByText('Managed by your identity provider').first()).toBeVisible()
    await button.press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})

/** Closes the dialog of links and answers the first. */
async function takeLinks(page: Page, see: () => Promise<void>): Promise<string> {
  const shown = page.getByRole('dialog', { name: 'Send these links' })
  await expect(shown.getByText('Link for alan@example.com')).toBeVisible()
  await see()
  await shown.getByRole('button', { name: 'Copy link' }).first().click()
  const link = await clipboard(page)
  expect(link).toMatch(/\/invitation#rc_invite_\w+$/)
  await shown.getByLabel('I have copied what I need').check()
  await shown.getByRole('button', { name: 'Done' }).click()
  return link
}

/** The page of somebody else, on a machine of their own. */
async function openAs(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(link)
  return page
}

// Between the wide screen and the phone, and below it: every page of the navigation at 1024 and at 320 pixels.
import type { Page } from '@playwright/test'
import { demo } from '#test/support/demo-server.ts'
import { signIn, visit } from './console.ts'
import { glance } from './look.ts'
import { expect, test } from './sealed-test.ts'

/** The first line of a list: others write into the same logs meanwhile. */
const anyLine = null

/** Address, title, and what is there once the page is. */
const pages = [
  ['/', 'Overview', 'Requests per hour'],
  ['/users', 'Users', anyLine],
  ['/groups', 'Groups', 'Hiring managers'],
  ['/mapping', 'Map to groups', 'What will change'],
  ['/managed-events', 'Managed events', 'Office hours'],
  ['/managed-events/new', 'New managed event', 'Invitee questions'],
  ['/live', 'Live feed', anyLine],
  ['/log', 'Provisioning log', anyLine],
  ['/login/single-sign-on', 'Single sign-on', 'Audience URL'],
  ['/login/provisioning', 'User provisioning', 'What removing does'],
  ['/activity', 'Activity log', anyLine],
  ['/api-keys', 'API keys', 'Demo key'],
  ['/billing', 'Billing & seats', 'SAML single sign-on'],
  ['/profile', 'Your profile', 'You are in no group'],
  ['/profile?tab=security', 'Your profile', 'This browser'],
  ['/profile?tab=display', 'Your profile', 'Single-key shortcuts'],
] as const

/** What scrolls sideways or is cut, other than lines of tabs and filters, code, and texts that end in three dots. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ownScroll = 'pre, code, [role=tablist], .filter-menus'
    const onPurpose = (element: Element): boolean => {
      const { textOverflow, clipPath } = getComputedStyle(element)
      return element.matches(ownScroll) || textOverflow === 'ellipsis' || clipPath !== 'none'
    }
    const over = [...document.querySelectorAll('#main, #main *')].filter(
      element =>
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).overflowX !== 'visible' &&
        !onPurpose(element),
    )
    const page = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []
    return [...page, ...over.map(element => element.outerHTML.slice(0, 200))]
  })
}

const middle = { width: 1024, height: 768 }
const narrow = { width: 320, height: 640 }

test('no page scrolls sideways or hides something at 1024 and at 320 pixels', async ({ page }, info) => {
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, demo())
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  const main = page.getByRole('main')
  for (const [address, title, text] of pages) {
    const content = text === anyLine ? main.locator('[data-index="0"]') : main.getByText(text).first()
    await page.setViewportSize(middle)
    await visit(page, address, title)
    await expect(content).toBeVisible()
    const name = address.replaceAll(/\W+/g, '-').replace(/^-/, '') || 'overview'
    await glance(page, info, `70-1024-${name}`)
    expect.soft(await tooWide(page), `${title} at 1024`).toEqual([])
    await page.setViewportSize(narrow)
    await expect(content).toBeVisible()
    await page.screenshot({ path: `test-output/screenshots/${info.project.name}-light/70-320-${name}.png` })
    expect.soft(await tooWide(page), `${title} at 320`).toEqual([])
  }

  // Where there is not room for both, the panel of a person lies over the list, which keeps its width.
  await page.setViewportSize(middle)
  await visit(page, '/users', 'Users')
  const list = page.getByRole('grid')
  const before = await list.boundingBox()
  await page.getByRole('row').nth(1).click()
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible()
  expect(await list.boundingBox()).toEqual(before)
  await glance(page, info, '70-1024-users-drawer')
  expect(await tooWide(page)).toEqual([])
})

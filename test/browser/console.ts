// What people do again and again in the console.
import type { Page } from '@playwright/test'
import { expect } from './sealed-test.ts'

/** Opens a page by the navigation, which is behind a menu on a phone. */
export async function goTo(page: Page, link: string, heading = link): Promise<void> {
  await leaveBy(page, link)
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
}

/** Presses a link of the navigation, which may be asked about. */
export async function leaveBy(page: Page, link: string): Promise<void> {
  const menu = page.getByRole('button', { name: 'Open menu' })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('navigation').getByRole('link', { name: link, exact: true }).click()
}

/** Goes to the page of a title within the open console, as Back and Forward do: nothing is loaded anew. */
export async function visit(page: Page, address: string, title: string): Promise<void> {
  await page.evaluate(to => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, address)
  await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
}

/** Answers the two questions of the sign-in page that is open. */
export async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Work e-mail').fill(who.email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export async function signOut(page: Page, name: string): Promise<void> {
  const menu = page.getByRole('button', { name: 'Open menu' })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('button', { name }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
}

/** What the copy button put into the clipboard. */
export function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}

/** Follows the set-up link and names organization and owner. */
export async function setUp(page: Page, link: string, owner: Owner): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Organization name').fill(owner.organization)
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('Your work e-mail').fill(owner.email)
  await page.getByLabel('Choose a password').fill(owner.password)
  await page.getByRole('button', { name: 'Finish set-up' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
}

export interface Owner {
  readonly organization: string
  readonly name: string
  readonly email: string
  readonly password: string
}

export const owner: Owner = {
  organization: 'Analytical Engines',
  name: 'Ada Byron',
  email: 'ada@example.com',
  password: 'punched cards weave algebra',
}

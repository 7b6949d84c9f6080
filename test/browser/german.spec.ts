// The console in German: found and chosen by someone who reads no English, on main pages, in both widths.
import type { Page, TestInfo } from '@playwright/test'
import { demo } from '#test/support/demo-server.ts'
import { goTo } from './console.ts'
import { look } from './look.ts'
import { expect, test } from './sealed-test.ts'

/** Words that only one of the languages has. A German line may quote the English screens of others. */
const english = /\b(the|and|your|with|from|were|has|have|of|to|is|are|changed|deactivated|created)\b/iu
const german = /\b(der|die|das|und|ein|eine|Sie|von|mit|nach|ist|hat|zu|aus|im|am|auf|für|bei)\b/iu

test('a person who reads German chooses it at the door and finds no English behind it', async ({
  page,
}, info) => {
  await page.goto(`${demo().origin}/sign-in`)
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { name: 'Bei Ihrer Organisation anmelden' })).toBeVisible()
  await expect(page).toHaveTitle('Anmelden · Rollcall')
  await page.getByLabel('Geschäftliche E-Mail').fill(demo().email)
  await page.getByRole('button', { name: 'Weiter' }).click()
  await page.getByLabel('Passwort', { exact: true }).fill(demo().password)
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Übersicht' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')

  await expect(page.getByText('Anfragen pro Stunde')).toBeVisible()
  await read(page, info, 'uebersicht')
  for (const [link, shown] of pages) {
    await goTo(page, link)
    await expect(page.getByText(shown).first()).toBeVisible()
    await read(page, info, link.toLowerCase())
  }
})

test('a sign-in that is refused says why in German, with the request id', async ({ page, sealed }, info) => {
  await page.goto(`${demo().origin}/sign-in`)
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { name: 'Bei Ihrer Organisation anmelden' })).toBeVisible()
  await page.goto(`${demo().origin}/saml/01a20416-bf36-7294-b665-9a452eb74e00/login`)
  await expect(page.getByRole('heading', { name: 'Sie sind nicht angemeldet' })).toBeVisible()
  await expect(page.getByText('Melden Sie sich mit Ihrem Passwort an')).toBeVisible()
  await expect(page.getByText(/^Anfrage-ID \S+/)).toBeVisible()
  await expect(page).toHaveTitle('Sie sind nicht angemeldet · Rollcall')
  await look(page, info, '61-refused-german')
  expect(sealed.takeComplaints().filter(complaint => !complaint.includes('403'))).toEqual([])
  await page.getByRole('link', { name: 'Zu Rollcall' }).click()
  await expect(page.getByRole('heading', { name: 'Bei Ihrer Organisation anmelden' })).toBeVisible()
})

const pages = [
  ['Benutzer', 'Synchron'],
  ['Live-Ansicht', /(geändert|angelegt|aktiviert)$/u],
  ['Bereitstellungsprotokoll', /^(Suche nach|Personen aufgelistet)/u],
  ['Benutzerbereitstellung', 'Einrichtungsanleitung'],
  ['Single Sign-on', 'Audience URL'],
  ['Gruppen zuordnen', 'Wert im Identitätsanbieter'],
  ['Gruppen', 'Gruppenadmins'],
  ['Verwaltete Termine', 'Zugewiesen an'],
  ['Tarif & Plätze', 'Enthalten'],
  ['Aktivitätsprotokoll', 'Von wem'],
] as const

/** Expects German only, and nothing wider than the window on a wide screen and on a narrow one. */
async function read(page: Page, info: TestInfo, name: string): Promise<void> {
  const lines = (await page.locator('main').innerText()).split('\n')
  expect(lines.filter(line => english.test(line) && !german.test(line))).toEqual([])
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    await page.screenshot({
      path: `test-output/screenshots/${info.project.name}-german/${name.replace(/\W+/gu, '-')}-${size.width}.png`,
    })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

// The budget of Users with 100,000 people: how soon each press is answered, and how it scrolls.
// The best of a few rounds counts, so that a busy machine does not fail the build and a slow page still does.
import type { Page } from '@playwright/test'
import { browserPlace } from '#test/support/browser-place.ts'
import { addPeople } from '#test/support/many-people.sql.ts'
import { freePort, startServer } from '#test/support/server-process.ts'
import { owner, setUp } from './console.ts'
import { expectSmooth } from './scrolling.ts'
import { expect, test as sealedTest } from './sealed-test.ts'
import { countVitals, takeAnswer } from './vitals.ts'

const many = 100_000
/** Milliseconds from a press to the next paint. */
const nextPaint = 100
const tries = 4

interface Fixtures {
  /** Address of a server with so many people; their owner is signed in. */
  readonly crowded: string
}

const test = sealedTest.extend<Fixtures>({
  crowded: async ({ page }, use) => {
    const place = await browserPlace('budgets')
    const env = { ...place.env, PORT: String(await freePort()) }
    const empty = await startServer({ env })
    await setUp(page, empty.setupLink(), owner)
    await page.goto('about:blank')
    await empty.stop()
    await addPeople(place.env['DATA_DIR'] ?? '', many)
    const server = await startServer({ env })
    await use(`http://localhost:${server.port}`)
    await page.goto('about:blank')
    await server.stop('SIGKILL')
    await place.remove()
  },
})

const total = (page: Page, text: string) => expect(page.getByText(text, { exact: true })).toBeVisible()
const filled = (page: Page, row: number) =>
  expect(page.locator(`[data-index="${String(row)}"]`)).toContainText('@example.com')
const drawer = (page: Page) => page.getByRole('complementary')

/** What people do, each until its answer is there; the page is on the tab of active people before each and after all. */
const presses: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  [
    'another tab',
    async page => {
      await page.getByRole('tab', { name: /^Pending/ }).click()
      await total(page, '30,000 people')
      await filled(page, 3)
    },
  ],
  [
    'the first tab again',
    async page => {
      await page.getByRole('tab', { name: /^Active/ }).click()
      await total(page, '60,001 people')
      await filled(page, 3)
    },
  ],
  [
    'opening somebody',
    async page => {
      await page.locator('[data-index="2"]').click()
      await expect(drawer(page).getByRole('tab', { name: 'SCIM' })).toBeVisible()
    },
  ],
  [
    'closing the drawer',
    async page => {
      await drawer(page).getByRole('button', { name: 'Close' }).click()
      await expect(drawer(page).getByRole('tab', { name: 'SCIM' })).toHaveCount(0)
    },
  ],
  [
    'sorting',
    async page => {
      await page.getByRole('columnheader').getByRole('button').first().click()
      await filled(page, 3)
    },
  ],
  [
    'typing a search',
    async page => {
      await page.getByRole('searchbox').pressSequentially('anna')
      await total(page, '22,500 people')
      await filled(page, 3)
    },
  ],
  [
    'clearing the search',
    async page => {
      await page.getByRole('searchbox').clear()
      await total(page, '60,001 people')
      await filled(page, 3)
    },
  ],
  [
    'the last row',
    async page => {
      await page.locator('[data-index="2"]').focus()
      await page.keyboard.press('End')
      await filled(page, 60_000)
    },
  ],
  [
    'the first row',
    async page => {
      await page.keyboard.press('Home')
      await filled(page, 3)
    },
  ],
  [
    'choosing everybody',
    async page => {
      await page.getByRole('columnheader').getByRole('checkbox').click()
      await total(page, '1,000 selected')
    },
  ],
  [
    'choosing nobody',
    async page => {
      await page.getByRole('button', { name: 'Clear selection' }).click()
      await expect(page.getByText(/selected$/)).toHaveCount(0)
    },
  ],
]

test('100,000 people answer each press with the next frames, and scroll smoothly', async ({
  page,
  crowded,
}) => {
  await countVitals(page)
  const answers = new Map<string, number[]>()
  const best = (name: string) => Math.min(...(answers.get(name) ?? [Infinity]))
  const late = () => presses.some(([name]) => best(name) > nextPaint)
  for (let round = 0; round < tries && late(); round++) {
    await page.goto(`${crowded}/users`)
    await filled(page, 3)
    for (const [name, press] of presses) {
      await press(page)
      answers.set(name, [...(answers.get(name) ?? []), await takeAnswer(page)])
    }
  }
  const lines = [...answers].map(([name, each]) => `  ${name.padEnd(22)}${each.join(', ')}\n`)
  process.stdout.write(`Milliseconds among 100,000 people, by round:\n${lines.join('')}`)
  for (const [name] of presses) expect.soft(best(name), name).toBeLessThanOrEqual(nextPaint)
  await expectSmooth(page, page.getByRole('grid'))
})

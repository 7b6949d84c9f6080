// The console's budgets: scripts in bytes, the largest paint, layout shifts, and frames.
// Bytes and shifts do not depend on the machine. Times do: the best of a few loads counts, so that a busy machine
// does not fail the build and a slow page still does.
import type { Page } from '@playwright/test'
import { demo } from '#test/support/demo-server.ts'
import { goTo, signIn } from './console.ts'
import { expectSmooth } from './scrolling.ts'
import { expect, test } from './sealed-test.ts'
import { countVitals, fetchNothingAhead, kilobytes, scriptsOf, slowDown, vitalsOf } from './vitals.ts'

/** Kilobytes of packed scripts. */
const firstPage = 160
const furtherPage = 60
/** Milliseconds until the largest paint, by how many times slower the processor is made. */
const largestPaint = { 1: 1000, 4: 2000 }
const shift = 0.02
const linesHeld = 10_000
const tries = 6

// One after the other: each would make the times of the others worse.
test.describe.configure({ mode: 'default' })

const signInHeading = 'Sign in to your organization'

async function enter(page: Page): Promise<void> {
  await page.goto(`${demo().origin}/sign-in`)
  await signIn(page, demo())
  await isOpen(page, 'Overview')
}
const isOpen = (page: Page, heading: string) =>
  expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible()

/** One line for each entry, under each other for reading. */
function tell(table: Record<string, object>): void {
  const lines = Object.entries(table).map(([name, cells]) => {
    const words = Object.entries(cells).map(([what, value]) => `${what} ${String(value)}`)
    return `  ${name.padEnd(34)}${words.join(', ')}\n`
  })
  process.stdout.write(lines.join(''))
}

test('each first page and each further page keeps its budget of scripts', async ({ page }) => {
  const table: Record<string, { kilobytes: number; budget: number }> = {}
  const note = (name: string, size: number, budget: number) => {
    table[name] = { kilobytes: Math.round(size * 10) / 10, budget }
  }
  await fetchNothingAhead(page)
  await page.goto(`${demo().origin}/sign-in`)
  await isOpen(page, signInHeading)
  note('first: Sign-in', kilobytes(await scriptsOf(page)), firstPage)
  await enter(page)
  const first = await scriptsOf(page)
  note('first: Overview', kilobytes(first), firstPage)
  const links = await page.getByRole('navigation').getByRole('link').allInnerTexts()
  const further = links.map(link => link.trim()).filter(link => link !== 'Overview')
  expect(further.length).toBeGreaterThan(8)
  for (const link of further) {
    await page.goto(demo().origin)
    await isOpen(page, 'Overview')
    await goTo(page, link)
    note(link, kilobytes(await scriptsOf(page), first), furtherPage)
  }
  tell(table)
  for (const [name, { kilobytes: size, budget }] of Object.entries(table))
    expect.soft(size, `kilobytes of ${name}`).toBeLessThanOrEqual(budget)
})

const pages = [
  { name: 'sign-in', path: '/sign-in', heading: signInHeading },
  { name: 'overview', path: '/', heading: 'Overview' },
  { name: 'users', path: '/users', heading: 'Users' },
]

test('the largest paint comes in time, and nothing moves under the pointer', async ({ page }) => {
  await enter(page)
  await countVitals(page)
  const session = await page.context().newCDPSession(page)
  const table: Record<string, object> = {}
  for (const { name, path, heading } of pages) {
    for (const rate of [1, 4] as const) {
      const { best, most, moved } = await loads(page, async () => {
        await slowDown(session, rate)
        await page.goto(`${demo().origin}${path}`)
        await isOpen(page, heading)
        await page.waitForLoadState('networkidle')
        return { limit: largestPaint[rate], vitals: await vitalsOf(page) }
      })
      table[`${name}, processor ${rate} x slower`] = {
        paint: Math.round(best),
        budget: largestPaint[rate],
        shift: most.toFixed(4),
      }
      expect
        .soft(best, `milliseconds to the largest paint: ${name}, ${rate} x`)
        .toBeLessThanOrEqual(largestPaint[rate])
      expect.soft(most, `layout shift: ${name}, ${rate} x: ${moved}`).toBeLessThanOrEqual(shift)
    }
  }
  tell(table)
})

/** Loads until one is within its limit, `tries` times at most: the best paint and the most that anything moved. */
async function loads(
  page: Page,
  load: () => Promise<{ limit: number; vitals: Awaited<ReturnType<typeof vitalsOf>> }>,
): Promise<{ best: number; most: number; moved: string }> {
  let best = Infinity
  let most = 0
  let moved = ''
  for (let round = 0; round < tries; round++) {
    const { limit, vitals } = await load()
    best = Math.min(best, vitals.paint)
    if (vitals.shift > most) moved = vitals.moved
    most = Math.max(most, vitals.shift)
    if (best <= limit) break
  }
  await page.goto('about:blank')
  return { best, most, moved }
}

test('10,000 lines of the live feed scroll at 60 frames a second', async ({ page }) => {
  await enter(page)
  await page.goto(`${demo().origin}/live`)
  await expect(page.getByRole('row').nth(3)).toBeVisible()
  const grid = page.getByRole('grid')
  const held = async (): Promise<number> => {
    await page.getByRole('row').last().focus()
    await page.keyboard.press('End')
    return Number(await grid.getAttribute('aria-rowcount'))
  }
  await expect.poll(held, { timeout: 60_000, intervals: [100] }).toBeGreaterThan(linesHeld)
  await page.keyboard.press('Home')
  await expect(page.locator('[data-index="0"]')).toBeVisible()
  await expectSmooth(page, grid)
})

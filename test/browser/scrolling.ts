// Whether rows scroll at 60 frames a second: by what the page itself has to do for a frame. How many frames a busy machine
// without a graphics card then shows is told, and decides nothing.
import type { CDPSession, Locator, Page } from '@playwright/test'
import { expect } from './sealed-test.ts'

/** Milliseconds. */
const frame = 1000 / 60
const tries = 3
const framesWatched = 90
/** Pixels for each turn of the wheel. */
const step = 240

/** Expects that the rows of `grid` scroll smoothly in the best of a few tries. */
export async function expectSmooth(page: Page, grid: Locator): Promise<void> {
  const turns: Turn[] = []
  while (turns.length < tries && !turns.some(({ work }) => work <= frame))
    turns.push(await turnTheWheel(page, grid))
  const told = turns.map(({ work, shown }) => `${work} of work, nine of ten shown within ${shown}`)
  process.stdout.write(`  milliseconds for a frame of rows: ${told.join('; ')}\n`)
  expect(Math.min(...turns.map(({ work }) => work))).toBeLessThanOrEqual(frame)
}

interface Turn {
  /** Milliseconds that the page's own thread worked for a frame, the mean: not those in which others had the processor. */
  readonly work: number
  /** Milliseconds that nine of ten frames stayed below, as the machine of this run could show them. */
  readonly shown: number
}

async function turnTheWheel(page: Page, grid: Locator): Promise<Turn> {
  await grid.hover()
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await workOf(session)
  const watched = page.evaluate(async count => {
    const gaps: number[] = []
    let last = await new Promise<number>(requestAnimationFrame)
    while (gaps.length < count) {
      const now = await new Promise<number>(requestAnimationFrame)
      gaps.push(now - last)
      last = now
    }
    return gaps.sort((one, other) => one - other)[Math.floor(count * 0.9)] ?? 0
  }, framesWatched)
  const wheel = { turns: true }
  const stopped = watched.finally(() => {
    wheel.turns = false
  })
  while (wheel.turns) await page.mouse.wheel(0, step)
  const shown = Math.round(await stopped)
  const work = ((await workOf(session)) - before) / framesWatched
  await session.detach()
  return { work: Math.round(work * 10) / 10, shown }
}

/** Milliseconds that the page's own thread has worked. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000
}

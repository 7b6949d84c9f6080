// What a page costs, as the browser itself counts: scripts, largest paint, shifts, answers to presses, and frames.
import type { CDPSession, Page } from '@playwright/test'

interface Vitals {
  /** Milliseconds from the navigation to the largest paint. */
  readonly paint: number
  /** The sum of layout shifts, which the web vitals count without a unit. */
  readonly shift: number
  /** What moved most, as it begins in HTML. */
  readonly moved: string
  /** Milliseconds of the slowest answer to a press or a key, in steps of 8. */
  readonly answer: number
}

interface Shift {
  readonly value: number
  readonly hadRecentInput: boolean
  readonly sources: { readonly node: Node | null }[]
}

/** From the next document on, the page keeps count. */
export async function countVitals(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const vitals = { paint: 0, shift: 0, moved: '', answer: 0 }
    let most = 0
    Reflect.set(globalThis, 'vitals', vitals)
    const observe = (type: string, take: (entry: PerformanceEntry) => void) => {
      new PerformanceObserver(list => {
        list.getEntries().forEach(take)
      }).observe({ type, buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
    }
    observe('largest-contentful-paint', entry => {
      vitals.paint = Math.max(vitals.paint, entry.startTime)
    })
    observe('layout-shift', entry => {
      const { value, hadRecentInput, sources } = entry as unknown as Shift
      if (hadRecentInput) return
      vitals.shift += value
      if (value <= most) return
      most = value
      vitals.moved = sources
        .map(({ node }) => (node as Element | null)?.outerHTML.slice(0, 120))
        .join(' and ')
    })
    observe('event', entry => {
      // Nothing listens to keys that come up: there is nothing to paint, and the entry waits for whatever comes next.
      if (entry.name === 'keyup') return
      if (Reflect.get(entry, 'interactionId')) vitals.answer = Math.max(vitals.answer, entry.duration)
    })
  })
}

/** What was counted on the document that is open. */
export function vitalsOf(page: Page): Promise<Vitals> {
  return page.evaluate(() => ({ ...(Reflect.get(globalThis, 'vitals') as Vitals) }))
}

/** The slowest answer since it was last asked for, in milliseconds; the frames of the last press are waited for. */
export function takeAnswer(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
    const vitals = Reflect.get(globalThis, 'vitals') as { answer: number }
    const { answer } = vitals
    vitals.answer = 0
    return answer
  })
}

/** From the next document on nothing is fetched ahead, as if the browser were never idle. */
export async function fetchNothingAhead(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.requestIdleCallback = () => 0
  })
}

/** Bytes of each script that the open document asked for, as packed for the way. */
export async function scriptsOf(page: Page): Promise<Map<string, number>> {
  await page.waitForLoadState('networkidle')
  const found = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map(entry => [entry.name, (entry as PerformanceResourceTiming).encodedBodySize] as const),
  )
  return new Map(found)
}

/** Scripts in kilobytes (of 1000 bytes), without those of `known`. */
export function kilobytes(scripts: Map<string, number>, known = new Map<string, number>()): number {
  const fresh = [...scripts].filter(([name]) => !known.has(name))
  return fresh.reduce((sum, [, bytes]) => sum + bytes, 0) / 1000
}

/** A processor so many times slower, and nothing kept from earlier loads. */
export async function slowDown(session: CDPSession, rate: number): Promise<void> {
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  await session.send('Network.clearBrowserCache')
}

// Looks at a page as a critic: accessibility by axe, and a picture for people to look at.
import type { Page, TestInfo } from '@playwright/test'
import { axeFindings } from './axe.ts'
import { expect } from './sealed-test.ts'

/**
 * Expects axe to find nothing in light, nor anything that colours can change in dark; keeps a picture of each. The
 * colours of a phone are those of the wide screen, so there the dark ones are only pictured.
 */
export async function look(page: Page, info: TestInfo, name: string): Promise<void> {
  await lookAt(page, info, { name, within: 'html' })
}

/** A quick look at one of many states: at what is inside the frame, which `look` sees elsewhere. */
export async function glance(page: Page, info: TestInfo, name: string): Promise<void> {
  await lookAt(page, info, { name, within: '#main' })
}

interface Sight {
  /** Name of the pictures. */
  readonly name: string
  /** What axe looks at, a selector. */
  readonly within: string
}

async function lookAt(page: Page, info: TestInfo, { name, within }: Sight): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    await page.screenshot({ path: `test-output/screenshots/${info.project.name}-${colorScheme}/${name}.png` })
    if (colorScheme === 'dark' && info.project.name === 'phone') continue
    const found = await findings(page, colorScheme === 'light' ? 'all' : 'colours', within)
    expect(found, `${name}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** What axe finds without a toast, which may come at any time: it looks again when one came meanwhile. */
async function findings(page: Page, rules: 'all' | 'colours', within: string): Promise<string[]> {
  const found = await axeFindings(page, rules, within)
  if (found.length === 0 || (await toastsOf(page).count()) === 0) return found
  await settled(page)
  return findings(page, rules, within)
}

const toastsOf = (page: Page) => page.locator('[data-slot=viewport] > li')

/**
 * Closes toasts and waits until they have gone, fonts are there and nothing moves; what moves is taken to its end, since an animation
 * that nobody sees may never get there by itself. A toast's invisible neighbours take focus only to hand it to the
 * toast; axe cannot know that.
 */
async function settled(page: Page): Promise<void> {
  // The page hears of another colour scheme with its next frame.
  await page.evaluate(() => new Promise(requestAnimationFrame))
  const toasts = toastsOf(page)
  // Closed rather than waited for; without the pointer or the focus, which may matter on the page.
  await toasts.locator('[data-slot=close]').evaluateAll(buttons => {
    for (const button of buttons) if (button instanceof HTMLElement) button.click()
  })
  await expect(toasts).toHaveCount(0)
  await page.waitForFunction(
    () => {
      const moving = document.getAnimations().filter(({ effect, playState }) => {
        const end = Number(effect?.getComputedTiming().endTime)
        return playState === 'running' && Number.isFinite(end)
      })
      for (const animation of moving) animation.finish()
      return moving.length === 0 && document.fonts.status === 'loaded'
    },
    undefined,
    { polling: 50, timeout: 15_000 },
  )
}

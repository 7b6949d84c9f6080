// Looks at a page as a critic: accessibility by axe, and a picture for people to look at.
import AxeBuilder from '@axe-core/playwright'
import type { Page, TestInfo } from '@playwright/test'
import { expect } from './sealed-test.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Expects axe to find nothing in light, nor anything that colours can change in dark; keeps a picture of each. The
 * colours of a phone are those of the wide screen, so there the dark ones are only pictured.
 */
export async function look(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    await page.screenshot({ path: `test-output/screenshots/${info.project.name}-${colorScheme}/${name}.png` })
    if (colorScheme === 'dark' && info.project.name === 'phone') continue
    const axe = new AxeBuilder({ page })
    const critic = colorScheme === 'light' ? axe.withTags(tags) : axe.withRules(['color-contrast'])
    const { violations } = await critic.analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(
        node => `${name}, ${colorScheme}: ${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`,
      ),
    )
    expect(found).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/**
 * Closes toasts and waits until they have gone, fonts are there and nothing moves; what moves is taken to its end, since an animation
 * that nobody sees may never get there by itself. A toast's invisible neighbours take focus only to hand it to the
 * toast; axe cannot know that.
 */
async function settled(page: Page): Promise<void> {
  const toasts = page.locator('[data-slot=viewport] > li')
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

// axe in the page: what it finds against the WCAG, in one call. Its own driver asks seven times and opens a page each.
import type { Page } from '@playwright/test'
import axe, { type AxeResults, type RunOptions } from 'axe-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What `within` (a selector) breaks of all rules of WCAG 2.2 AA and good practice, or of those alone that colours can
 * change. One line for each finding.
 */
export async function axeFindings(page: Page, rules: 'all' | 'colours', within = 'html'): Promise<string[]> {
  const runOnly: RunOptions['runOnly'] =
    rules === 'all' ? { type: 'tag', values: tags } : { type: 'rule', values: ['color-contrast'] }
  if (!(await page.evaluate(() => Reflect.has(globalThis, 'axe')))) await page.evaluate(axe.source)
  const options: RunOptions = { runOnly, resultTypes: ['violations'] }
  const { violations } = await page.evaluate(
    async ([where, how]): Promise<Pick<AxeResults, 'violations'>> => {
      const { run } = Reflect.get(globalThis, 'axe') as typeof axe
      return run(where, how)
    },
    [within, options] as const,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  )
}

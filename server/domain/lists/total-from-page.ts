// What a page itself tells about the length of its list.
import type { ListStart } from './read-list.sql.ts'

/**
 * The exact total if the page shows the list's end, null where it is left out, or `count` if only counting tells.
 * Pages behind a place leave it out: the first page has told it, and each of them would cost a count otherwise.
 */
export function totalFromPage(
  { start, count }: { readonly start: ListStart; readonly count: number },
  page: { readonly found: number; readonly more: boolean },
): number | 'count' | null {
  if (count === 0) return 'count'
  if (!('skip' in start)) return null
  const endSeen = !page.more && (page.found > 0 || start.skip === 0)
  return endSeen ? start.skip + page.found : 'count'
}

// What the provisioning log says about a list.
import { printFilter, type Filter } from '#server/scim/index.ts'

export interface FoundResources {
  /** How many the page has. */
  readonly listed: number
  /** How many there are; null on later pages, where nobody counts. */
  readonly total: number | null
  readonly words: { readonly none: string; readonly one: string; readonly many: string }
}

/** `Listed people, 100 of 2500`, `Looked for userName eq "ada@ex.org": 1 person`. */
export function foundSummary(filter: Filter | null, { listed, total, words }: FoundResources): string {
  const { none, one, many } = words
  if (filter === null)
    return total === null ? `Listed ${listed} more ${many}` : `Listed ${many}, ${listed} of ${total}`
  const asked = `Looked for ${printFilter(filter)}`
  if (total === null) return `${asked}: ${listed} more`
  if (total === 0) return `${asked}: ${none}`
  return total === 1 ? `${asked}: ${one}` : `${asked}: ${total} ${many}`
}

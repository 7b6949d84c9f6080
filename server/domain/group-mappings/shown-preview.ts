// What a preview has shown, as far as a save depends on it.
import type { Shown } from './fingerprint.ts'
import type { PreparedDraft } from './prepare-draft.ts'
import type { PeopleClass } from './read-classes.sql.ts'
import { movementsOf, type PlanSummary } from './rules/plan-summary.ts'

/** Switched off, a mapping moves nobody, whatever was chosen. */
export function isApplied({ mapping, applyToExisting }: PreparedDraft): boolean {
  return mapping.enabled && applyToExisting
}

/** What the fingerprint stands for; people count only when they are to be moved. */
export function shownBy(draft: PreparedDraft, summary: PlanSummary<PeopleClass> | null): Shown {
  const { version, enabled, defaultGroupId, rows } = draft.mapping
  const applies = isApplied(draft) && summary !== null
  const wanted = rows.map(({ value, groupId }) => [value, groupId])
  return {
    version,
    totals: applies ? summary.totals : null,
    draft: JSON.stringify([enabled, defaultGroupId, wanted, isApplied(draft)]),
    movements: applies ? movementsOf(summary) : [],
  }
}

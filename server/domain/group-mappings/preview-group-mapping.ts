// Shows what a mapping would do to everybody; writes nothing.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { demandMapping } from './demand-mapping.ts'
import { fingerprint } from './fingerprint.ts'
import { prepareDraft, type PreparedDraft } from './prepare-draft.ts'
import { readClasses, type PeopleClass } from './read-classes.sql.ts'
import type { MappingDraft } from './rules/draft.ts'
import { summarize, type PlanSummary } from './rules/plan-summary.ts'
import { isApplied, shownBy } from './shown-preview.ts'

export interface MappingPreview {
  readonly draft: PreparedDraft
  /** What happens to whom when the mapping is applied to existing people. */
  readonly summary: PlanSummary<PeopleClass>
  /** Whether a save does so. */
  readonly applies: boolean
  /** To be sent with the save, which is refused when it would do anything else. */
  readonly fingerprint: string
}

/** Throws `group-mappings/bad-input` and `organizations/not-in-plan`. */
export async function previewGroupMapping(ctx: Context, draft: MappingDraft): Promise<MappingPreview> {
  demand(ctx.actor, 'mappings:read')
  await demandMapping(ctx)
  const prepared = await prepareDraft(ctx.sql, draft)
  const summary = summarize(await readClasses(ctx.sql), prepared.mapping)
  const applies = isApplied(prepared)
  return { draft: prepared, summary, applies, fingerprint: fingerprint(shownBy(prepared, summary)) }
}

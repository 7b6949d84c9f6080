// Shows what undoing a change set would do; writes nothing.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { readMapping } from '#server/domain/group-mappings/read-mapping.sql.ts'
import { compareEntries } from './change-sets.sql.ts'
import { unknownChangeSet } from './rules/refusals.ts'

export interface UndoPreview {
  /** People whose memberships go back. */
  readonly people: number
  /** People of the change set whom somebody has moved since; that part stays. */
  readonly changedSince: number
  /** Whether the rows go back, too: only while nobody has saved others since. */
  readonly restoresMapping: boolean
}

/** Throws `change-sets/unknown`. */
export async function previewUndo(ctx: Context, input: { changeSetId: string }): Promise<UndoPreview> {
  demand(ctx.actor, 'mappings:read')
  const where = { orgId: ctx.orgId, id: input.changeSetId }
  const changeSet = await ctx.db.changeSet.findFirst({ where, select: { mappingVersion: true } })
  if (changeSet === null) throw unknownChangeSet()
  const { undonePeople, changedPeople } = await compareEntries(ctx.sql, input.changeSetId)
  const { version } = await readMapping(ctx.sql)
  return {
    people: undonePeople,
    changedSince: changedPeople,
    restoresMapping: version === changeSet.mappingVersion,
  }
}

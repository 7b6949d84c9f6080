// How far an identity provider has come in being set up, for the check-list of a set-up guide.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { readMilestoneRows, type MilestoneRow } from './read-milestones.sql.ts'

export type Milestone = MilestoneRow['milestone']

/** Each milestone once, in the order in which they are usually reached. Throws `actor/not-permitted`. */
export async function readMilestones(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<readonly MilestoneRow[]> {
  demand(ctx.actor, 'provisioning:read')
  return readMilestoneRows(ctx.sql)
}

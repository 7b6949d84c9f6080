// Finds out where a change of a person leads them by the group mapping; reads only when it can lead anywhere.
import type { Context } from '#server/domain/context.ts'
import { isAtWork, type Mapping } from '#server/domain/group-mappings/rules/mapping.ts'
import { matchKeys } from '#server/domain/group-mappings/rules/match-key.ts'
import { isStill, plan, type PersonPlan } from '#server/domain/group-mappings/rules/plan.ts'
import { placed } from '#server/domain/group-mappings/rules/placement.ts'
import { readSources } from '#server/domain/memberships/read-sources.sql.ts'
import { isActive, type StoredUser, type User } from './rules/user.ts'
import { carriedBy } from './store-user.sql.ts'

/** What is to be written for a person who moves. */
export interface Placement {
  /** The person's values as received. */
  readonly values: readonly string[]
  readonly plan: PersonPlan
}

/**
 * Null when nothing is to be decided: without mapping, for the deactivated, and when the same values came again. People are
 * placed when they are made, when their values change and when they come back. That somebody who is there stays where
 * they are is a decision, too: a job may place them by their old values before the new ones are written.
 */
export async function findPlacement(
  ctx: Pick<Context, 'sql'>,
  change: { before: StoredUser | null; user: User; mapping: Mapping },
): Promise<Placement | null> {
  const { before, user, mapping } = change
  if (!isAtWork(mapping) || !isActive(user.status)) return null
  const values = carriedBy(change)
  if (before !== null && isActive(before.status) && sameKeys(before.identityProviderGroups, values))
    return null
  const stored = before === null ? [] : await readSources(ctx.sql, [user.id])
  const planned = plan(placed(stored, { values, frozen: false }), mapping)
  return before === null && isStill(planned) ? null : { values, plan: planned }
}

function sameKeys(before: readonly string[], after: readonly string[]): boolean {
  const [had, has] = [matchKeys(before), matchKeys(after)]
  return had.length === has.length && had.every(key => has.includes(key))
}

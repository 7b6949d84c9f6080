// Puts a person who has just arrived into the groups that wait for them.
import type { Context } from '#server/domain/context.ts'
import { lockGroup } from '#server/domain/groups/read-group.sql.ts'
import { updateGroup } from '#server/domain/groups/store-group.sql.ts'
import type { ProvisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { transactSql, type SqlTransaction } from '#server/domain/transact.ts'
import { moveMembers } from './move-members.ts'
import { madeBy } from './rules/source.ts'
import { memberEvents } from './rules/moved-people.ts'
import { forgetWaiting, groupsAwaiting } from './waiting-members.sql.ts'

export interface Arrival {
  readonly userId: string
  readonly userName: string
  readonly externalId: string | null
}

/**
 * Does nothing, and answers false, unless the organization keeps unknown members waiting and somebody waited for this
 * person. Called after the person was stored.
 */
export async function welcomeUser(
  ctx: Context,
  input: { arrival: Arrival; settings: ProvisioningSettings },
): Promise<boolean> {
  if (input.settings.unknownMembers !== 'keep-waiting') return false
  const { arrival } = input
  if ((await groupsAwaiting(ctx.sql, arrival)).length === 0) return false
  await transactSql(ctx, async tx => {
    const waiting = await groupsAwaiting(tx.sql, arrival)
    for (const groupId of new Set(waiting.map(({ id }) => id))) {
      const values = waiting.filter(({ id }) => id === groupId).map(({ value }) => value)
      await join(tx, { groupId, values, userId: arrival.userId })
    }
  })
  return true
}

async function join(
  tx: SqlTransaction,
  what: { groupId: string; values: readonly string[]; userId: string },
): Promise<void> {
  const { groupId, values, userId } = what
  const group = await lockGroup(tx.sql, groupId)
  if (group === null) return
  const forgotten = await forgetWaiting(tx.sql, { groupId, values, others: false })
  if (forgotten === 0) return
  const detail = { waitedAs: values[0], ...madeBy(tx.actor) }
  const moved = await moveMembers(tx, { groupId, kind: 'scim', add: [userId], remove: [], detail })
  if (moved.added.count > 0) {
    await updateGroup(tx.sql, { ...group, version: group.version + 1, lastModified: tx.clock.now() })
  }
  memberEvents(group, moved).forEach(tx.record)
}

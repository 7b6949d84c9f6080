// Gives many people a role at once; allowed while an identity provider manages people.
import { demand, type Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { giveRole, lockPeople, type ListedPerson } from './people-of-list.sql.ts'
import { peopleList, type PassedOver, type PassedReason } from './rules/people-list.ts'
import { oneOwner } from './rules/refusals.ts'

export interface ChangeUserRolesInput {
  /** At most 1,000. */
  readonly userIds: readonly string[]
  readonly role: Role
}

export interface RolesChanged {
  /** Whose role is another one now, with the one they had: what undoing needs. */
  readonly changed: readonly { readonly userId: string; readonly name: string; readonly before: Role }[]
  readonly passed: readonly PassedOver[]
}

/**
 * Passes over the owner, whoever asks, and ids that are nobody's, each with the reason; whoever has the role already
 * is in neither list. Throws `users/too-many`, `users/one-owner`.
 */
export async function changeUserRoles(ctx: Context, input: ChangeUserRolesInput): Promise<RolesChanged> {
  demand(ctx.actor, 'roles:write')
  if (input.role === 'owner') throw oneOwner()
  const userIds = peopleList(input.userIds)
  return transact(ctx, async tx => {
    const people = await lockPeople(tx.sql, userIds)
    const reasons = new Map(userIds.map(id => [id, reasonAgainst(tx, people.get(id))]))
    const changed = [...people.values()].filter(
      ({ id, role }) => reasons.get(id) === null && role !== input.role,
    )
    await giveRole(tx.sql, { ids: changed.map(({ id }) => id), role: input.role })
    for (const person of changed) tell(tx, { person, role: input.role })
    return {
      changed: changed.map(({ id, name, role }) => ({ userId: id, name, before: role })),
      passed: userIds.flatMap(userId => {
        const reason = reasons.get(userId) ?? null
        return reason === null ? [] : [{ userId, name: people.get(userId)?.name ?? null, reason }]
      }),
    }
  })
}

function reasonAgainst({ actor }: Transaction, person: ListedPerson | undefined): PassedReason | null {
  if (person === undefined) return 'unknown'
  if (person.role === 'owner') return 'owner'
  return actor.kind === 'person' && actor.userId === person.id ? 'yourself' : null
}

function tell(tx: Transaction, { person, role }: { person: ListedPerson; role: Role }): void {
  const userId = person.id
  const changes = [{ path: 'role', before: person.role, after: role }]
  tx.record({ type: 'user.role_changed', userId, detail: { subject: person.name, changes, words: { role } } })
  const about = { action: 'user.change_role', subjectKind: 'user', subjectId: userId }
  tx.note({ ...about, before: { role: person.role }, after: { role } })
}

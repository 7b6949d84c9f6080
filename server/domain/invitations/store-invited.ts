// Writes people who are invited, with their links, events and lines in the activity log, in one transaction.
import type { Role } from '#server/domain/actor.ts'
import type { Mapping } from '#server/domain/group-mappings/rules/mapping.ts'
import { tallyOf } from '#server/domain/provisioning-log/rules/tally.ts'
import type { Transaction } from '#server/domain/transact.ts'
import { displayNameOf } from '#server/domain/users/rules/columns.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import { carriedChanges, insertUserRow } from '#server/domain/users/store-user.sql.ts'
import type { newInvitation } from './new-invitation.ts'

interface ToStore {
  readonly people: readonly {
    readonly user: User
    readonly row: ReturnType<typeof newInvitation>['row']
  }[]
  readonly role: Role
  readonly mapping: Mapping
  readonly groupIds: readonly string[]
}

/** Throws the database's duplicate error when a name is taken. */
export async function storeInvited(tx: Transaction, what: ToStore): Promise<void> {
  const { people, role, mapping, groupIds } = what
  for (const { user } of people) {
    const { id: userId } = user
    await insertUserRow(tx, { user, mapping })
    tx.carry(carriedChanges({ user, mapping, before: null }))
    const subject = displayNameOf(user.document)
    tx.record({ type: 'user.created', userId, detail: { subject, words: { by: 'invitation' } } })
    tx.count(tallyOf(null, 'pending'))
    const about = { subjectKind: 'user', subjectId: userId }
    tx.note({ action: 'invitation.send', ...about, after: { role, groupIds: [...groupIds] } })
  }
  tx.placedBy(mapping.version)
  const { orgId } = tx
  const invitedAt = tx.clock.now()
  await tx.db.invitation.createMany({
    data: people.map(({ user, row }) => ({ orgId, userId: user.id, invitedAt, ...row })),
  })
  if (role !== 'group_admin') return
  const createdAt = tx.clock.now()
  await tx.db.groupAdmin.createMany({
    data: people.flatMap(({ user }) =>
      groupIds.map(groupId => ({ orgId, groupId, userId: user.id, createdAt })),
    ),
  })
}

// Writes people who are invited, with their links, events and lines in the activity log, in one transaction.
import type { Role } from '#server/domain/actor.ts'
import type { Mapping } from '#server/domain/group-mappings/rules/mapping.ts'
import { tallyOf } from '#server/domain/provisioning-log/rules/tally.ts'
import type { Transaction } from '#server/domain/transact.ts'
import { displayNameOf } from '#server/domain/users/rules/columns.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import { insertUserRow } from '#server/domain/users/store-user.sql.ts'
import type { newInvitation } from './new-invitation.ts'
import type { Invitee } from './rules/check-list.ts'

interface ToStore {
  readonly people: readonly {
    readonly userId: string
    readonly invitee: Invitee
    readonly row: ReturnType<typeof newInvitation>['row']
  }[]
  readonly role: Role
  readonly mapping: Mapping
  readonly groupIds: readonly string[]
}

/** Throws the database's duplicate error when a name is taken. */
export async function storeInvited(tx: Transaction, what: ToStore): Promise<void> {
  const { people, role, mapping, groupIds } = what
  for (const { userId, invitee } of people) {
    const user = pending(tx, { userId, invitee, role })
    await insertUserRow(tx, { user, mapping })
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
    data: people.map(({ userId, row }) => ({ orgId, userId, invitedAt, ...row })),
  })
  if (role !== 'group_admin') return
  const createdAt = tx.clock.now()
  await tx.db.groupAdmin.createMany({
    data: people.flatMap(({ userId }) => groupIds.map(groupId => ({ orgId, groupId, userId, createdAt }))),
  })
}

function pending(tx: Transaction, about: { userId: string; invitee: Invitee; role: Role }): User {
  const { address, name } = about.invitee
  const now = tx.clock.now()
  return {
    id: about.userId,
    status: 'pending',
    role: about.role,
    document: {
      userName: address,
      ...(name === null ? {} : { displayName: name }),
      emails: [{ value: address, type: 'work', primary: true }],
    },
    version: 1,
    revision: 1,
    linkedAt: null,
    createdAt: now,
    lastModified: now,
    activatedAt: null,
    provisionedAt: null,
    deactivatedAt: null,
    deletedAt: null,
    purgeAt: null,
  }
}

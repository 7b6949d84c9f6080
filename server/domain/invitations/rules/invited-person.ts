// Somebody who is invited, before they are stored: pending, with their address and perhaps a name.
import type { Role } from '#server/domain/actor.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import type { Invitee } from './check-list.ts'

interface About {
  readonly id: string
  readonly invitee: Pick<Invitee, 'address' | 'name'>
  readonly role: Role
  readonly now: Date
}

/** No identity provider knows them yet. */
export function invitedPerson({ id, invitee, role, now }: About): User {
  const { address, name } = invitee
  return {
    id,
    status: 'pending',
    role,
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

// A person as the rules see it: plain data, no database type.
import type { Resource } from '#server/scim/index.ts'
import type { Role } from '#server/domain/actor.ts'

export const userStatuses = ['pending', 'active', 'deactivated', 'deleted'] as const
export type UserStatus = (typeof userStatuses)[number]

export interface User {
  readonly id: string
  readonly status: UserStatus
  readonly role: Role
  /**
   * The SCIM resource as its client wrote it, in canonical spelling, without `id`, `meta`, `groups` and `active`
   * (those are ours). RFC 7643 section 4.1.
   */
  readonly document: Resource
  /** Raised when what a SCIM client can see changes; the ETag. */
  readonly version: number
  /** Raised by every write; guards against lost updates. */
  readonly revision: number
  readonly linkedAt: Date | null
  readonly createdAt: Date
  readonly lastModified: Date
  readonly activatedAt: Date | null
  readonly provisionedAt: Date | null
  readonly deactivatedAt: Date | null
  readonly deletedAt: Date | null
  readonly purgeAt: Date | null
}

/** A person as the database keeps them. */
export interface StoredUser extends User {
  /** The values by which the person was last placed into groups, as received. */
  readonly identityProviderGroups: readonly string[]
  /** Only when they were read along. */
  readonly groups?: SeenUser['groups']
}

/** What a SCIM client can see of a person; the groups only when they were read along. */
export interface SeenUser extends Pick<
  User,
  'id' | 'status' | 'document' | 'version' | 'createdAt' | 'lastModified'
> {
  readonly groups?: readonly { readonly id: string; readonly name: string }[]
}

/** What SCIM calls `active`: pending people may sign in, too. */
export function isActive(status: UserStatus): boolean {
  return status === 'pending' || status === 'active'
}

export function userNameOf(document: Resource): string {
  return typeof document['userName'] === 'string' ? document['userName'] : ''
}

// The life cycle of a person: which state follows, and which change is refused.
import { DomainError } from '#server/domain/error.ts'
import type { Role } from '#server/domain/actor.ts'
import type { UserStatus } from './user.ts'

interface Standing {
  readonly status: UserStatus
  readonly role: Role
  readonly activatedAt: Date | null
}

/**
 * The state after a client asked for `active`. A deactivated person who never signed in becomes pending again.
 * Throws `users/owner-protected` when the owner would lose access.
 */
export function statusFor(standing: Standing, active: boolean): UserStatus {
  if (active) {
    if (standing.status !== 'deactivated') return standing.status
    return standing.activatedAt === null ? 'pending' : 'active'
  }
  if (standing.status === 'deactivated') return 'deactivated'
  protectOwner(standing.role, 'be deactivated')
  return 'deactivated'
}

/** The owner keeps access until someone else owns the organization. */
export function protectOwner(role: Role, what: string): void {
  if (role !== 'owner') return
  throw new DomainError({
    kind: 'forbidden',
    code: 'users/owner-protected',
    message: `The owner of the organization cannot ${what}. Transfer ownership to someone else first.`,
  })
}

/** The name of what happened to a person between two states; null when the state stayed. */
export function transitionName(
  from: UserStatus,
  to: UserStatus,
): 'user.deactivated' | 'user.reactivated' | 'user.activated' | null {
  if (from === to) return null
  if (to === 'deactivated') return 'user.deactivated'
  return from === 'deactivated' ? 'user.reactivated' : 'user.activated'
}

// The decision that switches a person on or off, and nothing else about them.
import type { NewEvent } from '#server/domain/provisioning-log/rules/event.ts'
import { displayNameOf } from './columns.ts'
import { statusFor, transitionName } from './lifecycle.ts'
import { isActive, type User } from './user.ts'

/** The moved person with its event; null when the state stays. Throws `users/owner-protected`. */
export function moveStatus(
  current: User,
  to: { active: boolean; now: Date },
): { user: User; events: NewEvent[] } | null {
  const status = statusFor(current, to.active)
  const transition = transitionName(current.status, status)
  if (transition === null) return null
  const subject = displayNameOf(current.document)
  const changes = [{ path: 'active', before: isActive(current.status), after: isActive(status) }]
  return {
    user: {
      ...current,
      status,
      version: current.version + 1,
      lastModified: to.now,
      deactivatedAt: status === 'deactivated' ? to.now : null,
    },
    events: [{ type: transition, userId: current.id, detail: { subject, changes } }],
  }
}

// The decision that a pending person has signed in for the first time.
import type { NewEvent } from '#server/domain/provisioning-log/rules/event.ts'
import { displayNameOf } from './columns.ts'
import type { User } from './user.ts'

/** The active person with the event; null for everyone who is not pending. Their seat was reserved for them. */
export function activate(current: User, now: Date): { user: User; events: NewEvent[] } | null {
  if (current.status !== 'pending') return null
  const subject = displayNameOf(current.document)
  return {
    user: { ...current, status: 'active', activatedAt: current.activatedAt ?? now },
    events: [{ type: 'user.activated', userId: current.id, detail: { subject } }],
  }
}

// The decision that gives a person another role.
import type { Role } from '#server/domain/actor.ts'
import type { NewEvent } from '#server/domain/provisioning-log/rules/event.ts'
import { displayNameOf } from './columns.ts'
import type { User } from './user.ts'

/** The person with the role, and the event that says so. */
export function withRole(current: User, role: Role): { user: User; events: NewEvent[] } {
  const subject = displayNameOf(current.document)
  const changes = [{ path: 'role', before: current.role, after: role }]
  const detail = { subject, changes, words: { role } }
  return {
    user: { ...current, role },
    events: [{ type: 'user.role_changed', userId: current.id, detail }],
  }
}

// The decision that deletes a person: gone at once, data kept until the grace period ends.
import { displayNameOf } from './columns.ts'
import type { User } from './user.ts'

/** The deleted person with its event; `graceDays` later the data may be purged. */
export function deletion(current: User, when: { now: Date; graceDays: number }) {
  const purgeAt = new Date(when.now.getTime() + when.graceDays * 86_400_000)
  const subject = displayNameOf(current.document)
  return {
    user: { ...current, status: 'deleted' as const, deletedAt: when.now, purgeAt, provisionedAt: when.now },
    events: [{ type: 'user.deleted' as const, userId: current.id, detail: { subject } }],
  }
}

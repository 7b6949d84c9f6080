// What groups show of themselves, read for whole pages at once.
import type { SourceKind } from '#server/domain/memberships/rules/source.ts'
import { batched } from './batch.ts'
import { countMembersOf, countSourcesOf, readAdminsOf, readManagedEventsOf } from './group-facts.sql.ts'

export const loadMemberCount = batched<string, number>(async (call, ids) => {
  const rows = await countMembersOf(call.org.sql, ids)
  return new Map(rows.map(({ id, members }) => [id, members]))
})

export type SourceCounts = Readonly<Partial<Record<SourceKind, number>>>

export const loadSourceCounts = batched<string, SourceCounts>(async (call, ids) => {
  const counts = new Map<string, SourceCounts>()
  for (const { id, kind, people } of await countSourcesOf(call.org.sql, ids)) {
    counts.set(id, { ...counts.get(id), [kind]: people })
  }
  return counts
})

/** Whether the caller, a group admin, manages the group. */
export const loadOwn = batched<string, true>(async (call, ids) => {
  const { actor, org } = call
  if (actor.kind !== 'person') return new Map()
  const where = { orgId: org.orgId, userId: actor.userId, groupId: { in: [...ids] } }
  const rows = await org.db.groupAdmin.findMany({ where, select: { groupId: true } })
  return new Map(rows.map(({ groupId }) => [groupId, true]))
})

export interface NamedPerson {
  readonly id: string
  readonly displayName: string
  readonly userName: string
}

export const loadAdmins = batched<string, NamedPerson[]>(async (call, ids) => {
  const rows = await readAdminsOf(call.org.sql, ids)
  return new Map(rows.map(({ id, admins }) => [id, admins]))
})

export interface Short {
  readonly id: string
  readonly name: string
}

export const loadManagedEvents = batched<string, Short[]>(async (call, ids) => {
  const rows = await readManagedEventsOf(call.org.sql, ids)
  return new Map(rows.map(({ id, events }) => [id, events]))
})

// Random histories of a small organization with three groups and two managed events, and how they are played.
import fc from 'fast-check'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import type { MappingDraft } from '#server/domain/group-mappings/rules/draft.ts'
import { deleteGroup } from '#server/domain/groups/delete-group.ts'
import { reviseGroup } from '#server/domain/groups/revise-group.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { removeGroupMembers } from '#server/domain/memberships/remove-group-members.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import type { World } from '#server/world.ts'
import { newBareOrganization, newPerson } from '#test/support/make-world.ts'
import { draftFrom, said, takenRows, textOf, vocabulary } from './any-value.ts'
import { carrying, makeGroups, saveAndApply, send } from './placing.ts'

const names = ['A', 'B', 'C'] as const
type Group = (typeof names)[number]

const group = fc.constantFrom(...names)
const table = fc.record({
  rows: fc.array(fc.record({ value: said, group }), { maxLength: 5 }),
  fallback: fc.option(group),
  enabled: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
})
export type Table = typeof table extends fc.Arbitrary<infer T> ? T : never

/** Nothing, one text, or several. */
const value = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 5, arbitrary: said },
  { weight: 2, arbitrary: fc.array(said, { minLength: 1, maxLength: 3 }) },
)
type Carried = typeof value extends fc.Arbitrary<infer T> ? T : never

const kindOf = <Kind extends string>(kind: Kind): fc.Arbitrary<Kind> => fc.constant(kind)
const who = fc.nat({ max: 7 })
const writes = [
  { weight: 3, arbitrary: fc.record({ kind: kindOf('create'), value, active: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: kindOf('value'), who, value }) },
  { weight: 2, arbitrary: fc.record({ kind: kindOf('active'), who, active: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('hand'), who, group, there: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('push'), who, group, there: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('assign'), who, event: fc.nat({ max: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('delete'), who }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('restore'), who }) },
] as const
const write = fc.oneof(...writes)
const step = fc.oneof(
  ...writes,
  { weight: 2, arbitrary: fc.record({ kind: kindOf('save'), table, apply: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('drop'), group }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Anything, then a mapping for everybody, then what an identity provider and admins go on doing. */
export const anyHistory = fc.record({
  words: vocabulary,
  before: fc.array(step, { minLength: 5, maxLength: 16 }),
  last: table,
  after: fc.array(write, { maxLength: 6 }),
})

export interface Play {
  readonly owner: Context
  readonly scim: Context
  readonly words: readonly string[]
  /** One managed event of groups A and B, one of B. */
  readonly events: readonly string[]
  readonly groups: Record<Group, string>
  /** Ids of those who are not deleted, and of those who are. */
  readonly people: string[]
  readonly gone: string[]
}

export async function newPlay(world: World, words: readonly string[]): Promise<Play> {
  const { owner, scim } = await newBareOrganization(world)
  const groups = await makeGroups(owner, names)
  const events: string[] = []
  for (const groupIds of [[groups.A, groups.B], [groups.B]]) {
    const managedEventId = await createManagedEvent(owner, {
      details: { name: `Call ${String(events.length)}` },
    })
    await assignManagedEvent(owner, { managedEventId, groupIds, userIds: [] })
    events.push(managedEventId)
  }
  return { owner, scim, words, groups, events, people: [], gone: [] }
}

export function draftOf({ groups, words }: Play, wanted: Table, apply: boolean): MappingDraft {
  const { rows, fallback, enabled } = wanted
  const typed = rows.map(row => ({ value: textOf(words, row.value), groupId: groups[row.group] }))
  const defaultGroupId = fallback === null ? null : groups[fallback]
  return draftFrom(takenRows(typed), { enabled, applyToExisting: apply, defaultGroupId })
}

function carried({ words }: Play, wanted: Carried): string | string[] | null {
  if (wanted === null) return null
  return Array.isArray(wanted) ? wanted.map(each => textOf(words, each)) : textOf(words, wanted)
}

/** What is refused is part of the play: who is locked cannot be removed by hand. */
export async function take(play: Play, taken: Step): Promise<void> {
  try {
    await (taken.kind === 'save' || taken.kind === 'create' || taken.kind === 'drop'
      ? change(play, taken)
      : changePerson(play, taken))
  } catch (error) {
    const locked = error instanceof DomainError && error.code === 'memberships/managed-by-idp'
    if (!locked) throw error
  }
}

type Change = Extract<Step, { kind: 'save' | 'create' | 'drop' }>

async function change(play: Play, taken: Change): Promise<void> {
  const { owner, scim, groups } = play
  if (taken.kind === 'save') {
    await saveAndApply(owner, draftOf(play, taken.table, taken.apply))
  } else if (taken.kind === 'create') {
    const { active } = taken
    play.people.push((await newPerson(scim, carrying(carried(play, taken.value)), { active })).id)
  } else {
    await deleteGroup(scim, { groupId: groups[taken.group] })
    Object.assign(groups, await makeGroups(owner, [taken.group]))
  }
}

async function changePerson(play: Play, taken: Exclude<Step, Change>): Promise<unknown> {
  const { owner, scim, people, gone } = play
  const from = taken.kind === 'restore' ? gone : people
  const userId = from[taken.who]
  if (userId === undefined) return null
  switch (taken.kind) {
    case 'value':
      return send(scim, userId, { value: carried(play, taken.value) })
    case 'active':
      return send(scim, userId, { active: taken.active })
    case 'hand':
      return moveByHand(play, { userId, ...taken })
    case 'push':
      return push(play, { userId, ...taken })
    case 'assign': {
      const managedEventId = play.events[taken.event] ?? ''
      return assignManagedEvent(owner, { managedEventId, groupIds: [], userIds: [userId] })
    }
    case 'delete':
      gone.push(...people.splice(taken.who, 1))
      return deleteUser(scim, { userId, graceDays: 7 })
    case 'restore':
      people.push(...gone.splice(taken.who, 1))
      return restoreUser(owner, { userId })
  }
}

interface Move {
  readonly userId: string
  readonly group: Group
  /** Whether the person shall be there afterwards. */
  readonly there: boolean
}

async function moveByHand({ owner, groups }: Play, { userId, group: to, there }: Move): Promise<number> {
  const move = { groupId: groups[to], userIds: [userId] }
  return there ? (await addGroupMembers(owner, move)).joined : removeGroupMembers(owner, move)
}

function push({ scim, groups }: Play, { userId, group: to, there }: Move): Promise<unknown> {
  const [add, remove] = there ? [[userId], []] : [[], [userId]]
  return reviseGroup(scim, {
    groupId: groups[to],
    settings: provisioningSettings({}),
    revise: current => current,
    members: { replacesAll: false, add, remove },
  })
}

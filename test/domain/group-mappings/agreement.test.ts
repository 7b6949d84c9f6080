// What a preview shows is what a save does, and undoing brings everything back: for random people, rows and histories.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { undoChangeSet } from '#server/domain/change-sets/undo-change-set.ts'
import { countCopies } from '#server/domain/group-mappings/count-copies.ts'
import { previewGroupMapping } from '#server/domain/group-mappings/preview-group-mapping.ts'
import { readSeenValues } from '#server/domain/group-mappings/read-values.sql.ts'
import { plan } from '#server/domain/group-mappings/rules/plan.ts'
import { placed } from '#server/domain/group-mappings/rules/placement.ts'
import { matchKeys } from '#server/domain/group-mappings/rules/match-key.ts'
import { readMapping } from '#server/domain/group-mappings/read-mapping.sql.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { readSources } from '#server/domain/memberships/read-sources.sql.ts'
import { addMembers } from '#server/domain/memberships/write-members.sql.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import type { Context } from '#server/domain/context.ts'
import type { World } from '#server/world.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'
import { carrying, draft, everyMembership, makeGroups, saveAndApply, send, workOff } from './placing.ts'

const names = ['A', 'B', 'C'] as const
const values = ['Sales', ' Sales', 'sales', 'Ops', 'Ops ', 'Über', 'U\u0308ber', ''] as const

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

type Group = (typeof names)[number]
interface Table {
  readonly rows: Readonly<Record<string, Group>>
  readonly fallback: Group | null
  readonly enabled: boolean
}

const table: fc.Arbitrary<Table> = fc.record({
  rows: fc.dictionary(fc.constantFrom('Sales', 'sales', 'Ops', 'Über'), fc.constantFrom(...names)),
  fallback: fc.option(fc.constantFrom(...names)),
  enabled: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
})

/** What the group attribute holds: nothing, a text, or several. */
type Carried = string | readonly string[]

type Step =
  | { readonly kind: 'create'; readonly value: Carried }
  | { readonly kind: 'value'; readonly who: number; readonly value: Carried }
  | { readonly kind: 'active'; readonly who: number; readonly active: boolean }
  | { readonly kind: 'hand'; readonly who: number; readonly group: Group }
  | { readonly kind: 'assign'; readonly who: number; readonly event: number }
  | { readonly kind: 'delete'; readonly who: number }
  | { readonly kind: 'save'; readonly table: Table; readonly apply: boolean }

const who = fc.nat({ max: 7 })
const value: fc.Arbitrary<Carried> = fc.oneof(
  fc.constantFrom(...values),
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create' as const), value }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('value' as const), who, value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('active' as const), who, active: fc.boolean() }) },
  fc.record({ kind: fc.constant('hand' as const), who, group: fc.constantFrom(...names) }),
  fc.record({ kind: fc.constant('assign' as const), who, event: fc.nat({ max: 1 }) }),
  fc.record({ kind: fc.constant('delete' as const), who }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('save' as const), table, apply: fc.boolean() }) },
)

interface Play {
  readonly org: TestOrganization
  readonly groups: Record<Group, string>
  /** One managed event of groups A and B, one of B. */
  readonly events: readonly string[]
  /** Ids of those who are not deleted. */
  people: string[]
}

async function newPlay(): Promise<Play> {
  const org = await newOrganization(world)
  const { ctx } = org.owner
  const groups = await makeGroups(ctx, names)
  const events: string[] = []
  for (const groupIds of [[groups.A, groups.B], [groups.B]]) {
    const managedEventId = await createManagedEvent(ctx, {
      details: { name: `Call ${String(events.length)}` },
    })
    await assignManagedEvent(ctx, { managedEventId, groupIds, userIds: [] })
    events.push(managedEventId)
  }
  return { org, groups, events, people: [] }
}

function draftOf({ groups }: Play, { rows, fallback, enabled }: Table, apply: boolean) {
  const led = Object.fromEntries(Object.entries(rows).map(([key, group]) => [key, groups[group]]))
  return draft(led, { apply, enabled, ...(fallback === null ? {} : { defaultGroup: groups[fallback] }) })
}

async function take(play: Play, taken: Step): Promise<void> {
  const { scim, owner } = play.org
  if (taken.kind === 'save') {
    await saveAndApply(owner.ctx, draftOf(play, taken.table, taken.apply))
    return
  }
  if (taken.kind === 'create') {
    play.people.push((await newPerson(scim, carrying(taken.value === '' ? null : taken.value))).id)
    return
  }
  const id = play.people[taken.who]
  if (id === undefined) return
  if (taken.kind === 'value') await send(scim, id, { value: taken.value === '' ? null : taken.value })
  if (taken.kind === 'active') await send(scim, id, { active: taken.active })
  if (taken.kind === 'assign') {
    const managedEventId = play.events[taken.event] ?? ''
    await assignManagedEvent(owner.ctx, { managedEventId, groupIds: [], userIds: [id] })
  }
  if (taken.kind === 'delete') {
    await deleteUser(scim, { userId: id, graceDays: 7 })
    play.people = play.people.filter(each => each !== id)
  }
  if (taken.kind === 'hand') {
    const given = { groupId: play.groups[taken.group], ids: [id], at: world.clock.now(), detail: {} }
    await addMembers(scim.sql, { ...given, kind: 'manual' })
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** `user group kind value`, the mapping's reasons only. */
async function placesOf(ctx: Context, people: readonly string[]): Promise<string[]> {
  const rows = await readSources(ctx.sql, people)
  return rows.map(({ userId, groupId, kind, detail }) => {
    return `${userId} ${groupId} ${kind} ${textOf(detail['value'])}`
  })
}

/** What the plan says everybody's reasons become, from the same reading. */
async function foretold(ctx: Context, play: Play, table: Table): Promise<string[]> {
  const mapping = { ...(await readMapping(ctx.sql)), ...(await preparedBy(ctx, play, table)) }
  const rows = await readSources(ctx.sql, play.people)
  const users = await ctx.db.user.findMany({ where: { orgId: ctx.orgId, id: { in: play.people } } })
  return users.flatMap(user => {
    const own = rows.filter(({ userId }) => userId === user.id)
    const person = placed(own, {
      values: user.identityProviderGroups,
      frozen: user.status === 'deactivated',
    })
    const decided = plan(person, mapping)
    const gone = decided.takes.map(({ groupId, kind }) => `${groupId} ${kind}`)
    const renewed = [...decided.gives, ...decided.refreshes]
    const over = new Set([...gone, ...renewed.map(({ groupId, kind }) => `${groupId} ${kind}`)])
    const kept = own.filter(({ groupId, kind }) => !over.has(`${groupId} ${kind}`))
    return [
      ...kept.map(({ groupId, kind, detail }) => `${user.id} ${groupId} ${kind} ${textOf(detail['value'])}`),
      ...renewed.map(({ groupId, kind, value: by }) => `${user.id} ${groupId} ${kind} ${by ?? ''}`),
    ]
  })
}

async function preparedBy(ctx: Context, play: Play, table: Table) {
  const { draft: prepared } = await previewGroupMapping(ctx, draftOf(play, table, true))
  const { enabled, rows, defaultGroupId } = prepared.mapping
  return { enabled, rows, defaultGroupId }
}

/** `event person`, for every copy that is held. */
async function copiesNow(ctx: Context): Promise<string[]> {
  const copies = await ctx.db.managedEventCopy.findMany({ where: { orgId: ctx.orgId, removedAt: null } })
  return copies.map(({ managedEventId, userId }) => `${managedEventId} ${userId}`)
}

type Groups = ReadonlyMap<string, ReadonlySet<string>>

async function groupsByPerson(ctx: Context): Promise<Groups> {
  const found = new Map<string, Set<string>>()
  for (const { userId, groupId } of await ctx.db.membership.findMany({ where: { orgId: ctx.orgId } }))
    found.set(userId, (found.get(userId) ?? new Set()).add(groupId))
  return found
}

/** How many people entered groups, left some, or both. */
function movedBetween(before: Groups, after: Groups): Record<'join' | 'leave' | 'move', number> {
  const counts = { join: 0, leave: 0, move: 0 }
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [had, has] = [before.get(id) ?? new Set<string>(), after.get(id) ?? new Set<string>()]
    const [joins, leaves] = [[...has].some(each => !had.has(each)), [...had].some(each => !has.has(each))]
    if (joins) counts[leaves ? 'move' : 'join'] += 1
    else if (leaves) counts.leave += 1
  }
  return counts
}

/** How many people carry each value, counted from the people themselves. */
async function carriedNow(ctx: Context): Promise<Record<string, number>> {
  const users = await ctx.db.user.findMany({ where: { orgId: ctx.orgId, deletedAt: null } })
  const counts: Record<string, number> = {}
  for (const user of users) {
    for (const key of matchKeys(user.identityProviderGroups)) counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

const histories = fc.array(step, { minLength: 4, maxLength: 14 })
const runs = { numRuns: 6 }

describe('any history', () => {
  it('C2: ends in what the preview and the plan foretold, with the totals that were shown', async () => {
    await fc.assert(
      fc.asyncProperty(histories, table, async (history, last) => {
        const play = await newPlay()
        for (const taken of history) await take(play, taken)
        const { ctx } = play.org.owner
        const expected = await foretold(ctx, play, last)
        const before = await everyMembership(ctx)
        const [groupsBefore, copiesBefore] = [await groupsByPerson(ctx), await copiesNow(ctx)]
        const wanted = draftOf(play, last, true)
        const { summary } = await previewGroupMapping(ctx, wanted)
        const copies = await countCopies(ctx.sql, summary)
        expect(await everyMembership(ctx)).toEqual(before)
        await saveAndApply(ctx, wanted)
        expect((await placesOf(ctx, play.people)).sort()).toEqual(expected.sort())
        const copiesAfter = await copiesNow(ctx)
        expect(copies).toEqual({
          gained: copiesAfter.filter(copy => !copiesBefore.includes(copy)).length,
          lost: copiesBefore.filter(copy => !copiesAfter.includes(copy)).length,
        })
        expect(summary.totals).toMatchObject(movedBetween(groupsBefore, await groupsByPerson(ctx)))
        const { join, leave, move } = (await previewGroupMapping(ctx, wanted)).summary.totals
        expect([join, leave, move]).toEqual([0, 0, 0])
        expect(summary.totals.people).toBe(play.people.length + 2)
      }),
      runs,
    )
  })

  it('C3: an applied mapping that is undone leaves every membership exactly as it was', async () => {
    await fc.assert(
      fc.asyncProperty(histories, table, async (history, last) => {
        const play = await newPlay()
        for (const taken of history) await take(play, taken)
        const { ctx } = play.org.owner
        const [before, mapping] = [await everyMembership(ctx), await readMapping(ctx.sql)]
        const { changeSetId } = await saveAndApply(ctx, draftOf(play, last, true))
        const after = await everyMembership(ctx)
        const { changeSetId: undoing } = await undoChangeSet(ctx, { changeSetId })
        await workOff(ctx)
        expect(await everyMembership(ctx)).toEqual(before)
        const { version: _version, rows, ...restored } = await readMapping(ctx.sql)
        expect({ ...restored, rows: rows.map(({ value: key, groupId }) => [key, groupId]) }).toMatchObject({
          enabled: mapping.enabled,
          defaultGroupId: mapping.defaultGroupId,
          rows: mapping.rows.map(({ value: key, groupId }) => [key, groupId]),
        })
        await undoChangeSet(ctx, { changeSetId: undoing })
        await workOff(ctx)
        expect(await everyMembership(ctx)).toEqual(after)
      }),
      runs,
    )
  })

  it('C1: keeps the count of every value exact', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async history => {
        const play = await newPlay()
        for (const taken of history) await take(play, taken)
        const { ctx } = play.org.owner
        const seen = await readSeenValues(ctx.sql, { mapped: null, search: '', take: 100, skip: 0 })
        const counted = Object.fromEntries(seen.map(({ value: key, people }) => [key, people]))
        expect(counted).toEqual(await carriedNow(ctx))
      }),
      runs,
    )
  })
})

// What a preview shows is what a save does, undoing brings everything back, and later writes keep to the mapping: for
// random people, rows and histories, on the database.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { undoChangeSet } from '#server/domain/change-sets/undo-change-set.ts'
import type { Context } from '#server/domain/context.ts'
import { countCopies } from '#server/domain/group-mappings/count-copies.ts'
import { previewGroupMapping } from '#server/domain/group-mappings/preview-group-mapping.ts'
import { readMapping } from '#server/domain/group-mappings/read-mapping.sql.ts'
import { readSeenValues } from '#server/domain/group-mappings/read-values.sql.ts'
import { matchKeys } from '#server/domain/group-mappings/rules/match-key.ts'
import { placed } from '#server/domain/group-mappings/rules/placement.ts'
import { plan } from '#server/domain/group-mappings/rules/plan.ts'
import { movementsOf } from '#server/domain/group-mappings/rules/plan-summary.ts'
import type { MappingDraft } from '#server/domain/group-mappings/rules/draft.ts'
import { readSources } from '#server/domain/memberships/read-sources.sql.ts'
import { makeWorld } from '#test/support/make-world.ts'
import { patience, seeded } from '#test/support/property-runs.ts'
import { anyHistory, draftOf, newPlay, take, type Play } from './any-history.ts'
import { everyMembership, saveAndApply, workOff } from './placing.ts'

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** `user group kind value`, for every reason of people who are there. */
async function placesOf({ owner, people }: Play): Promise<string[]> {
  const rows = await readSources(owner.sql, people)
  return rows.map(({ userId, groupId, kind, detail }) => {
    return `${userId} ${groupId} ${kind} ${textOf(detail['value'])}`
  })
}

/** What the plan says everybody's reasons become, from the same reading. */
async function foretold({ owner, people }: Play, wanted: MappingDraft): Promise<string[]> {
  const { draft: prepared } = await previewGroupMapping(owner, wanted)
  const rows = await readSources(owner.sql, people)
  const users = await owner.db.user.findMany({ where: { orgId: owner.orgId, id: { in: people } } })
  return users.flatMap(user => {
    const own = rows.filter(({ userId }) => userId === user.id)
    const who = { values: user.identityProviderGroups, frozen: user.status === 'deactivated' }
    const decided = plan(placed(own, who), prepared.mapping)
    const renewed = [...decided.gives, ...decided.refreshes]
    const over = new Set([...decided.takes, ...renewed].map(({ groupId, kind }) => `${groupId} ${kind}`))
    const kept = own.filter(({ groupId, kind }) => !over.has(`${groupId} ${kind}`))
    return [
      ...kept.map(({ groupId, kind, detail }) => `${user.id} ${groupId} ${kind} ${textOf(detail['value'])}`),
      ...renewed.map(({ groupId, kind, value }) => `${user.id} ${groupId} ${kind} ${value ?? ''}`),
    ]
  })
}

/** `event person address`, for every copy that is held. */
async function copiesNow(ctx: Context): Promise<string[]> {
  const copies = await ctx.db.managedEventCopy.findMany({ where: { orgId: ctx.orgId, removedAt: null } })
  return copies.map(({ managedEventId, userId, slug }) => `${managedEventId} ${userId} ${slug}`).sort()
}

/** Everything that a save may change, to the last detail. */
async function everything(ctx: Context) {
  const { version: _version, rows, ...mapping } = await readMapping(ctx.sql)
  const led = rows.map(({ value, groupId }) => [value, groupId])
  return { memberships: await everyMembership(ctx), copies: await copiesNow(ctx), mapping, rows: led }
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

/** C1: the counts of values are those of the people themselves. */
async function expectCounted({ owner }: Play): Promise<void> {
  const users = await owner.db.user.findMany({ where: { orgId: owner.orgId, deletedAt: null } })
  const counts = new Map<string, number>()
  for (const user of users) {
    for (const key of matchKeys(user.identityProviderGroups)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const seen = await readSeenValues(owner.sql, { mapped: null, search: '', take: 100, skip: 0 })
  expect(new Map(seen.map(({ value, people }) => [value, people]))).toEqual(counts)
}

/** C2: previews, saves, and finds what was foretold. */
async function saveAsShown(play: Play, wanted: MappingDraft): Promise<string> {
  const { owner } = play
  const [expected, before] = [await foretold(play, wanted), await everything(owner)]
  const groupsBefore = await groupsByPerson(owner)
  const { summary } = await previewGroupMapping(owner, wanted)
  const counted = await countCopies(owner.sql, summary)
  expect(await everything(owner)).toEqual(before)
  const { changeSetId } = await saveAndApply(owner, wanted)
  expect((await placesOf(play)).sort()).toEqual(expected.sort())
  const copies = await copiesNow(owner)
  expect(counted).toEqual({
    gained: copies.filter(copy => !before.copies.includes(copy)).length,
    lost: before.copies.filter(copy => !copies.includes(copy)).length,
  })
  const moved = movedBetween(groupsBefore, await groupsByPerson(owner))
  expect(summary.totals).toMatchObject({ ...moved, people: play.people.length })
  return changeSetId
}

/** C3: undoes, and undoes the undoing. */
async function undoAndRedo({ owner }: Play, at: { changeSetId: string; before: unknown }): Promise<void> {
  const after = await everything(owner)
  const { changeSetId } = await undoChangeSet(owner, at)
  await workOff(owner)
  expect(await everything(owner)).toEqual(at.before)
  await undoChangeSet(owner, { changeSetId })
  await workOff(owner)
  expect(await everything(owner)).toEqual(after)
}

it(
  'C1-C4: any history ends in what preview and plan foretold, is undone exactly, and goes on by the mapping',
  { timeout: patience },
  async () => {
    const world = await makeWorld()
    const property = fc.asyncProperty(anyHistory, async ({ words, before, last, after }) => {
      const play = await newPlay(world, words)
      for (const taken of before) await take(play, taken)
      await expectCounted(play)
      const wanted = draftOf(play, last, true)
      const there = await everything(play.owner)
      const changeSetId = await saveAsShown(play, wanted)
      await undoAndRedo(play, { changeSetId, before: there })
      for (const taken of after) await take(play, taken)
      await expectCounted(play)
      expect(movementsOf((await previewGroupMapping(play.owner, wanted)).summary)).toEqual([])
    })
    await fc.assert(property, seeded(25))
  },
)

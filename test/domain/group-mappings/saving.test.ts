// Saving the mapping: atomic, and refused when it would do something else than was shown.
import { beforeAll, describe, expect, it } from 'vitest'
import { previewUndo } from '#server/domain/change-sets/preview-undo.ts'
import type { Statement } from '#server/domain/context.ts'
import { undoChangeSet } from '#server/domain/change-sets/undo-change-set.ts'
import { previewGroupMapping } from '#server/domain/group-mappings/preview-group-mapping.ts'
import { readMapping } from '#server/domain/group-mappings/read-mapping.sql.ts'
import { saveGroupMapping } from '#server/domain/group-mappings/save-group-mapping.ts'
import { deleteGroup } from '#server/domain/groups/delete-group.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import type { World } from '#server/world.ts'
import { makeWorld, newPerson, operatorActor } from '#test/support/make-world.ts'
import { inOps, inSales, newCast, refused, type Cast } from './cast.ts'
import { carrying, draft, groupsOf, saveAndApply, send, workOff } from './placing.ts'

let world: World
let cast: Cast

beforeAll(async () => {
  world = await makeWorld()
  cast = await newCast(world)
})

describe('a row that cannot be taken', () => {
  it.each([
    ['without a value', () => draft({ '  ': cast.groups.Sales }), 'rows.0.value'],
    ['of 256 characters', () => draft({ ['x'.repeat(256)]: cast.groups.Sales }), 'rows.0.value'],
    [
      'twice, blanks aside',
      () => draft({ Sales: cast.groups.Sales, 'Sales ': cast.groups.Ops }),
      'rows.1.value',
    ],
    ['to a group of nobody', () => draft({ Sales: '018f0000-0000-7000-8000-000000000000' }), 'rows.0.group'],
    ['to a new group whose name is taken', () => draft({ Sales: 'new:sALES' }), 'rows.0.group'],
    ['to a new group without a name', () => draft({ Sales: 'new: ' }), 'rows.0.group'],
    ['the 1,001st', () => draft(manyRows(1_001)), 'rows'],
    ['none, but a default group of nobody', () => draft({}, { defaultGroup: 'nobody' }), 'defaultGroup'],
  ])('C1: %s is named', async (_title, wanted, path) => {
    const error = await previewGroupMapping(cast.org.owner.ctx, wanted()).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'group-mappings/bad-input', detail: { fields: [{ path }] } })
  })

  it('C1: 1,000 rows of 255 characters are saved', async () => {
    const wanted = draft(manyRows(1_000))
    await cast.save(wanted, await cast.preview(wanted))
    expect(await cast.org.scim.db.groupMappingRow.count({ where: { orgId: cast.org.orgId } })).toBe(1_000)
  })
})

function manyRows(count: number): Record<string, string> {
  const value = (n: number): string => `${String(n).padStart(5, '0')} ${'x'.repeat(249)}`
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [value(n), cast.groups.Sales]))
}

describe('a save', () => {
  it('C3: makes new groups with the rest, places existing people by a job, and is undone with the rows', async () => {
    cast = await newCast(world)
    const { ctx } = cast.org.owner
    const wanted = draft({ Sales: 'new:Revenue', Ops: cast.groups.Ops }, { apply: true })
    const { changeSetId } = await saveAndApply(ctx, wanted)
    const inRevenue = ['Revenue: mapping Sales']
    expect(await cast.placesOf()).toEqual([inRevenue, inRevenue, inRevenue, inOps, inOps])
    const [job] = await ctx.db.job.findMany({ where: { orgId: cast.org.orgId } })
    expect(job).toMatchObject({ state: 'done', done: 7, total: 7, result: { people: 5, joined: 5, left: 0 } })
    expect(job?.actorName).toBe(cast.org.owner.name)
    await send(cast.org.scim, cast.people[0] ?? '', { value: 'Ops' })
    await undoChangeSet(ctx, { changeSetId })
    await workOff(ctx)
    expect(await refused(undoChangeSet(ctx, { changeSetId }))).toMatchObject({
      code: 'change-sets/undone-already',
    })
    expect(await cast.placesOf()).toEqual([inOps, [], [], [], []])
    expect(await ctx.db.groupMappingRow.count({ where: { orgId: cast.org.orgId } })).toBe(0)
  })

  it('C3: undone after others were saved, gives people back but leaves the rows to those who saved last', async () => {
    cast = await newCast(world)
    const { ctx } = cast.org.owner
    const { changeSetId } = await saveAndApply(ctx, cast.both())
    await saveAndApply(ctx, draft({ Later: cast.groups.Ops }))
    expect(await previewUndo(ctx, { changeSetId })).toEqual({
      people: 5,
      changedSince: 0,
      restoresMapping: false,
    })
    await undoChangeSet(ctx, { changeSetId })
    await workOff(ctx)
    expect(await cast.placesOf()).toEqual([[], [], [], [], []])
    expect(await ctx.db.groupMappingRow.findMany({ where: { orgId: ctx.orgId } })).toMatchObject([
      { value: 'Later' },
    ])
  })

  it('C3: undone after a group was deleted, brings back the other rows', async () => {
    cast = await newCast(world)
    const { ctx } = cast.org.owner
    const rows = { Sales: cast.groups.Sales, Ops: cast.groups.Ops }
    await saveAndApply(ctx, draft(rows, { defaultGroup: cast.groups.Ops }))
    const { changeSetId } = await saveAndApply(ctx, draft({}))
    await deleteGroup(cast.org.scim, { groupId: cast.groups.Ops })
    await undoChangeSet(ctx, { changeSetId })
    const { rows: restored, defaultGroupId } = await readMapping(ctx.sql)
    expect([restored.map(({ value }) => value), defaultGroupId]).toEqual([['Sales'], null])
  })

  it('C2: moves nobody who is there unless that was chosen', async () => {
    cast = await newCast(world)
    const wanted = draft({ Sales: cast.groups.Sales })
    const saved = await cast.save(wanted, null, 0)
    expect(saved.jobId).toBeNull()
    expect(await cast.placesOf()).toEqual([[], [], [], [], []])
  })

  it('C2: is refused when somebody else saved since the preview, or moves people unseen', async () => {
    cast = await newCast(world)
    const fingerprint = await cast.preview(cast.both())
    expect(await refused(cast.save(cast.both(), null, 0))).toMatchObject({
      code: 'group-mappings/preview-first',
    })
    expect(await refused(cast.save(draft({}), null))).toMatchObject({ code: 'group-mappings/preview-first' })
    await cast.save(draft({ Ops: cast.groups.Ops }), null, 0)
    const stale = await refused(cast.save(cast.both(), fingerprint))
    expect(stale.code).toBe('group-mappings/stale-preview')
    expect(stale.message).toContain('changed by someone else')
    expect(await refused(cast.save(draft({}), null, 0))).toMatchObject({
      code: 'group-mappings/stale-preview',
    })
  })

  it('C2: is refused when other people would move than were shown, and says how many', async () => {
    cast = await newCast(world)
    const fingerprint = await cast.preview(cast.both())
    const late = await newPerson(cast.org.scim, carrying('Sales'))
    const stale = await refused(cast.save(cast.both(), fingerprint))
    expect(stale).toMatchObject({ code: 'group-mappings/stale-preview' })
    expect(stale.message).toContain('6 join (it was 5)')
    await send(cast.org.scim, late.id, { value: null })
    await send(cast.org.scim, cast.people[0] ?? '', { title: 'CEO' })
    expect((await cast.save(cast.both(), fingerprint)).jobId).not.toBeNull()
    await workOff(cast.org.owner.ctx)
    expect(await cast.placesOf()).toEqual([inSales, inSales, inSales, inOps, inOps])
  })

  it('C2: of two at once by two admins one wins, and nothing of the other is left', async () => {
    cast = await newCast(world)
    const [mine, theirs] = [draft({ Sales: 'new:Mine' }), draft({ Sales: 'new:Theirs' })]
    const outcomes = await Promise.all([
      refused(cast.save(mine, await cast.preview(mine))),
      refused(saveGroupMapping(cast.org.admin.ctx, { draft: theirs, fingerprint: null, version: 0 })),
    ])
    expect(outcomes.map(({ code }) => code).sort()).toEqual(['group-mappings/stale-preview', 'went through'])
    const made = await cast.org.scim.db.group.findMany({
      where: { orgId: cast.org.orgId },
      select: { displayName: true },
    })
    expect(made).toHaveLength(3)
  })

  it('C2: is refused when somebody saves in the very moment, before or after the first look', async () => {
    cast = await newCast(world)
    const { ctx } = cast.org.owner
    let version = 0
    for (const look of ['read-mapping-version', 'read-mapping']) {
      let rival = () => saveGroupMapping(ctx, { draft: draft({}), fingerprint: null, version })
      const slow = {
        ...ctx,
        sql: {
          run: async <Row>(statement: Statement, values: readonly unknown[]) => {
            const rows = await ctx.sql.run<Row>(statement, values)
            if (statement.name !== look) return rows
            const now = rival
            rival = () => Promise.resolve({ changeSetId: '', jobId: null })
            await now()
            return rows
          },
        },
      }
      const mine = saveGroupMapping(slow, { draft: draft({}), fingerprint: null, version })
      expect(await refused(mine)).toMatchObject({ code: 'group-mappings/stale-preview' })
      version += 1
    }
  })

  it('C2: is refused when its group was deleted while it was previewed', async () => {
    cast = await newCast(world)
    const fingerprint = await cast.preview(cast.both())
    await deleteGroup(cast.org.scim, { groupId: cast.groups.Ops })
    expect(await refused(cast.save(cast.both(), fingerprint))).toMatchObject({
      code: 'group-mappings/bad-input',
    })
  })

  it('C2: rows of a deleted group go with it, and nobody is led there', async () => {
    cast = await newCast(world)
    await saveAndApply(
      cast.org.owner.ctx,
      draft({ Sales: cast.groups.Sales, Ops: cast.groups.Ops }, { defaultGroup: cast.groups.Ops }),
    )
    await deleteGroup(cast.org.scim, { groupId: cast.groups.Ops })
    const person = await newPerson(cast.org.scim, carrying('Ops'))
    expect(await groupsOf(cast.org.scim, person.id)).toEqual([])
    expect(await cast.org.scim.db.groupMappingRow.count({ where: { orgId: cast.org.orgId } })).toBe(1)
  })

  it('C10: needs groups and SCIM in the plan; without them nobody moves', async () => {
    cast = await newCast(world)
    await saveAndApply(cast.org.owner.ctx, cast.both())
    const operator = world.contextFor(cast.org.orgId, operatorActor)
    await updateOrganization(operator, { entitlements: { groups: false } })
    expect(await refused(cast.preview(cast.both()))).toMatchObject({ code: 'organizations/not-in-plan' })
    expect(await refused(cast.save(cast.both(), null, 1))).toMatchObject({
      code: 'organizations/not-in-plan',
    })
    await send(cast.org.scim, cast.people[0] ?? '', { value: 'Ops' })
    expect(await groupsOf(cast.org.scim, cast.people[0] ?? '')).toEqual(inSales)
    await updateOrganization(operator, { entitlements: { groups: true } })
    await send(cast.org.scim, cast.people[1] ?? '', { value: 'Ops' })
    expect(await groupsOf(cast.org.scim, cast.people[1] ?? '')).toEqual(inOps)
  })
})

// The jobs of the mapping: in one hand, stoppable, and by what people are when their turn comes.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context, Sql, Statement } from '#server/domain/context.ts'
import { changeSourceAttribute } from '#server/domain/group-mappings/change-source-attribute.ts'
import { readSeenValues } from '#server/domain/group-mappings/read-values.sql.ts'
import { cancelJob } from '#server/domain/jobs/cancel-job.ts'
import { deleteGroup } from '#server/domain/groups/delete-group.ts'
import { undoChangeSet } from '#server/domain/change-sets/undo-change-set.ts'
import { claimJob } from '#server/domain/jobs/jobs.sql.ts'
import { jobSteps } from '#server/domain/jobs/job-steps.ts'
import { LostLease } from '#server/domain/jobs/take-step.ts'
import { deleteProvisioningConfiguration } from '#server/domain/organizations/delete-provisioning-configuration.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { systemActor } from '#server/housekeeping.ts'
import type { World } from '#server/world.ts'
import { serverUrl } from '#test/support/postgresql-server.ts'
import { fakeClock, minute, type FakeClock } from '#test/support/fake-clock.ts'
import { makeWorld, operatorActor } from '#test/support/make-world.ts'
import { inOps, inSales, newCast, refused, type Cast } from './cast.ts'
import { draft, saveAndApply, send, workOff } from './placing.ts'

let world: World
let clock: FakeClock
let cast: Cast

beforeAll(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
  cast = await newCast(world)
})

describe('the job', () => {
  it('C3: stops before its next step when it is cancelled, and lets nobody else save or undo meanwhile', async () => {
    cast = await newCast(world)
    const { changeSetId, jobId } = await cast.save(cast.both(), await cast.preview(cast.both()))
    const version = 1
    expect(await refused(cast.save(draft({}), null, version))).toMatchObject({ code: 'group-mappings/busy' })
    const source = changeSourceAttribute(cast.org.owner.ctx, { attribute: 'title' })
    expect(await refused(source)).toMatchObject({ code: 'group-mappings/busy' })
    const undone = undoChangeSet(cast.org.owner.ctx, { changeSetId })
    expect(await refused(undone)).toMatchObject({ code: 'group-mappings/busy' })
    await cancelJob(cast.org.owner.ctx, { jobId: jobId ?? '' })
    await workOff(cast.org.owner.ctx)
    expect(await cast.placesOf()).toEqual([[], [], [], [], []])
    expect(await refused(cancelJob(cast.org.owner.ctx, { jobId: jobId ?? '' }))).toMatchObject({
      code: 'jobs/over',
    })
  })

  it('C3: is in one hand; a step of whoever lost it leaves nothing', async () => {
    cast = await newCast(world)
    await cast.save(cast.both(), await cast.preview(cast.both()))
    const ctx = { ...cast.org.owner.ctx, actor: systemActor }
    const lease = (): { leaseId: string; until: Date; now: Date } => {
      const now = clock.now()
      return { leaseId: clock.newId(), until: new Date(now.getTime() + minute), now }
    }
    const first = await claimJob(ctx.sql, lease())
    expect(await claimJob(ctx.sql, lease())).toBeNull()
    clock.advance(2 * minute)
    const second = await claimJob(ctx.sql, lease())
    expect(second?.id).toBe(first?.id)
    if (first === null || second === null) throw new Error('The job was not taken.')
    await expect(jobSteps['apply-mapping'](ctx, first)).rejects.toThrow(LostLease)
    expect(await cast.placesOf()).toEqual([[], [], [], [], []])
    expect(await jobSteps['apply-mapping'](ctx, second)).toBeNull()
    expect(await cast.placesOf()).toEqual([inSales, inSales, inSales, inOps, inOps])
  })

  it('C3: cancelled in the middle of a step, keeps nothing of that step', async () => {
    cast = await newCast(world)
    const { jobId } = await cast.save(cast.both(), await cast.preview(cast.both()))
    const ctx = { ...cast.org.owner.ctx, actor: systemActor }
    const now = clock.now()
    const until = new Date(now.getTime() + minute)
    const held = await claimJob(ctx.sql, { leaseId: clock.newId(), until, now })
    if (held === null) throw new Error('The job was not taken.')
    await cancelJob(cast.org.owner.ctx, { jobId: jobId ?? '' })
    await expect(jobSteps['apply-mapping'](ctx, held)).rejects.toThrow(LostLease)
    expect(await cast.placesOf()).toEqual([[], [], [], [], []])
  })

  it('C3: decides by what people carry when it comes to them', async () => {
    cast = await newCast(world)
    await cast.save(cast.both(), await cast.preview(cast.both()))
    await Promise.all([
      workOff(cast.org.owner.ctx),
      send(cast.org.scim, cast.people[0] ?? '', { value: 'Ops' }),
      send(cast.org.scim, cast.people[3] ?? '', { active: false }),
      send(cast.org.scim, cast.people[4] ?? '', { value: null }),
    ])
    const [first, , , frozen, cleared] = await cast.placesOf()
    expect(first).toEqual(inOps)
    expect([[], inOps]).toContainEqual(frozen)
    expect(cleared).toEqual([])
  })
})

/** Does something between the look of the first step and its transaction. */
function interrupted(ctx: Context, by: () => Promise<unknown>): Context {
  let once = by
  return {
    ...ctx,
    inSqlTransaction: async (work, options) => {
      const now = once
      once = () => Promise.resolve()
      await now()
      return ctx.inSqlTransaction(work, options)
    },
  }
}

describe('a step', () => {
  it('C3: decides again under its locks, whatever it saw before', async () => {
    cast = await newCast(world)
    const { ctx } = cast.org.owner
    await cast.save(cast.both(), await cast.preview(cast.both()))
    const orgId_id = { orgId: ctx.orgId, id: cast.people[0] ?? '' }
    const elsewhere = { where: { orgId_id }, data: { identityProviderGroups: ['Ops'] } }
    await workOff(interrupted(ctx, () => ctx.db.user.update(elsewhere)))
    expect(await cast.placesOf()).toEqual([inOps, inSales, inSales, inOps, inOps])
  })

  it.runIf(serverUrl !== undefined)(
    'C3: holds people against other servers until they are placed',
    async () => {
      cast = await newCast(world)
      const { ctx } = cast.org.owner
      await cast.save(cast.both(), await cast.preview(cast.both()))
      const attempts: unknown[] = []
      const attempt = async (): Promise<void> => {
        const text = 'SELECT id FROM users WHERE org_id = $1 AND id = $2 FOR NO KEY UPDATE NOWAIT'
        const taken = world.database.pool.query(text, [ctx.orgId, cast.people[0]])
        attempts.push(await taken.then(() => null).catch((error: unknown) => error))
      }
      const watched: Context['inSqlTransaction'] = (work, options) =>
        ctx.inSqlTransaction(sql => {
          const run: Sql['run'] = async <Row>(statement: Statement, values: readonly unknown[]) => {
            const rows = await sql.run<Row>(statement, values)
            if (statement.name === 'lock-people') await attempt()
            return rows
          }
          return work({ run })
        }, options)
      await workOff({ ...ctx, inSqlTransaction: watched })
      // 55P03: the lock is not to be had.
      expect(attempts).toMatchObject([{ code: '55P03' }])
    },
  )

  it('C3: is taken again when the mapping changed meanwhile: here by a plan without groups', async () => {
    cast = await newCast(world)
    const { ctx } = cast.org.owner
    await cast.save(cast.both(), await cast.preview(cast.both()))
    const operator = world.contextFor(ctx.orgId, operatorActor)
    const lost = { entitlements: { groups: false } }
    await workOff(interrupted(ctx, () => updateOrganization(operator, lost)))
    expect(await cast.placesOf()).toEqual([[], [], [], [], []])
    expect(await ctx.db.job.findMany({ where: { orgId: ctx.orgId } })).toMatchObject([
      { state: 'done', done: 7, result: {} },
    ])
  })
})

describe('a write of the identity provider', () => {
  it('C3: that moved nobody when it was decided is decided again when the job was faster', async () => {
    cast = await newCast(world)
    await cast.save(cast.both(), await cast.preview(cast.both()))
    const { scim, owner } = cast.org
    let job = () => workOff(owner.ctx)
    const slow: Context = {
      ...scim,
      sql: {
        run: async <Row>(statement: Statement, values: readonly unknown[]) => {
          const rows = await scim.sql.run<Row>(statement, values)
          if (statement.name !== 'read-sources') return rows
          const now = job
          job = () => Promise.resolve()
          await now()
          return rows
        },
      },
    }
    await send(slow, cast.people[4] ?? '', { value: null })
    expect(await cast.placesOf()).toEqual([inSales, inSales, inSales, inOps, []])
  })
})

describe('a group that is deleted while the mapping is applied', () => {
  it('C3: takes its rows along; the rest is applied, and nobody is led there', async () => {
    cast = await newCast(world)
    const { changeSetId } = await cast.save(cast.both(), await cast.preview(cast.both()))
    await Promise.all([workOff(cast.org.owner.ctx), deleteGroup(cast.org.scim, { groupId: cast.groups.Ops })])
    await workOff(cast.org.owner.ctx)
    expect(await cast.placesOf()).toEqual([inSales, inSales, inSales, [], []])
    const where = { orgId: cast.org.orgId }
    expect(await cast.org.scim.db.job.findMany({ where })).toMatchObject([{ state: 'done', done: 7 }])
    await undoChangeSet(cast.org.owner.ctx, { changeSetId })
    await workOff(cast.org.owner.ctx)
    expect(await cast.placesOf()).toEqual([[], [], [], [], []])
  })
})

describe('a value', () => {
  it('C1: is remembered with the time when somebody last got it, also after it was cleared', async () => {
    cast = await newCast(world)
    const seen = async () => {
      const rows = await readSeenValues(cast.org.scim.sql, { mapped: false, search: 'ops', take: 9, skip: 0 })
      return rows.map(({ people, lastSeen }) => [people, lastSeen])
    }
    const first = clock.now()
    expect(await seen()).toEqual([[2, first]])
    clock.advance(minute)
    await send(cast.org.scim, cast.people[0] ?? '', { value: ['Ops', ' Ops'] })
    const second = clock.now()
    expect(await seen()).toEqual([[3, second]])
    clock.advance(minute)
    await send(cast.org.scim, cast.people[0] ?? '', { value: null })
    expect(await seen()).toEqual([[2, second]])
  })
})

describe('deleting the SCIM configuration', () => {
  it('C4: takes rows and links away and turns every membership into one made by hand', async () => {
    cast = await newCast(world)
    await saveAndApply(cast.org.owner.ctx, cast.both())
    await deleteProvisioningConfiguration(cast.org.owner.ctx, { confirmName: cast.org.name })
    const [sales, ops] = [['Sales: manual'], ['Ops: manual']]
    expect(await cast.placesOf()).toEqual([sales, sales, sales, ops, ops])
    expect(await cast.org.scim.db.groupMappingRow.count({ where: { orgId: cast.org.orgId } })).toBe(0)
  })
})

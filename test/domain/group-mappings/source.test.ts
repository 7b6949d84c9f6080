// Another attribute as the source of values: everybody's are read anew, all of them, and nobody moves by it.
import { beforeAll, describe, expect, it } from 'vitest'
import { changeSourceAttribute } from '#server/domain/group-mappings/change-source-attribute.ts'
import { readSeenValues } from '#server/domain/group-mappings/read-values.sql.ts'
import { cancelJob } from '#server/domain/jobs/cancel-job.ts'
import { jobSteps } from '#server/domain/jobs/job-steps.ts'
import { workOffJobs } from '#server/domain/jobs/work-off-jobs.ts'
import { deleteProvisioningConfiguration } from '#server/domain/organizations/delete-provisioning-configuration.ts'
import { systemActor } from '#server/housekeeping.ts'
import type { World } from '#server/world.ts'
import { makeWorld } from '#test/support/make-world.ts'
import { newCast, refused, type Cast } from './cast.ts'
import { draft, everyMembership, groupsOf, saveAndApply, send, workOff } from './placing.ts'

let world: World
let cast: Cast
beforeAll(async () => {
  world = await makeWorld()
  cast = await newCast(world)
})

describe('another source of values', () => {
  const everySeen = { mapped: null, search: '', take: 9, skip: 0 }

  it('C1: is read anew for everybody, counted, and moves nobody by itself', async () => {
    cast = await newCast(world)
    await saveAndApply(
      cast.org.owner.ctx,
      draft({ CEO: cast.groups.Ops, Sales: cast.groups.Sales }, { apply: true }),
    )
    await send(cast.org.scim, cast.people[0] ?? '', { title: 'CEO' })
    const before = await everyMembership(cast.org.scim)
    expect(await changeSourceAttribute(cast.org.owner.ctx, { attribute: 'TITLE' })).not.toBeNull()
    await workOff(cast.org.owner.ctx)
    expect(await everyMembership(cast.org.scim)).toEqual(before)
    const seen = await readSeenValues(cast.org.scim.sql, { mapped: null, search: '', take: 9, skip: 0 })
    expect(seen.map(({ value, people: count }) => [value, count])).toEqual([['CEO', 1]])
    await send(cast.org.scim, cast.people[1] ?? '', { title: 'CEO' })
    expect(await groupsOf(cast.org.scim, cast.people[1] ?? '')).toEqual(['Ops: mapping CEO'])
    expect(await changeSourceAttribute(cast.org.owner.ctx, { attribute: 'title' })).toBeNull()
  })

  it('C1: is read to the end, whoever wants to stop it and whatever becomes of the mapping', async () => {
    cast = await newCast(world)
    const { ctx } = cast.org.owner
    const jobId = (await changeSourceAttribute(ctx, { attribute: 'title' })) ?? ''
    expect(await refused(cancelJob(ctx, { jobId }))).toMatchObject({ code: 'jobs/whole' })
    await deleteProvisioningConfiguration(ctx, { confirmName: cast.org.name })
    await workOff(ctx)
    expect(await ctx.db.job.findMany({ where: { orgId: ctx.orgId } })).toMatchObject([{ state: 'done' }])
    expect(await readSeenValues(ctx.sql, everySeen)).toEqual([])
    expect(await refused(cancelJob(ctx, { jobId }))).toMatchObject({ code: 'jobs/over' })
  })

  it('C1: goes on after a failure when it is chosen again, and not when all is read', async () => {
    cast = await newCast(world)
    const { ctx } = cast.org.owner
    const choose = () => changeSourceAttribute(ctx, { attribute: 'title' })
    await choose()
    expect(await choose()).toBeNull()
    const fails = () => Promise.reject(new Error('The step cannot be taken.'))
    const steps = { ...jobSteps, 'derive-values': fails }
    await expect(workOffJobs({ ...ctx, actor: systemActor }, { steps })).rejects.toThrow('cannot be taken')
    expect(await ctx.db.job.findMany({ where: { orgId: ctx.orgId } })).toMatchObject([
      { state: 'failed', error: expect.stringContaining('Choose the source attribute again') as string },
    ])
    expect(await readSeenValues(ctx.sql, everySeen)).toHaveLength(2)
    expect(await choose()).not.toBeNull()
    await workOff(ctx)
    expect(await readSeenValues(ctx.sql, everySeen)).toEqual([])
    expect(await choose()).toBeNull()
  })

  it.each(['id', 'groups', 'name', 'x', 'password', 'active', ''])('C1: "%s" is refused', async attribute => {
    expect(await refused(changeSourceAttribute(cast.org.owner.ctx, { attribute }))).toMatchObject({
      code: 'group-mappings/bad-attribute',
    })
  })
})

// Jobs in the hands of servers that stop, are killed, or lose their database for a moment.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FastifyBaseLogger } from 'fastify'
import type { Context } from '#server/domain/context.ts'
import { jobSteps } from '#server/domain/jobs/job-steps.ts'
import { claimJob } from '#server/domain/jobs/jobs.sql.ts'
import type { HeldJob } from '#server/domain/jobs/rules/job.ts'
import { workOffJobs, type JobStep } from '#server/domain/jobs/work-off-jobs.ts'
import { systemActor } from '#server/housekeeping.ts'
import { startJobs } from '#server/job-runner.ts'
import type { World } from '#server/world.ts'
import { serverUrl } from '#test/support/postgresql-server.ts'
import { fakeClock } from '#test/support/fake-clock.ts'
import { makeWorld } from '#test/support/make-world.ts'
import { newCast, type Cast } from '../group-mappings/cast.ts'

/** Time stands still, so no lease ever runs out by itself. */
const clock = fakeClock()
let world: World
let cast: Cast
let ctx: Context
beforeAll(async () => {
  world = await makeWorld({ clock })
})
beforeEach(async () => {
  cast = await newCast(world)
  ctx = { ...cast.org.owner.ctx, actor: systemActor }
  await cast.save(cast.both(), await cast.preview(cast.both()))
})

function claim(): Promise<HeldJob | null> {
  const now = clock.now()
  return claimJob(ctx.sql, { leaseId: clock.newId(), until: new Date(now.getTime() + 10_000), now })
}

const jobs = (by: Context = ctx) => by.db.job.findMany({ where: { orgId: by.orgId } })
const stepsWith = (step: JobStep) => ({ ...jobSteps, 'apply-mapping': step })
const fails = (): Promise<never> => Promise.reject(new Error('The step cannot be taken.'))

describe('a job', () => {
  it('C3: is let go by a server that stops, so that the next one goes on at once', async () => {
    const end = new AbortController()
    const step: JobStep = (_ctx, job) => {
      end.abort()
      return Promise.resolve(job)
    }
    await workOffJobs(ctx, { steps: stepsWith(step), signal: end.signal })
    expect(await jobs()).toMatchObject([{ state: 'running', leaseUntil: null }])
    expect(await claim()).not.toBeNull()
  })

  it('C3: waits for the database when it is away, and fails only by itself', async () => {
    const outage = { steps: stepsWith(fails), isOutage: () => true }
    await expect(workOffJobs(ctx, outage)).rejects.toThrow('cannot be taken')
    expect(await jobs()).toMatchObject([{ state: 'running', error: null }])
    await ctx.db.job.updateMany({ where: { orgId: ctx.orgId }, data: { leaseUntil: null } })
    let tries = 0
    const step: JobStep = () => {
      tries += 1
      return fails()
    }
    const fault = { steps: stepsWith(step), isOutage: () => false }
    await expect(workOffJobs(ctx, fault)).rejects.toThrow('cannot be taken')
    expect(tries).toBe(3)
    expect(await jobs()).toMatchObject([{ state: 'failed', finishedAt: clock.now() }])
  })
})

const log = { error: () => undefined } as unknown as FastifyBaseLogger

describe('a server that starts', () => {
  it.runIf(serverUrl === undefined)(
    'C3: takes up at once what a killed one held: nobody else can',
    async () => {
      expect(await claim()).not.toBeNull()
      const stop = await startJobs(world, log)
      await expect.poll(() => jobs(), { timeout: 20_000 }).toMatchObject([{ state: 'done' }])
      await stop()
    },
  )

  it.runIf(serverUrl !== undefined)('C3: leaves what another one holds to it', async () => {
    const held = await claim()
    const other = await newCast(world)
    await other.save(other.both(), await other.preview(other.both()))
    const stop = await startJobs(world, log)
    await expect.poll(() => jobs(other.org.scim), { timeout: 20_000 }).toMatchObject([{ state: 'done' }])
    await stop()
    expect(await jobs()).toMatchObject([{ state: 'running', leaseId: held?.leaseId, done: 0 }])
  })
})

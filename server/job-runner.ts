// Looks for open jobs once a second and works them off; several servers share them.
import type { FastifyBaseLogger } from 'fastify'
import { classifyDatabaseError } from './db/errors.ts'
import { jobSteps } from './domain/jobs/job-steps.ts'
import { workOffJobs } from './domain/jobs/work-off-jobs.ts'
import { systemActor } from './housekeeping.ts'
import { repeatCalmly } from './repeat-calmly.ts'
import type { World } from './world.ts'

/** Milliseconds; while the database refuses, looks become rare. */
const looks = { every: 1_000, most: 30_000 }
/** Organizations whose jobs one server works on at the same time. */
const atOnce = 2

/** Starts looking; the answer stops it after the steps under way. */
export async function startJobs(world: World, log: FastifyBaseLogger): Promise<() => Promise<void>> {
  if (world.database.kind === 'embedded') await freeJobs(world)
  const end = new AbortController()
  const running = new Map<string, Promise<void>>()
  async function look(): Promise<void> {
    if (running.size >= atOnce) return
    for (const orgId of await organizationsWithJobs(world)) {
      if (running.size < atOnce && !running.has(orgId) && !end.signal.aborted) {
        running.set(orgId, workOn(orgId))
      }
    }
  }
  async function workOn(orgId: string): Promise<void> {
    try {
      const ctx = world.contextFor(orgId, systemActor)
      await workOffJobs(ctx, { steps: jobSteps, signal: end.signal, isOutage })
    } catch (error) {
      log.error({ err: error }, 'A job stopped; it is looked at again')
    } finally {
      running.delete(orgId)
    }
  }
  const stopLooking = repeatCalmly(look, {
    ...looks,
    onFailure: error => {
      log.error({ err: error }, 'Jobs could not be looked for; it is tried again')
    },
  })
  return async () => {
    end.abort()
    await stopLooking()
    await Promise.all(running.values())
  }
}

function isOutage(error: unknown): boolean {
  return ['unavailable', 'ambiguous'].includes(classifyDatabaseError(error))
}

/**
 * The embedded database has one server at a time. Whatever was in somebody's hands belonged to one that is gone, so
 * nobody need wait until its time is up.
 */
async function freeJobs(world: World): Promise<void> {
  const { installation } = world.installationFor(systemActor)
  await installation.job.updateMany({ where: { state: 'running' }, data: { leaseUntil: null } })
}

/** Only where something is open that nobody works on: a small index, whatever the number of finished jobs. */
async function organizationsWithJobs(world: World): Promise<string[]> {
  const { installation, clock } = world.installationFor(systemActor)
  const now = clock.now()
  const open = await installation.job.findMany({
    where: {
      OR: [
        { state: 'waiting' },
        { state: 'running', OR: [{ leaseUntil: null }, { leaseUntil: { lt: now } }] },
      ],
    },
    distinct: ['orgId'],
    select: { orgId: true },
    take: 100,
  })
  return open.map(({ orgId }) => orgId)
}

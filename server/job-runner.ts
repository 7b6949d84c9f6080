// Looks for open jobs once a second and works them off; several servers share them.
import type { FastifyBaseLogger } from 'fastify'
import { jobSteps } from './domain/jobs/job-steps.ts'
import { workOffJobs } from './domain/jobs/work-off-jobs.ts'
import { systemActor } from './housekeeping.ts'
import type { World } from './world.ts'

const lookEvery = 1_000
/** Organizations whose jobs one server works on at the same time. */
const atOnce = 2

/** Starts looking; the answer stops it after the steps under way. */
export function startJobs(world: World, log: FastifyBaseLogger): () => Promise<void> {
  const end = new AbortController()
  const running = new Map<string, Promise<void>>()
  const workOn = async (orgId: string): Promise<void> => {
    try {
      const ctx = world.contextFor(orgId, systemActor)
      await workOffJobs(ctx, { steps: jobSteps, signal: end.signal })
    } catch (error) {
      log.error({ err: error }, 'A job stopped; it is looked at again')
    } finally {
      running.delete(orgId)
    }
  }
  let look = Promise.resolve()
  const timer = setInterval(() => {
    if (running.size >= atOnce) return
    look = look
      .then(() => begin())
      .catch((error: unknown) => {
        log.error({ err: error }, 'Jobs could not be looked for; it is tried again')
      })
  }, lookEvery)
  async function begin(): Promise<void> {
    for (const orgId of await organizationsWithJobs(world)) {
      if (running.size < atOnce && !running.has(orgId) && !end.signal.aborted) {
        running.set(orgId, workOn(orgId))
      }
    }
  }
  return async () => {
    clearInterval(timer)
    end.abort()
    await look
    await Promise.all(running.values())
  }
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

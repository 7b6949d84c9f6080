// Managed events of large groups: the assignment is made at once, copies are given by a job, in steps that nobody waits for.
import { beforeAll, describe, expect, it } from 'vitest'
import { loadPeople } from '#server/cli/demo-load.sql.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { cancelJob } from '#server/domain/jobs/cancel-job.ts'
import { jobSteps } from '#server/domain/jobs/job-steps.ts'
import { claimJob } from '#server/domain/jobs/jobs.sql.ts'
import { LostLease } from '#server/domain/jobs/take-step.ts'
import type { HeldJob } from '#server/domain/jobs/rules/job.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { unassignManagedEvent } from '#server/domain/managed-events/unassign-managed-event.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { removeGroupMembers } from '#server/domain/memberships/remove-group-members.ts'
import { systemActor } from '#server/housekeeping.ts'
import type { World } from '#server/world.ts'
import { workOff } from '#test/domain/group-mappings/placing.ts'
import { fakeClock, minute, type FakeClock } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
let org: TestOrganization
let groupId: string
const members: string[] = []
let made = 0

beforeAll(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
  org = await newOrganization(world)
  groupId = await createGroupByHand(org.owner.ctx, { name: 'Everybody' })
  const sample = await newPerson(org.scim)
  const users = Array.from({ length: 1_050 }, (_, n) => {
    const document = { userName: `many-${String(n)}@example.com` }
    return { ...sample, id: clock.newId(), document, externalId: null }
  })
  await loadPeople(org.scim.sql, users)
  members.push(...users.map(({ id }) => id))
  await addGroupMembers(org.owner.ctx, { groupId, userIds: members })
})

async function assigned(): Promise<{ managedEventId: string; jobId: string | null; copies: number }> {
  made += 1
  const managedEventId = await createManagedEvent(org.owner.ctx, {
    details: { name: `Call ${String(made)}` },
  })
  const assignment = { managedEventId, groupIds: [groupId], userIds: [org.owner.userId] }
  return { managedEventId, ...(await assignManagedEvent(org.owner.ctx, assignment)) }
}

async function holders(managedEventId: string): Promise<string[]> {
  const where = { orgId: org.orgId, managedEventId, removedAt: null }
  const copies = await org.owner.ctx.db.managedEventCopy.findMany({ where, orderBy: { userId: 'asc' } })
  return copies.map(({ userId }) => userId)
}

async function claim(): Promise<HeldJob> {
  const now = clock.now()
  const until = new Date(now.getTime() + minute)
  const job = await claimJob(org.owner.ctx.sql, { leaseId: clock.newId(), until, now })
  if (job === null) throw new Error('There is no job to be taken.')
  return job
}

const step = (job: HeldJob) => jobSteps['assign-managed-event']({ ...org.owner.ctx, actor: systemActor }, job)
const find = (jobId: string | null) =>
  org.owner.ctx.db.job.findUniqueOrThrow({ where: { orgId_id: { orgId: org.orgId, id: jobId ?? '' } } })

describe('C7: a managed event for a large group', () => {
  it('is given by a job with progress; whoever leaves, joins or takes over meanwhile is dealt with once', async () => {
    const { ctx } = org.owner
    const { managedEventId, jobId, copies } = await assigned()
    expect(copies).toBe(1_051)
    expect(await holders(managedEventId)).toEqual([org.owner.userId])
    const first = await claim()
    const second = await step(first)
    const late = await newPerson(org.scim)
    await addGroupMembers(ctx, { groupId, userIds: [late.id] })
    expect(await holders(managedEventId)).toContain(late.id)
    const leaver = members.at(-1) ?? ''
    await removeGroupMembers(ctx, { groupId, userIds: [leaver, members[0] ?? ''] })
    await addGroupMembers(ctx, { groupId, userIds: [members[0] ?? ''] })
    expect(await find(jobId)).toMatchObject({ state: 'running', done: 50, total: 1_050 })
    clock.advance(2 * minute)
    const taken = await claim()
    await expect(step(second ?? first)).rejects.toThrow(LostLease)
    for (let job: HeldJob | null = taken; job !== null;) job = await step(job)
    const expected = [org.owner.userId, ...members.filter(id => id !== leaver), late.id].sort()
    expect(await holders(managedEventId)).toEqual(expected)
    expect(await find(jobId)).toMatchObject({ state: 'done', done: 1_050, result: { copies: 1_049 } })
    await addGroupMembers(ctx, { groupId, userIds: [leaver] })
    await removeGroupMembers(ctx, { groupId, userIds: [late.id] })
  })

  it('gives nothing once it is taken from the group', async () => {
    const { managedEventId, jobId } = await assigned()
    await step(await claim())
    await unassignManagedEvent(org.owner.ctx, { managedEventId, groupIds: [groupId], userIds: [] })
    clock.advance(2 * minute)
    await workOff(org.owner.ctx)
    expect(await find(jobId)).toMatchObject({ state: 'done' })
    expect(await holders(managedEventId)).toEqual([org.owner.userId])
  })

  it('is made up for by assigning again when the job was cancelled', async () => {
    const { managedEventId, jobId } = await assigned()
    await step(await claim())
    await cancelJob(org.owner.ctx, { jobId: jobId ?? '' })
    const again = await assignManagedEvent(org.owner.ctx, {
      managedEventId,
      groupIds: [groupId],
      userIds: [],
    })
    expect(again).toEqual({ copies: 1_000, jobId: null, fresh: [] })
    expect(await holders(managedEventId)).toHaveLength(1_051)
  })
})

// What the server does by itself, when something of it fails: everybody else still gets their turn.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { deleteOrganization } from '#server/domain/organizations/delete-organization.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { hourSteps, inEveryOrganization, type FailureLog } from '#server/housekeeping.ts'
import type { Database } from '#server/db/open.ts'
import { buildWorld, type World } from '#server/world.ts'
import { freshDatabase } from '#test/support/database.ts'
import { day, fakeClock, type FakeClock } from '#test/support/fake-clock.ts'
import { newBareOrganization, newPerson, operatorActor } from '#test/support/make-world.ts'

let world: World
let clock: FakeClock
let database: Database
beforeAll(async () => {
  clock = fakeClock()
  database = await freshDatabase()
  world = buildWorld(database, { clock })
})
afterAll(() => database.close())

/** A log that remembers which step of which organization failed. */
function remember(): { log: FailureLog; failures: { orgId: string; step: string }[] } {
  const failures: { orgId: string; step: string }[] = []
  return { failures, log: { error: (what: unknown) => failures.push(what as (typeof failures)[number]) } }
}

/** Organizations with somebody each whose grace period is over. */
async function withSomebodyDue(count: number) {
  const made = []
  for (let index = 0; index < count; index += 1) {
    const { scim } = await newBareOrganization(world)
    const { id } = await newPerson(scim)
    await deleteUser(scim, { userId: id, graceDays: 0 })
    made.push({
      scim,
      orgId: scim.orgId,
      left: () => scim.db.user.count({ where: { orgId: scim.orgId, id } }),
    })
  }
  clock.advance(day)
  return made
}

describe('a round of housekeeping', () => {
  it('goes on with the next step and the next organization when one fails', async () => {
    const made = await withSomebodyDue(3)
    const broken = made[1]
    // A retention that leads out of the calendar: its logs cannot be pruned.
    await broken?.scim.db.organization.update({
      where: { id: broken.orgId },
      data: { logRetentionDays: 2_000_000_000 },
    })
    const { log, failures } = remember()
    await inEveryOrganization(world, hourSteps, log)
    expect(failures.map(({ orgId, step }) => ({ orgId, step }))).toEqual([
      ...['prune logs', 'mails', 'old notices'].map(step => ({ orgId: broken?.orgId, step })),
    ])
    expect(await Promise.all(made.map(each => each.left()))).toEqual([0, 0, 0])
  })

  it('leaves an organization that is deleted meanwhile, and goes on', async () => {
    const made = await withSomebodyDue(3)
    const going = made[1]?.orgId ?? ''
    const { log, failures } = remember()
    const steps = [
      [
        'delete',
        async (ctx: Context) => {
          if (ctx.orgId !== going) return
          const { name } = await ctx.db.organization.findUniqueOrThrow({ where: { id: going } })
          const operator = world.installationFor(operatorActor)
          await deleteOrganization(operator, { organizationId: going, confirmName: name })
        },
      ] as const,
      ...hourSteps,
    ]
    await inEveryOrganization(world, steps, log)
    expect(failures.filter(({ orgId }) => orgId === going)).toEqual([])
    expect(await Promise.all(made.map(each => each.left()))).toEqual([0, 0, 0])
  })
})

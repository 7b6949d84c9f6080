// The counters beside the log always equal the counted rows, whatever happened to people.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { DomainError } from '#server/domain/error.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { purgeDeletedUsers } from '#server/domain/users/purge-deleted-users.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { userStatuses } from '#server/domain/users/rules/user.ts'
import { day, fakeClock } from '#test/support/fake-clock.ts'
import {
  makeWorld,
  newOrganization,
  newPerson,
  testOrigin,
  type TestOrganization,
} from '#test/support/make-world.ts'

const settings = provisioningSettings({})
const steps = [
  'create',
  'create idle',
  'deactivate',
  'reactivate',
  'rename',
  'delete',
  'restore',
  'promote',
  'purge',
] as const

const history = fc.array(fc.record({ step: fc.constantFrom(...steps), who: fc.nat(5) }), {
  minLength: 5,
  maxLength: 40,
})

it('after any history, in parallel or one by one', async () => {
  const clock = fakeClock()
  const world = await makeWorld({ clock })

  const take = async (
    org: TestOrganization,
    people: string[],
    { step, who }: { step: string; who: number },
  ): Promise<unknown> => {
    const { scim, owner } = org
    const userId = people[who % people.length] ?? ''
    const active = (wanted: boolean) =>
      reviseUser(scim, { userId, settings, revise: current => ({ ...current, active: wanted }) })
    switch (step) {
      case 'create':
      case 'create idle':
        return people.push((await newPerson(scim, {}, { active: step === 'create' })).id)
      case 'deactivate':
        return active(false)
      case 'reactivate':
        return active(true)
      case 'rename':
        return reviseUser(scim, {
          userId,
          settings,
          revise: current => ({ ...current, document: { ...current.document, title: clock.newId() } }),
        })
      case 'delete':
        return deleteUser(scim, { userId, graceDays: who % 2 })
      case 'restore':
        return restoreUser(owner.ctx, { userId })
      case 'promote':
        return changeUserRole(owner.ctx, { userId, role: 'admin' })
      default:
        clock.advance(day)
        return purgeDeletedUsers(
          world.contextFor(org.orgId, { kind: 'system', name: 'Rollcall', origin: testOrigin }),
        )
    }
  }

  const property = fc.asyncProperty(history, fc.nat(3), async (tasks, atOnce) => {
    const org = await newOrganization(world, { seats: 6 })
    const people = [(await newPerson(org.scim)).id]
    for (let from = 0; from < tasks.length; from += atOnce + 1) {
      const settled = await Promise.allSettled(
        tasks.slice(from, from + atOnce + 1).map(task => take(org, people, task)),
      )
      for (const each of settled)
        if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(DomainError)
      await expectCounted(org)
    }
  })
  await fc.assert(property, { numRuns: 12 })
})

async function expectCounted({ scim, orgId }: TestOrganization): Promise<void> {
  const stream = await scim.db.organizationStream.findUniqueOrThrow({ where: { orgId } })
  const counted = await Promise.all(
    userStatuses.map(status => scim.db.user.count({ where: { orgId, status } })),
  )
  expect(userStatuses.map(status => stream[status])).toEqual(counted)
  expect(stream.pending + stream.active).toBeLessThanOrEqual(6)
  expect(Number(stream.sequence)).toBe(await scim.db.provisioningEvent.count({ where: { orgId } }))
}

// Copies always equal what assignments and memberships say, after any history, in parallel or one by one.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DomainError } from '#server/domain/error.ts'
import { createEventType } from '#server/domain/event-types/create-event-type.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { deleteGroupByHand } from '#server/domain/groups/delete-group-by-hand.ts'
import { reviseGroup } from '#server/domain/groups/revise-group.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { deleteManagedEvent } from '#server/domain/managed-events/delete-managed-event.ts'
import { unassignManagedEvent } from '#server/domain/managed-events/unassign-managed-event.ts'
import { updateManagedEventCopy } from '#server/domain/managed-events/update-managed-event-copy.ts'
import { updateManagedEvent } from '#server/domain/managed-events/update-managed-event.ts'
import { sections, type Section } from '#server/domain/managed-events/rules/section.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { removeGroupMembers } from '#server/domain/memberships/remove-group-members.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import { day, fakeClock } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'

const settings = provisioningSettings({})
const steps = [
  'join by hand',
  'leave by hand',
  'push',
  'pull',
  'replace members',
  'assign to group',
  'take from group',
  'assign to person',
  'take from person',
  'own meeting type',
  'edit copy',
  'change address',
  'lock',
  'unlock',
  'delete person',
  'restore person',
  'delete group',
  'delete managed event',
  'wait',
] as const

const step = fc.record({
  how: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...steps.slice(0, 9)) }, fc.constantFrom(...steps)),
  who: fc.nat(2),
  where: fc.nat(1),
  what: fc.nat(1),
})
const history = fc.array(step, { minLength: 10, maxLength: 30 })
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Stage {
  readonly org: TestOrganization
  readonly people: readonly string[]
  readonly groups: string[]
  readonly events: string[]
  count: number
}

it('after any history', async () => {
  const clock = fakeClock()
  const world = await makeWorld({ clock })
  const at = (stage: Stage, userId: string) =>
    world.contextFor(stage.org.orgId, { ...stage.org.owner.actor, userId, role: 'user' })

  async function newStage(): Promise<Stage> {
    const org = await newOrganization(world)
    const people = []
    for (let n = 0; n < 3; n += 1) people.push((await newPerson(org.scim)).id)
    const stage: Stage = { org, people, groups: [], events: [], count: 0 }
    for (let n = 0; n < 2; n += 1) await makeGroup(stage, n)
    for (let n = 0; n < 2; n += 1) await makeEvent(stage, n)
    return stage
  }

  async function makeGroup(stage: Stage, place: number): Promise<void> {
    stage.count += 1
    stage.groups[place] = await createGroupByHand(stage.org.owner.ctx, {
      name: `Group ${String(stage.count)}`,
    })
  }

  async function makeEvent(stage: Stage, place: number): Promise<void> {
    stage.count += 1
    const details = { name: `Event ${String(stage.count)}` }
    const booking = { slug: place === 0 ? `call-${String(stage.count)}` : `call-1-${String(stage.count)}` }
    stage.events[place] = await createManagedEvent(stage.org.owner.ctx, {
      details,
      booking,
      editable: ['booking'],
    })
  }

  async function take(stage: Stage, { how, who, where, what }: Step): Promise<unknown> {
    const { owner, scim } = stage.org
    const userId = stage.people[who] ?? ''
    const groupId = stage.groups[where] ?? ''
    const managedEventId = stage.events[what] ?? ''
    const pushed = (members: { add?: string[]; remove?: string[]; replacesAll?: boolean }) =>
      reviseGroup(scim, {
        groupId,
        settings,
        revise: current => current,
        members: { replacesAll: false, add: [], remove: [], ...members },
      })
    const assignment = { managedEventId, groupIds: [groupId], userIds: [] }
    const inPerson = { managedEventId, groupIds: [], userIds: [userId] }
    switch (how) {
      case 'join by hand':
        return addGroupMembers(owner.ctx, { groupId, userIds: [userId] })
      case 'leave by hand':
        return removeGroupMembers(owner.ctx, { groupId, userIds: [userId] })
      case 'push':
        return pushed({ add: [userId] })
      case 'pull':
        return pushed({ remove: [userId] })
      case 'replace members':
        return pushed({ add: stage.people.slice(0, who), replacesAll: true })
      case 'assign to group':
        return assignManagedEvent(owner.ctx, assignment)
      case 'take from group':
        return unassignManagedEvent(owner.ctx, assignment)
      case 'assign to person':
        return assignManagedEvent(owner.ctx, inPerson)
      case 'take from person':
        return unassignManagedEvent(owner.ctx, inPerson)
      case 'own meeting type': {
        const event = await owner.ctx.db.managedEvent.findFirst({
          where: { orgId: owner.ctx.orgId, id: managedEventId },
        })
        const slug = event?.slug ?? 'gone'
        const taken = where === 0 ? slug : `${slug}-1`
        return createEventType(at(stage, userId), { name: 'Mine', slug: taken, durationMinutes: 15 })
      }
      case 'edit copy': {
        stage.count += 1
        const contents = { booking: { slug: `mine-${String(stage.count % 5)}` } }
        return updateManagedEventCopy(at(stage, userId), { managedEventId, userId, contents })
      }
      case 'change address': {
        stage.count += 1
        const contents = {
          booking: { slug: where === 0 ? `mine-${String(who)}` : `moved-${String(stage.count)}` },
        }
        return updateManagedEvent(owner.ctx, { managedEventId, contents, editable: null })
      }
      case 'lock':
        return updateManagedEvent(owner.ctx, { managedEventId, contents: {}, editable: [] })
      case 'unlock':
        return updateManagedEvent(owner.ctx, { managedEventId, contents: {}, editable: [...sections] })
      case 'delete person':
        return deleteUser(scim, { userId, graceDays: 7 })
      case 'restore person':
        return restoreUser(owner.ctx, { userId })
      case 'delete group':
        await deleteGroupByHand(owner.ctx, { groupId })
        return makeGroup(stage, where)
      case 'delete managed event':
        await deleteManagedEvent(owner.ctx, { managedEventId })
        return makeEvent(stage, what)
      case 'wait':
        clock.advance(20 * day)
        return null
    }
  }

  const property = fc.asyncProperty(history, fc.nat(3), async (tasks, atOnce) => {
    const stage = await newStage()
    for (let from = 0; from < tasks.length; from += atOnce + 1) {
      const settled = await Promise.allSettled(
        tasks.slice(from, from + atOnce + 1).map(task => take(stage, task)),
      )
      for (const each of settled) {
        if (each.status === 'rejected' && !(each.reason instanceof DomainError)) throw each.reason
      }
      await expectInStep(stage.org)
    }
  })
  await fc.assert(property, { numRuns: 8 })
})

interface Copy {
  readonly managed_event_id: string
  readonly user_id: string
  readonly slug: string
  readonly template_slug: string
  readonly editable: Section[]
}

/** Asks the tables, not the code that wrote them. */
async function expectInStep({ scim, orgId }: TestOrganization): Promise<void> {
  const held = await scim.sql.run<Copy>(
    {
      text: `SELECT c.managed_event_id, c.user_id, c.slug, e.slug AS template_slug, to_json(e.editable) AS editable
        FROM managed_event_copies c JOIN managed_events e ON e.org_id = $1 AND e.id = c.managed_event_id
        WHERE c.org_id = $1 AND c.removed_at IS NULL`,
    },
    [],
  )
  const wanted = await scim.sql.run<Copy>(
    {
      text: `SELECT a.managed_event_id, m.user_id FROM managed_event_groups a
          JOIN memberships m ON m.org_id = $1 AND m.group_id = a.group_id
          JOIN users u ON u.org_id = $1 AND u.id = m.user_id AND u.deleted_at IS NULL WHERE a.org_id = $1
        UNION SELECT p.managed_event_id, p.user_id FROM managed_event_people p
          JOIN users u ON u.org_id = $1 AND u.id = p.user_id AND u.deleted_at IS NULL WHERE p.org_id = $1`,
    },
    [],
  )
  const pair = (copy: Copy): string => `${copy.user_id} ${copy.managed_event_id}`
  expect(held.map(pair).sort()).toEqual(wanted.map(pair).sort())
  const types = await scim.db.eventType.findMany({ where: { orgId } })
  const addresses = [
    ...held.map(({ user_id, slug }) => `${user_id} ${slug}`),
    ...types.map(({ userId, slug }) => `${userId} ${slug}`),
  ]
  expect(addresses).toEqual([...new Set(addresses)])
  const synced = held.filter(({ editable }) => !editable.includes('booking'))
  expect(synced.map(({ slug }) => slug)).toEqual(synced.map(({ template_slug }) => template_slug))
}

// Changing, duplicating and refusing templates of managed events.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { duplicateManagedEvent } from '#server/domain/managed-events/duplicate-managed-event.ts'
import { updateManagedEvent } from '#server/domain/managed-events/update-managed-event.ts'
import { contentsWith, type SectionEdits } from '#server/domain/managed-events/rules/revise.ts'
import {
  contentsOf,
  sections,
  type Contents,
  type Section,
} from '#server/domain/managed-events/rules/section.ts'
import { shareManagedEvent } from '#server/domain/managed-events/store-managed-event.sql.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import type { World } from '#server/world.ts'
import { makeWorld, newOrganization, operatorActor, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let org: TestOrganization
let owner: Context
let count = 0

beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
  owner = org.owner.ctx
})

function assigned(editable: Section[], details: Partial<Contents['details']> = {}): Promise<string> {
  count += 1
  return createManagedEvent(owner, { details: { name: `Call ${String(count)}`, ...details }, editable })
}
const edit = (managedEventId: string, contents: SectionEdits, editable: Section[] | null = null) =>
  updateManagedEvent(owner, { managedEventId, contents, editable })

describe('changing a template', () => {
  it('refuses an edit of an older revision, and wrong contents field by field', async () => {
    const id = await assigned([])
    await edit(id, { details: { description: 'x' } })
    const stale = { managedEventId: id, contents: {}, editable: null, revision: 1 }
    await expect(updateManagedEvent(owner, stale)).rejects.toMatchObject({ code: 'managed-events/stale' })
    const wrong = { details: { name: ' ', durationMinutes: 0, colour: 'red' }, booking: { slug: 'Bad Slug' } }
    await expect(edit(id, wrong)).rejects.toMatchObject({
      code: 'managed-events/bad-input',
      detail: {
        fields: [
          { path: 'details.name' },
          { path: 'details.durationMinutes' },
          { path: 'details.colour' },
          { path: 'booking.slug' },
        ],
      },
    })
  })

  it('C7: keeps every field of every section, made or changed', async () => {
    const whole = (n: number): Contents => ({
      details: {
        name: `Whole ${String(n)}`,
        durationMinutes: 45 + n,
        kind: 'group',
        colour: `#0a0b0${String(n)}`,
        description: `Description ${String(n)}`,
        capacity: 12 + n,
      },
      location: { kind: 'in-person', detail: `Room ${String(n)}` },
      questions: {
        list: [
          { label: `Why ${String(n)}?`, kind: 'text', required: true, options: [] },
          { label: 'Which?', kind: 'one-of', required: false, options: ['A', `B ${String(n)}`] },
        ],
      },
      notifications: {
        reminders: [{ minutesBefore: 60 + n, channel: 'sms' }],
        cancellationPolicy: `Policy ${String(n)}`,
      },
      booking: {
        slug: `whole-${String(n)}`,
        minimumNoticeMinutes: 30 + n,
        daysAhead: 90 + n,
        bufferBeforeMinutes: 5 + n,
        bufferAfterMinutes: 10 + n,
      },
    })
    const contents = async () => {
      const event = await shareManagedEvent(owner.sql, managedEventId)
      return event === null ? null : contentsOf(event.template)
    }
    const managedEventId = await createManagedEvent(owner, whole(1))
    expect(await contents()).toEqual(whole(1))
    await edit(managedEventId, whole(2))
    expect(await contents()).toEqual(whole(2))
  })

  it('writes nothing when nothing changes', async () => {
    const id = await assigned(['details'])
    const before = await shareManagedEvent(owner.sql, id)
    await edit(id, contentsWith(before!.template, {}), ['details'])
    expect(await shareManagedEvent(owner.sql, id)).toEqual(before)
  })

  it('copies with its locks to another address, assigned to nobody', async () => {
    const id = await assigned(['questions'], { name: 'Original' })
    const copy = await duplicateManagedEvent(owner, { managedEventId: id })
    const again = await duplicateManagedEvent(owner, { managedEventId: id })
    const rows = await owner.db.managedEvent.findMany({
      where: { orgId: org.orgId, id: { in: [copy, again] } },
    })
    expect(rows.map(({ name, slug, editable }) => [name, slug, editable]).sort()).toEqual([
      ['Copy of Original', 'original-1', ['location', 'questions']],
      ['Copy of Original', 'original-2', ['location', 'questions']],
    ])
    expect(await owner.db.managedEventCopy.count({ where: { orgId: org.orgId, managedEventId: copy } })).toBe(
      0,
    )
  })
})

describe('a plan', () => {
  it('without locks opens every section and refuses to lock, without managed events refuses all', async () => {
    const small = await newOrganization(world)
    const operator = world.contextFor(small.orgId, operatorActor)
    await updateOrganization(operator, { plan: 'standard' })
    const { ctx } = small.owner
    const id = await createManagedEvent(ctx, { details: { name: 'Open' } })
    expect((await shareManagedEvent(ctx.sql, id))?.editable).toEqual(sections)
    const noLocks = { detail: { feature: 'managedEventLocks' } }
    await expect(
      updateManagedEvent(ctx, { managedEventId: id, contents: {}, editable: ['details'] }),
    ).rejects.toMatchObject(noLocks)
    await expect(createManagedEvent(ctx, { details: { name: 'Shut' }, editable: [] })).rejects.toMatchObject(
      noLocks,
    )
    await updateOrganization(operator, { entitlements: { managedEvents: false } })
    await expect(createManagedEvent(ctx, { details: { name: 'x' } })).rejects.toMatchObject({
      detail: { feature: 'managedEvents' },
    })
    await expect(
      assignManagedEvent(ctx, { managedEventId: id, groupIds: [], userIds: [] }),
    ).rejects.toMatchObject({ detail: { feature: 'managedEvents' } })
  })
})

// What holders of a managed event see, keep and lose.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { createEventType } from '#server/domain/event-types/create-event-type.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { forgetOldCopies } from '#server/domain/managed-events/forget-old-copies.ts'
import { previewManagedEventAssignment } from '#server/domain/managed-events/preview-managed-event-assignment.ts'
import { previewManagedEventUpdate } from '#server/domain/managed-events/preview-managed-event-update.ts'
import { unassignManagedEvent } from '#server/domain/managed-events/unassign-managed-event.ts'
import { updateManagedEventCopy } from '#server/domain/managed-events/update-managed-event-copy.ts'
import { updateManagedEvent } from '#server/domain/managed-events/update-managed-event.ts'
import { baseOf, showAll, type SectionEdits } from '#server/domain/managed-events/rules/revise.ts'
import {
  contentsOf,
  sections,
  type Contents,
  type Section,
} from '#server/domain/managed-events/rules/section.ts'
import { readCopy, readRevisions } from '#server/domain/managed-events/copy.sql.ts'
import { shareManagedEvent } from '#server/domain/managed-events/store-managed-event.sql.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { removeGroupMembers } from '#server/domain/memberships/remove-group-members.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock } from '#test/support/fake-clock.ts'
import {
  makeWorld,
  newColleague,
  newOrganization,
  type TestOrganization,
  type TestPerson,
} from '#test/support/make-world.ts'

const clock = fakeClock()
let world: World
let org: TestOrganization
let owner: Context
let group: string
let count = 0

beforeAll(async () => {
  world = await makeWorld({ clock })
  org = await newOrganization(world)
  owner = org.owner.ctx
  group = await createGroupByHand(owner, { name: 'Sales' })
})

const person = (): Promise<TestPerson> => newColleague({ ...org, world }, { role: 'user' })
async function assigned(editable: Section[], details: Partial<Contents['details']> = {}): Promise<string> {
  count += 1
  const id = await createManagedEvent(owner, {
    details: { name: `Call ${String(count)}`, ...details },
    editable,
  })
  await assignManagedEvent(owner, { managedEventId: id, groupIds: [group], userIds: [] })
  return id
}
const join = ({ userId }: TestPerson) => addGroupMembers(owner, { groupId: group, userIds: [userId] })
const leave = ({ userId }: TestPerson) => removeGroupMembers(owner, { groupId: group, userIds: [userId] })
const edit = (managedEventId: string, contents: SectionEdits, editable: Section[] | null = null) =>
  updateManagedEvent(owner, { managedEventId, contents, editable })
const editCopy = (who: TestPerson, managedEventId: string, contents: SectionEdits) =>
  updateManagedEventCopy(who.ctx, { managedEventId, userId: who.userId, contents })

/** What the holder sees, or null. */
async function seen(managedEventId: string, { userId }: TestPerson): Promise<Contents | null> {
  const event = await shareManagedEvent(owner.sql, managedEventId)
  const copy = event === null ? null : await readCopy(owner.sql, { managedEventId, userId })
  if (event === null || copy === null) return null
  const revisions = sections.map(section => baseOf(section, copy, event))
  const bases = await readRevisions(owner.sql, { managedEventId, revisions })
  return contentsOf(showAll(copy, { standing: event, baseAt: at => bases.get(at)! }))
}

describe('a locked section', () => {
  it('is the same for everybody at once, and refuses holders', async () => {
    const [ada, bob] = [await person(), await person()]
    const id = await assigned([])
    await join(ada)
    await edit(id, { details: { description: 'First' }, questions: { list: [] } })
    await join(bob)
    await edit(id, { details: { description: 'Second' } })
    for (const who of [ada, bob]) expect((await seen(id, who))?.details.description).toBe('Second')
    await expect(editCopy(ada, id, { details: { description: 'Mine' } })).rejects.toMatchObject({
      code: 'managed-events/section-locked',
    })
  })

  it('overwrites what holders wrote when the lock is turned on, as the preview said', async () => {
    const ada = await person()
    const id = await assigned(['details'])
    await join(ada)
    await editCopy(ada, id, { details: { name: 'Ada’s own' } })
    expect((await seen(id, ada))?.details.name).toBe('Ada’s own')
    const preview = await previewManagedEventUpdate(owner, { managedEventId: id, contents: {}, editable: [] })
    expect(preview).toMatchObject({ synced: ['details'], overwritten: [{ section: 'details', people: 1 }] })
    await edit(id, {}, [])
    expect((await seen(id, ada))?.details.name).toMatch(/^Call /)
    await edit(id, {}, ['details'])
    expect((await seen(id, ada))?.details.name).toMatch(/^Call /)
  })

  it('is told apart from others: location is never locked', async () => {
    const ada = await person()
    const id = await assigned([])
    await join(ada)
    await editCopy(ada, id, { location: { kind: 'phone', detail: '+49' } })
    await edit(id, { location: { kind: 'custom', detail: 'Elsewhere' } })
    expect((await seen(id, ada))?.location).toEqual({ kind: 'phone', detail: '+49' })
  })
})

describe('an unlocked section', () => {
  it('is never reached by the template: holders keep what they got', async () => {
    const [early, late] = [await person(), await person()]
    const id = await assigned(['details', 'questions'])
    await join(early)
    await edit(id, { details: { description: 'New' } })
    await join(late)
    expect((await seen(id, early))?.details.description).toBe('')
    expect((await seen(id, late))?.details.description).toBe('New')
  })

  it('holds what was synced last when it is opened, also to those who came earlier', async () => {
    const ada = await person()
    const id = await assigned([])
    await join(ada)
    await edit(id, { details: { description: 'While locked' } })
    await edit(id, { details: { description: 'With the lock' } }, ['details'])
    await edit(id, { details: { description: 'Later' } })
    expect((await seen(id, ada))?.details.description).toBe('With the lock')
  })
})

describe('a holder who leaves', () => {
  /** How many the preview says would get their old copy back. */
  const returning = async (managedEventId: string, { userId }: TestPerson): Promise<number> => {
    const [assign, unassign] = [
      { groupIds: [], userIds: [userId] },
      { groupIds: [], userIds: [] },
    ]
    const asked = { managedEventId, assign, unassign, take: 1 }
    return (await previewManagedEventAssignment(owner, asked)).returning
  }

  it('and returns within 30 days finds the old copy; after that a new one', async () => {
    const ada = await person()
    const id = await assigned(['details'])
    await join(ada)
    await editCopy(ada, id, { details: { name: 'Mine' } })
    await leave(ada)
    expect(await seen(id, ada)).toBeNull()
    clock.advance(29 * day)
    await forgetOldCopies(owner)
    expect(await returning(id, ada)).toBe(1)
    await join(ada)
    expect((await seen(id, ada))?.details.name).toBe('Mine')
    await leave(ada)
    clock.advance(31 * day)
    expect(await returning(id, ada)).toBe(0)
    await join(ada)
    expect((await seen(id, ada))?.details.name).toMatch(/^Call /)
  })

  it('keeps it when they hold it otherwise, and leaves nothing behind after 30 days', async () => {
    const ada = await person()
    const id = await assigned([])
    await join(ada)
    await assignManagedEvent(owner, { managedEventId: id, groupIds: [], userIds: [ada.userId] })
    await leave(ada)
    expect(await seen(id, ada)).not.toBeNull()
    expect(
      await unassignManagedEvent(owner, { managedEventId: id, groupIds: [], userIds: [ada.userId] }),
    ).toBe(1)
    clock.advance(31 * day)
    await forgetOldCopies(owner)
    const where = { orgId: org.orgId, userId: ada.userId, managedEventId: id }
    expect(await owner.db.managedEventCopy.count({ where })).toBe(0)
  })
})

describe('the life cycle of a person', () => {
  it('deactivation freezes copies, deletion takes them, restoring brings back those assigned in person', async () => {
    const settings = provisioningSettings({})
    const ada = await person()
    const [mine, ours] = [await assigned([]), await assigned([])]
    await join(ada)
    await assignManagedEvent(owner, { managedEventId: mine, groupIds: [], userIds: [ada.userId] })
    await reviseUser(org.scim, { userId: ada.userId, settings, revise: now => ({ ...now, active: false }) })
    expect(await seen(ours, ada)).not.toBeNull()
    await deleteUser(org.scim, { userId: ada.userId, graceDays: 7 })
    expect([await seen(mine, ada), await seen(ours, ada)]).toEqual([null, null])
    await restoreUser(owner, { userId: ada.userId })
    expect(await seen(mine, ada)).not.toBeNull()
    expect(await seen(ours, ada)).toBeNull()
  })
})

describe('an address', () => {
  const own = (who: TestPerson, slug: string) =>
    createEventType(who.ctx, { name: 'Own', slug, durationMinutes: 15 })
  const slugs = async ({ userId }: TestPerson) =>
    (await owner.db.eventType.findMany({ where: { orgId: org.orgId, userId } }))
      .map(({ slug }) => slug)
      .sort()

  it('that a person uses already goes to the newcomer; theirs survives with -1, as the preview said', async () => {
    const ada = await person()
    await own(ada, 'clash')
    await own(ada, 'clash-1')
    const managedEventId = await createManagedEvent(owner, { details: { name: 'Clash' } })
    const assign = { groupIds: [], userIds: [ada.userId] }
    const nobody = { groupIds: [], userIds: [] }
    const preview = await previewManagedEventAssignment(owner, {
      managedEventId,
      assign,
      unassign: nobody,
      take: 10,
    })
    expect(preview).toMatchObject({
      gain: 1,
      lose: 0,
      slugClashes: 1,
      people: [{ clashSlug: 'clash', change: 'gain' }],
    })
    expect(await seen(managedEventId, ada)).toBeNull()
    await assignManagedEvent(owner, { managedEventId, ...assign })
    expect((await seen(managedEventId, ada))?.booking.slug).toBe('clash')
    expect(await slugs(ada)).toEqual(['clash-1', 'clash-2'])
  })

  it('is unique among managed events, and refused to people while one of theirs has it', async () => {
    await createManagedEvent(owner, { details: { name: 'Only One' } })
    await expect(createManagedEvent(owner, { details: { name: 'only one' } })).rejects.toMatchObject({
      code: 'managed-events/slug-taken',
    })
    const ada = await person()
    const id = await assigned([])
    await join(ada)
    const slug = (await seen(id, ada))?.booking.slug ?? ''
    await expect(own(ada, slug)).rejects.toMatchObject({ code: 'event-types/address-in-use' })
  })

  it('changed in a locked template moves every copy, and people’s own things aside', async () => {
    const ada = await person()
    const id = await assigned([])
    await join(ada)
    await own(ada, 'new-place')
    const contents = { booking: { slug: 'new-place' } }
    expect(
      await previewManagedEventUpdate(owner, { managedEventId: id, contents, editable: null }),
    ).toMatchObject({
      synced: ['booking'],
      slugClashes: 1,
    })
    await edit(id, contents)
    expect((await seen(id, ada))?.booking.slug).toBe('new-place')
    expect(await slugs(ada)).toEqual(['new-place-1'])
  })
})

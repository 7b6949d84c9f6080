// What holders may write into their own copies.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { createEventType } from '#server/domain/event-types/create-event-type.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { updateManagedEventCopy } from '#server/domain/managed-events/update-managed-event-copy.ts'
import type { SectionEdits } from '#server/domain/managed-events/rules/revise.ts'
import { sections } from '#server/domain/managed-events/rules/section.ts'
import { makeWorld, newColleague, newOrganization, type TestPerson } from '#test/support/make-world.ts'

let owner: Context
let ada: TestPerson
let bob: TestPerson
let managedEventId: string

beforeAll(async () => {
  const world = await makeWorld()
  const org = await newOrganization(world)
  owner = org.owner.ctx
  ada = await newColleague({ ...org, world }, { role: 'user' })
  bob = await newColleague({ ...org, world }, { role: 'user' })
  for (const name of ['Other', 'Intro']) {
    managedEventId = await createManagedEvent(owner, { details: { name }, editable: [...sections] })
    await assignManagedEvent(owner, { managedEventId, groupIds: [], userIds: [ada.userId, bob.userId] })
  }
  await createEventType(ada.ctx, { name: 'Mine', slug: 'mine', durationMinutes: 15 })
})

const edit = (by: Context, contents: SectionEdits, userId = ada.userId) =>
  updateManagedEventCopy(by, { managedEventId, userId, contents })
const booked = (slug: string): SectionEdits => ({ booking: { slug } })
const slugOf = async (userId: string): Promise<string | undefined> =>
  (await owner.db.managedEventCopy.findFirst({ where: { orgId: owner.orgId, managedEventId, userId } }))?.slug

describe('a holder', () => {
  it.each([
    ['where a managed event of theirs is', 'other'],
    ['where a meeting type of their own is', 'mine'],
  ])('C7: cannot move a copy to an address %s', async (_what, slug) => {
    await expect(edit(ada.ctx, booked(slug))).rejects.toMatchObject({
      code: 'managed-events/address-in-use',
    })
    expect(await slugOf(ada.userId)).toBe('intro')
  })

  it('C7: moves it to any other address, which others may have, too', async () => {
    for (const { ctx, userId } of [ada, bob]) {
      await edit(ctx, booked('together'), userId)
      expect(await slugOf(userId)).toBe('together')
    }
  })

  it('C7: is told field by field what cannot be taken, and writes nothing with what is the same', async () => {
    await expect(edit(ada.ctx, { details: { durationMinutes: 0 } })).rejects.toMatchObject({
      code: 'managed-events/bad-input',
      detail: { fields: [{ path: 'details.durationMinutes' }] },
    })
    const notes = () => owner.db.activity.count({ where: { orgId: owner.orgId } })
    const before = await notes()
    await edit(ada.ctx, { details: { durationMinutes: 30 } })
    expect(await notes()).toBe(before)
  })

  it('C7: edits their own and nobody else’s; an admin edits any', async () => {
    const change = { location: { detail: 'Elsewhere' } }
    await expect(edit(bob.ctx, change)).rejects.toMatchObject({ code: 'actor/not-permitted' })
    await edit(owner, change)
    const copy = await owner.db.managedEventCopy.findFirst({
      where: { orgId: owner.orgId, managedEventId, userId: ada.userId },
    })
    expect(copy?.own).toMatchObject({ location: { content: { detail: 'Elsewhere' } } })
  })
})

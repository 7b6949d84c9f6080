// Group admins and managed events: they assign to their own groups, and do nothing else.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { setGroupAdmins } from '#server/domain/groups/set-group-admins.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { deleteManagedEvent } from '#server/domain/managed-events/delete-managed-event.ts'
import { duplicateManagedEvent } from '#server/domain/managed-events/duplicate-managed-event.ts'
import { previewManagedEventAssignment } from '#server/domain/managed-events/preview-managed-event-assignment.ts'
import { previewManagedEventUpdate } from '#server/domain/managed-events/preview-managed-event-update.ts'
import { unassignManagedEvent } from '#server/domain/managed-events/unassign-managed-event.ts'
import { updateManagedEventCopy } from '#server/domain/managed-events/update-managed-event-copy.ts'
import { updateManagedEvent } from '#server/domain/managed-events/update-managed-event.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { makeWorld, newColleague, newOrganization, newPerson } from '#test/support/make-world.ts'

let owner: Context
let chief: Context
let groups: readonly [mine: string, others: string]
let managedEventId: string
let userId: string

beforeAll(async () => {
  const world = await makeWorld()
  const org = await newOrganization(world)
  owner = org.owner.ctx
  groups = [
    await createGroupByHand(owner, { name: 'Mine' }),
    await createGroupByHand(owner, { name: 'Others' }),
  ]
  const person = await newColleague({ ...org, world }, { role: 'user' })
  await setGroupAdmins(owner, { groupId: groups[0], userIds: [person.userId] })
  chief = world.contextFor(org.orgId, { ...person.actor, role: 'group_admin' })
  managedEventId = await createManagedEvent(owner, { details: { name: 'Intro' } })
  userId = (await newPerson(org.scim)).id
  await addGroupMembers(owner, { groupId: groups[0], userIds: [userId] })
})

const to = (groupIds: readonly string[], userIds: readonly string[] = []) => ({
  managedEventId,
  groupIds,
  userIds,
})
const preview = (assign: { groupIds: readonly string[]; userIds: readonly string[] }) =>
  previewManagedEventAssignment(chief, {
    managedEventId,
    assign,
    unassign: { groupIds: [], userIds: [] },
    take: 5,
  })

describe('a group admin', () => {
  it('C7: previews, assigns and takes away managed events in the own group', async () => {
    expect(await preview(to([groups[0]]))).toMatchObject({ gain: 1, people: [{ id: userId }] })
    expect(await assignManagedEvent(chief, to([groups[0]]))).toMatchObject({ copies: 1 })
    expect(await unassignManagedEvent(chief, to([groups[0]]))).toBe(1)
  })

  it.each([
    ['another group', () => to([groups[1]]), 'groups/unknown'],
    ['the own group and another one', () => to(groups), 'groups/unknown'],
    ['a person', () => to([groups[0]], [userId]), 'actor/not-permitted'],
  ])('C7: does not do so for %s', async (_whom, wanted, code) => {
    for (const refused of [
      () => preview(wanted()),
      () => assignManagedEvent(chief, wanted()),
      () => unassignManagedEvent(chief, wanted()),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code })
    }
  })

  it('C7: neither makes nor changes managed events, nor what somebody else holds', async () => {
    await assignManagedEvent(owner, to([groups[0]]))
    const change = { managedEventId, contents: {}, editable: null }
    for (const refused of [
      () => createManagedEvent(chief, { details: { name: 'x' } }),
      () => updateManagedEvent(chief, change),
      () => previewManagedEventUpdate(chief, change),
      () => duplicateManagedEvent(chief, { managedEventId }),
      () => deleteManagedEvent(chief, { managedEventId }),
      () => updateManagedEventCopy(chief, { managedEventId, userId, contents: {} }),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'actor/not-permitted' })
    }
  })
})

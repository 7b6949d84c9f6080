// What a plan lacks is refused by the domain, whoever asks: every use case of groups, mapping and managed events.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { undoChangeSet } from '#server/domain/change-sets/undo-change-set.ts'
import { changeSourceAttribute } from '#server/domain/group-mappings/change-source-attribute.ts'
import { previewGroupMapping } from '#server/domain/group-mappings/preview-group-mapping.ts'
import { saveGroupMapping } from '#server/domain/group-mappings/save-group-mapping.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { createGroup } from '#server/domain/groups/create-group.ts'
import { deleteGroupByHand } from '#server/domain/groups/delete-group-by-hand.ts'
import { renameGroup } from '#server/domain/groups/rename-group.ts'
import { reviseGroup } from '#server/domain/groups/revise-group.ts'
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
import { previewGroupMembers } from '#server/domain/memberships/preview-group-members.ts'
import { removeGroupMembers } from '#server/domain/memberships/remove-group-members.ts'
import type { Entitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import type { World } from '#server/world.ts'
import { makeWorld, newOrganization, operatorActor, type TestOrganization } from '#test/support/make-world.ts'
import { draft, groupsOf, saveAndApply, send } from './group-mappings/placing.ts'

let world: World
let org: TestOrganization
let owner: Context
let groupId: string
let managedEventId: string
let changeSetId: string

beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
  owner = org.owner.ctx
  groupId = await createGroupByHand(owner, { name: 'Sales' })
  changeSetId = (await saveAndApply(owner, draft({ Sales: groupId }))).changeSetId
  managedEventId = await createManagedEvent(owner, { details: { name: 'Intro' }, editable: ['questions'] })
  await assignManagedEvent(owner, { managedEventId, groupIds: [groupId], userIds: [org.owner.userId] })
})

const settings = provisioningSettings({})
const members = { replacesAll: false, add: [], remove: [] }
const names = { displayName: 'Pushed', externalId: null }
const nobody = { groupIds: [], userIds: [] }
const toGroup = () => ({ managedEventId, groupIds: [groupId], userIds: [] })
const toPerson = () => ({ managedEventId, groupIds: [], userIds: [org.owner.userId] })
const preview = (assign: { groupIds: string[]; userIds: string[] }) =>
  previewManagedEventAssignment(owner, { managedEventId, assign, unassign: nobody, take: 1 })
const edit = { contents: { location: { detail: 'Elsewhere' } }, editable: null }

type UseCases = Readonly<Record<string, () => Promise<unknown>>>

const ofMapping: UseCases = {
  previewGroupMapping: () => previewGroupMapping(owner, draft({})),
  saveGroupMapping: () => saveGroupMapping(owner, { draft: draft({}), fingerprint: null, version: 1 }),
  changeSourceAttribute: () => changeSourceAttribute(owner, { attribute: 'title' }),
  undoChangeSet: () => undoChangeSet(owner, { changeSetId }),
}

const needs: Partial<Record<Entitlement, UseCases>> = {
  groups: {
    ...ofMapping,
    createGroupByHand: () => createGroupByHand(owner, { name: 'x' }),
    renameGroup: () => renameGroup(owner, { groupId, name: 'x' }),
    addGroupMembers: () => addGroupMembers(owner, { groupId, userIds: [] }),
    previewGroupMembers: () => previewGroupMembers(owner, { groupId, userIds: [] }),
    removeGroupMembers: () => removeGroupMembers(owner, { groupId, userIds: [] }),
    setGroupAdmins: () => setGroupAdmins(owner, { groupId, userIds: [] }),
    'createGroup, pushed': () => createGroup(org.scim, { names, members: [], settings }),
    'reviseGroup, pushed': () =>
      reviseGroup(org.scim, { groupId, settings, revise: current => current, members }),
    'assignManagedEvent to a group': () => assignManagedEvent(owner, toGroup()),
    'previewManagedEventAssignment to a group': () => preview(toGroup()),
  },
  scim: ofMapping,
  managedEvents: {
    createManagedEvent: () => createManagedEvent(owner, { details: { name: 'x' } }),
    updateManagedEvent: () => updateManagedEvent(owner, { managedEventId, ...edit }),
    previewManagedEventUpdate: () => previewManagedEventUpdate(owner, { managedEventId, ...edit }),
    duplicateManagedEvent: () => duplicateManagedEvent(owner, { managedEventId }),
    assignManagedEvent: () => assignManagedEvent(owner, toPerson()),
    previewManagedEventAssignment: () => preview(toPerson()),
    updateManagedEventCopy: () =>
      updateManagedEventCopy(owner, { managedEventId, userId: org.owner.userId, contents: edit.contents }),
  },
  managedEventLocks: {
    'createManagedEvent, locked': () => createManagedEvent(owner, { details: { name: 'x' }, editable: [] }),
    'duplicateManagedEvent, locked': () => duplicateManagedEvent(owner, { managedEventId }),
    'updateManagedEvent that locks': () =>
      updateManagedEvent(owner, { managedEventId, contents: {}, editable: [] }),
    'previewManagedEventUpdate that locks': () =>
      previewManagedEventUpdate(owner, { managedEventId, contents: {}, editable: [] }),
  },
}

const without = async (flag: Entitlement, work: () => Promise<unknown>): Promise<void> => {
  const operator = world.contextFor(org.orgId, operatorActor)
  await updateOrganization(operator, { entitlements: { [flag]: false } })
  await work()
  await updateOrganization(operator, { entitlements: { [flag]: true } })
}

const outcome = (work: () => Promise<unknown>): Promise<unknown> =>
  work().then(
    () => 'done',
    (error: unknown) => error,
  )

describe('a plan without', () => {
  const cases = Object.entries(needs).flatMap(([flag, useCases]) =>
    Object.entries(useCases).map(([name, work]) => [flag as Entitlement, name, work] as const),
  )
  it.each(cases)('C10: %s refuses %s', async (flag, _name, work) => {
    await without(flag, async () => {
      expect(await outcome(work)).toMatchObject({
        code: 'organizations/not-in-plan',
        detail: { feature: flag },
      })
    })
  })

  it('C10: groups lets nobody be moved by the mapping, and loses nobody', async () => {
    await send(org.scim, org.admin.userId, { value: 'Sales' })
    await without('groups', () => send(org.scim, org.admin.userId, { value: null }))
    expect(await groupsOf(org.scim, org.admin.userId)).toEqual(['Sales: mapping Sales'])
  })

  it('C10: groups and managed events still lets everything be tidied up', async () => {
    const spare = await createGroupByHand(owner, { name: 'Spare' })
    const event = await createManagedEvent(owner, { details: { name: 'Spare' } })
    await assignManagedEvent(owner, { ...nobody, managedEventId: event, groupIds: [spare] })
    await without('groups', () =>
      without('managedEvents', async () => {
        await previewManagedEventAssignment(owner, {
          managedEventId: event,
          assign: nobody,
          unassign: { groupIds: [spare], userIds: [] },
          take: 1,
        })
        await unassignManagedEvent(owner, { ...nobody, managedEventId: event, groupIds: [spare] })
        await deleteManagedEvent(owner, { managedEventId: event })
        await deleteGroupByHand(owner, { groupId: spare })
      }),
    )
  })
})

// The use cases about groups and managed events that take an id, for the contract between organizations.
import type { Context } from '#server/domain/context.ts'
import { deleteGroupByHand } from '#server/domain/groups/delete-group-by-hand.ts'
import { renameGroup } from '#server/domain/groups/rename-group.ts'
import { setGroupAdmins } from '#server/domain/groups/set-group-admins.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
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

import { deleteGroup } from '#server/domain/groups/delete-group.ts'
import { findGroup } from '#server/domain/groups/find-group.ts'
import { reviseGroup } from '#server/domain/groups/revise-group.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'

const settings = provisioningSettings({})
const noMembers = { replacesAll: true, add: [], remove: [] }

type UseCase = (ctx: { owner: Context; scim: Context }, id: string) => Promise<unknown>

const ownId = ({ actor }: Context): string => (actor.kind === 'person' ? actor.userId : '')

/** By the id of a group. */
export const ofGroups: Record<string, UseCase> = {
  findGroup: ({ scim }, groupId) => findGroup(scim, { groupId }),
  reviseGroup: ({ scim }, groupId) =>
    reviseGroup(scim, { groupId, settings, revise: current => current, members: noMembers }),
  deleteGroup: ({ scim }, groupId) => deleteGroup(scim, { groupId }),
  renameGroup: ({ owner }, groupId) => renameGroup(owner, { groupId, name: 'x' }),
  deleteGroupByHand: ({ owner }, groupId) => deleteGroupByHand(owner, { groupId }),
  setGroupAdmins: ({ owner }, groupId) => setGroupAdmins(owner, { groupId, userIds: [] }),
  addGroupMembers: ({ owner }, groupId) => addGroupMembers(owner, { groupId, userIds: [] }),
  previewGroupMembers: ({ owner }, groupId) => previewGroupMembers(owner, { groupId, userIds: [] }),
  removeGroupMembers: ({ owner }, groupId) => removeGroupMembers(owner, { groupId, userIds: [] }),
}

const nobody = { groupIds: [], userIds: [] }
/** By the id of a managed event. */
export const ofManagedEvents: Record<string, UseCase> = {
  updateManagedEvent: ({ owner }, managedEventId) =>
    updateManagedEvent(owner, { managedEventId, contents: {}, editable: null }),
  previewManagedEventUpdate: ({ owner }, managedEventId) =>
    previewManagedEventUpdate(owner, { managedEventId, contents: {}, editable: null }),
  duplicateManagedEvent: ({ owner }, managedEventId) => duplicateManagedEvent(owner, { managedEventId }),
  deleteManagedEvent: ({ owner }, managedEventId) => deleteManagedEvent(owner, { managedEventId }),
  assignManagedEvent: ({ owner }, managedEventId) => assignManagedEvent(owner, { managedEventId, ...nobody }),
  unassignManagedEvent: ({ owner }, managedEventId) =>
    unassignManagedEvent(owner, { managedEventId, ...nobody }),
  previewManagedEventAssignment: ({ owner }, managedEventId) =>
    previewManagedEventAssignment(owner, { managedEventId, assign: nobody, unassign: nobody, take: 1 }),
  updateManagedEventCopy: ({ owner }, managedEventId) =>
    updateManagedEventCopy(owner, { managedEventId, userId: ownId(owner), contents: {} }),
}

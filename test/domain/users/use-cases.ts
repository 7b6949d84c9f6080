// The use cases of people that take an id, for the contract between organizations.
import type { Context } from '#server/domain/context.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { findUser } from '#server/domain/users/find-user.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { removeUser } from '#server/domain/users/remove-user.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { transferOwnership } from '#server/domain/users/transfer-ownership.ts'
import { resendInvitation } from '#server/domain/invitations/resend-invitation.ts'
import { withdrawInvitation } from '#server/domain/invitations/withdraw-invitation.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'

type UseCase = (ctx: { owner: Context; scim: Context }, id: string) => Promise<unknown>
const settings = provisioningSettings({})

export const ofPeople: Record<string, UseCase> = {
  findUser: ({ scim }, userId) => findUser(scim, { userId }),
  reviseUser: ({ scim }, userId) =>
    reviseUser(scim, { userId, settings, revise: current => ({ ...current, active: false }) }),
  deleteUser: ({ scim }, userId) => deleteUser(scim, { userId, graceDays: 0 }),
  removeUser: ({ owner }, userId) => removeUser(owner, { userId, confirmUserName: 'x' }),
  restoreUser: ({ owner }, userId) => restoreUser(owner, { userId }),
  switchUser: ({ owner }, userId) => switchUser(owner, { userId, active: false }),
  changeUserRole: ({ owner }, userId) => changeUserRole(owner, { userId, role: 'admin' }),
  transferOwnership: ({ owner }, userId) => transferOwnership(owner, { userId, confirmUserName: 'x' }),
  resendInvitation: ({ owner }, userId) => resendInvitation(owner, { userId }),
  withdrawInvitation: ({ owner }, userId) => withdrawInvitation(owner, { userId }),
}

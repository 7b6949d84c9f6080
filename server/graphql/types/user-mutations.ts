// Changing people by hand.
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { removeUser } from '#server/domain/users/remove-user.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import { transferOwnership } from '#server/domain/users/transfer-ownership.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { localId, uuidOrNobody } from '../ids.ts'
import {
  ConflictProblem,
  declared,
  ForbiddenProblem,
  InvalidInputProblem,
  ManagedByIdentityProviderProblem,
  NotFoundProblem,
  SeatLimitProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { UserRole } from './enums.ts'
import { User } from './user.ts'

interface Changed {
  readonly userId: string
}

export const UserPayload = builder.objectRef<Changed>('UserPayload').implement({
  description: 'The person after the change.',
  authScopes: { anyone: true },
  fields: t => ({
    user: t.prismaField({
      type: User,
      description: 'The person as they are now.',
      resolve: (query, { userId }, _args, { call }) =>
        call.org.db.user.findUniqueOrThrow({
          ...query,
          where: { orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(userId) } },
        }),
    }),
  }),
})

export const UserIdInput = builder.inputType('UserIdInput', {
  description: 'Which person.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the person.' }) }),
})

/** Ids of other types and organizations reach the use case as they are: it knows none of them. */
export function changePerson(
  call: Call,
  id: string,
  work: (userId: string) => Promise<void>,
): Promise<Changed> {
  const userId = localId('User', id) ?? id
  return declared(async () => {
    await work(userId)
    return { userId }
  })
}

builder.mutationField('deactivateUser', t =>
  t.field({
    type: UserPayload,
    description:
      "Takes a person's access away at once; everything they have stays. Not while SCIM is enforced.",
    authScopes: { may: 'users:write' },
    args: { input: t.arg({ type: UserIdInput, required: true, description: 'Which person.' }) },
    errors: resultOf('DeactivateUser', [
      ForbiddenProblem,
      ManagedByIdentityProviderProblem,
      NotFoundProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      changePerson(call, input.id, userId => switchUser(call.org, { userId, active: false })),
  }),
)

builder.mutationField('reactivateUser', t =>
  t.field({
    type: UserPayload,
    description: 'Gives a deactivated person access again; needs a free seat. Not while SCIM is enforced.',
    authScopes: { may: 'users:write' },
    args: { input: t.arg({ type: UserIdInput, required: true, description: 'Which person.' }) },
    errors: resultOf('ReactivateUser', [
      ForbiddenProblem,
      ManagedByIdentityProviderProblem,
      NotFoundProblem,
      SeatLimitProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      changePerson(call, input.id, userId => switchUser(call.org, { userId, active: true })),
  }),
)

const RemoveUserInput = builder.inputType('RemoveUserInput', {
  description: 'Which person, with confirmation.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the person.' }),
    confirmUserName: t.string({
      required: true,
      description: "The person's exact user name, typed as confirmation.",
    }),
  }),
})

builder.mutationField('removeUser', t =>
  t.field({
    type: UserPayload,
    description:
      'Deletes a deactivated person; restorable until the grace period ends. While SCIM is enforced only the owner may.',
    authScopes: { may: 'users:write' },
    args: { input: t.arg({ type: RemoveUserInput, required: true, description: 'Which person.' }) },
    errors: resultOf('RemoveUser', [
      ForbiddenProblem,
      ManagedByIdentityProviderProblem,
      NotFoundProblem,
      InvalidInputProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      changePerson(call, input.id, userId =>
        removeUser(call.org, { userId, confirmUserName: input.confirmUserName }),
      ),
  }),
)

builder.mutationField('restoreUser', t =>
  t.field({
    type: UserPayload,
    description: 'Brings a deleted person back within the grace period, deactivated.',
    authScopes: { may: 'users:restore' },
    args: { input: t.arg({ type: UserIdInput, required: true, description: 'Which person.' }) },
    errors: resultOf('RestoreUser', [ForbiddenProblem, NotFoundProblem, SeatLimitProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      changePerson(call, input.id, userId => restoreUser(call.org, { userId })),
  }),
)

const ChangeUserRoleInput = builder.inputType('ChangeUserRoleInput', {
  description: 'Which person gets which role.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the person.' }),
    role: t.field({
      type: UserRole,
      required: true,
      description: 'The new role; ownership cannot be given this way.',
    }),
  }),
})

builder.mutationField('changeUserRole', t =>
  t.field({
    type: UserPayload,
    description: 'Changes what a person may do in the console; also while SCIM is enforced.',
    authScopes: { may: 'roles:write' },
    args: { input: t.arg({ type: ChangeUserRoleInput, required: true, description: 'Who becomes what.' }) },
    errors: resultOf('ChangeUserRole', [ForbiddenProblem, NotFoundProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      changePerson(call, input.id, userId => changeUserRole(call.org, { userId, role: input.role })),
  }),
)

const TransferOwnershipInput = builder.inputType('TransferOwnershipInput', {
  description: 'Who is to own the organization, with confirmation.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the person.' }),
    confirmUserName: t.string({
      required: true,
      description: "The person's exact user name, typed as confirmation.",
    }),
  }),
})

builder.mutationField('transferOwnership', t =>
  t.field({
    type: UserPayload,
    description:
      'Makes an active person the owner, and the owner an admin; their recovery codes end. For the owner in person, also while SCIM is enforced.',
    authScopes: { may: 'ownership:transfer' },
    args: { input: t.arg({ type: TransferOwnershipInput, required: true, description: 'Which person.' }) },
    errors: resultOf('TransferOwnership', [
      ForbiddenProblem,
      NotFoundProblem,
      InvalidInputProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      changePerson(call, input.id, userId =>
        transferOwnership(call.org, { userId, confirmUserName: input.confirmUserName }),
      ),
  }),
)

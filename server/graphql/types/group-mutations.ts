// Changing groups by hand.
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { deleteGroupByHand } from '#server/domain/groups/delete-group-by-hand.ts'
import { renameGroup } from '#server/domain/groups/rename-group.ts'
import { setGroupAdmins } from '#server/domain/groups/set-group-admins.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { removeGroupMembers } from '#server/domain/memberships/remove-group-members.ts'
import { builder } from '../builder.ts'
import { globalId, uuidIn } from '../ids.ts'
import {
  ConflictProblem,
  declared,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  ManagedByIdentityProviderProblem,
  NotFoundProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { patient } from '../time-limit.ts'
import { Group } from './group.ts'

interface Changed {
  readonly groupId: string
  readonly moved: number
  /** Who has the reason "by hand" by this call. */
  readonly given?: readonly string[]
}

const GroupPayload = builder.objectRef<Changed>('GroupPayload').implement({
  description: 'The group after the change.',
  authScopes: { anyone: true },
  fields: t => ({
    group: t.prismaField({
      type: Group,
      description: 'The group as it is now.',
      resolve: (query, { groupId }, _args, { call }) =>
        call.org.db.group.findUniqueOrThrow({
          ...query,
          where: { orgId_id: { orgId: call.org.orgId, id: groupId } },
        }),
    }),
    moved: t.exposeInt('moved', { description: 'How many people joined or left by it.' }),
    givenUserIds: t.idList({
      description:
        'Global ids of the people who are placed by hand by this call and were not before: to undo it, remove these.',
      resolve: ({ given }) => (given ?? []).map(id => globalId('User', id)),
    }),
  }),
})

const common = [ForbiddenProblem, FeatureNotInPlanProblem, NotFoundProblem, InvalidInputProblem]

const CreateGroupInput = builder.inputType('CreateGroupInput', {
  description: 'The new group.',
  fields: t => ({
    name: t.string({ required: true, description: '1 to 50 characters; unique, letter case aside.' }),
  }),
})

builder.mutationField('createGroup', t =>
  t.field({
    type: GroupPayload,
    description: 'Makes a group without members.',
    authScopes: { may: 'groups:write' },
    args: { input: t.arg({ type: CreateGroupInput, required: true, description: 'The new group.' }) },
    errors: resultOf('CreateGroup', [...common, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => ({ groupId: await createGroupByHand(call.org, input), moved: 0 })),
  }),
)

const RenameGroupInput = builder.inputType('RenameGroupInput', {
  description: 'Which group gets which name.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the group.' }),
    name: t.string({ required: true, description: '1 to 50 characters; unique, letter case aside.' }),
  }),
})

builder.mutationField('renameGroup', t =>
  t.field({
    type: GroupPayload,
    description: 'Gives a group another name; SCIM clients see it. Not for groups that the provider pushes.',
    authScopes: { may: 'groups:write' },
    args: { input: t.arg({ type: RenameGroupInput, required: true, description: 'Group and name.' }) },
    errors: resultOf('RenameGroup', [...common, ConflictProblem, ManagedByIdentityProviderProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const groupId = uuidIn('Group', input.id)
        await renameGroup(call.org, { groupId, name: input.name })
        return { groupId, moved: 0 }
      }),
  }),
)

const DeleteGroupInput = builder.inputType('DeleteGroupInput', {
  description: 'Which group.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the group.' }) }),
})

const DeleteGroupPayload = builder.objectRef<{ readonly groupId: string }>('DeleteGroupPayload').implement({
  description: 'The group is gone.',
  authScopes: { anyone: true },
  fields: t => ({
    deletedId: t.id({
      description: 'Global id of the group that was.',
      resolve: ({ groupId }) => globalId('Group', groupId),
    }),
  }),
})

builder.mutationField('deleteGroup', t =>
  t.field({
    type: DeleteGroupPayload,
    description: 'Deletes a group. `Group.deletion` says beforehand what goes with it.',
    extensions: patient(110_000),
    authScopes: { may: 'groups:write' },
    args: { input: t.arg({ type: DeleteGroupInput, required: true, description: 'Which group.' }) },
    errors: resultOf('DeleteGroup', [ForbiddenProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const groupId = uuidIn('Group', input.id)
        await deleteGroupByHand(call.org, { groupId })
        return { groupId }
      }),
  }),
)

export const membersInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: t => ({
      groupId: t.id({ required: true, description: 'Global id of the group.' }),
      userIds: t.idList({ required: true, description: 'Global ids of people.' }),
    }),
  })

const people = (ids: readonly string[]): string[] => ids.map(id => uuidIn('User', id))

builder.mutationField('addGroupMembers', t =>
  t.field({
    type: GroupPayload,
    description: 'Puts people into a group by hand. Also for its group admins, and while SCIM is enforced.',
    authScopes: { may: 'groups:read' },
    args: {
      input: t.arg({
        type: membersInput('AddGroupMembersInput', 'Who joins which group.'),
        required: true,
        description: 'Group and people.',
      }),
    },
    errors: resultOf('AddGroupMembers', common),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const groupId = uuidIn('Group', input.groupId)
        const { joined, given } = await addGroupMembers(call.org, { groupId, userIds: people(input.userIds) })
        return { groupId, moved: joined, given }
      }),
  }),
)

builder.mutationField('removeGroupMembers', t =>
  t.field({
    type: GroupPayload,
    description:
      'Takes people out of a group who were placed by hand. Who has another reason stays; whom only the identity provider placed is refused.',
    authScopes: { may: 'groups:read' },
    args: {
      input: t.arg({
        type: membersInput('RemoveGroupMembersInput', 'Who leaves which group.'),
        required: true,
        description: 'Group and people.',
      }),
    },
    errors: resultOf('RemoveGroupMembers', [...common, ManagedByIdentityProviderProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const groupId = uuidIn('Group', input.groupId)
        return {
          groupId,
          moved: await removeGroupMembers(call.org, { groupId, userIds: people(input.userIds) }),
        }
      }),
  }),
)

builder.mutationField('setGroupAdmins', t =>
  t.field({
    type: GroupPayload,
    description: 'Decides who manages a group. Users become group admins with their first group.',
    authScopes: { may: 'groups:write' },
    args: {
      input: t.arg({
        type: membersInput('SetGroupAdminsInput', 'Everyone who shall manage the group.'),
        required: true,
        description: 'Group and people.',
      }),
    },
    errors: resultOf('SetGroupAdmins', [...common, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const groupId = uuidIn('Group', input.groupId)
        await setGroupAdmins(call.org, { groupId, userIds: people(input.userIds) })
        return { groupId, moved: 0 }
      }),
  }),
)

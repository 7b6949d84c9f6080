// Changing many people at once by hand.
import { changeUserRoles, type RolesChanged } from '#server/domain/users/change-user-roles.ts'
import { resendInvitations, type InvitationsResent } from '#server/domain/invitations/resend-invitations.ts'
import { builder } from '../builder.ts'
import { globalId, localId } from '../ids.ts'
import { ConflictProblem, declared, ForbiddenProblem, InvalidInputProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { UserRole } from './enums.ts'
import { PassedOver } from './passed-over.ts'

/** Ids of other types and organizations reach the use case as they are: it knows none of them. */
const people = (ids: readonly string[]): string[] => ids.map(id => localId('User', id) ?? id)
const listed = 'Global ids of people, at most 1,000.'

const RoleChange = builder.objectRef<RolesChanged['changed'][number]>('UserRoleChange').implement({
  description: 'Somebody whose role is another one now.',
  authScopes: { anyone: true },
  fields: t => ({
    id: t.id({ description: 'Global id of the person.', resolve: ({ userId }) => globalId('User', userId) }),
    displayName: t.exposeString('name', { description: 'The name to show.' }),
    before: t.field({ type: UserRole, description: 'The role they had.', resolve: ({ before }) => before }),
  }),
})

const RolesPayload = builder.objectRef<RolesChanged>('ChangeUserRolesPayload').implement({
  description: 'Whose role changed; whoever had it already is in neither list.',
  authScopes: { anyone: true },
  fields: t => ({
    changed: t.field({
      type: [RoleChange],
      description: 'With the role before, so that it can be undone.',
      resolve: ({ changed }) => [...changed],
    }),
    passedOver: t.field({
      type: [PassedOver],
      description: 'For whom nothing was done, and why.',
      resolve: ({ passed }) => [...passed],
    }),
  }),
})

const ChangeUserRolesInput = builder.inputType('ChangeUserRolesInput', {
  description: 'Which people get which role.',
  fields: t => ({
    userIds: t.idList({ required: true, description: listed }),
    role: t.field({
      type: UserRole,
      required: true,
      description: 'The new role; ownership cannot be given this way.',
    }),
  }),
})

builder.mutationField('changeUserRoles', t =>
  t.field({
    type: RolesPayload,
    description:
      'Gives up to 1,000 people a role in one go; also while SCIM is enforced. Passes over the owner and the caller.',
    authScopes: { may: 'roles:write' },
    args: { input: t.arg({ type: ChangeUserRolesInput, required: true, description: 'Who becomes what.' }) },
    errors: resultOf('ChangeUserRoles', [ForbiddenProblem, InvalidInputProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(() => changeUserRoles(call.org, { userIds: people(input.userIds), role: input.role })),
  }),
)

const ResentInvitation = builder
  .objectRef<InvitationsResent['invited'][number]>('ResentInvitation')
  .implement({
    description: 'Somebody who has a new invitation; the old link no longer works.',
    authScopes: { anyone: true },
    fields: t => ({
      id: t.id({
        description: 'Global id of the person.',
        resolve: ({ userId }) => globalId('User', userId),
      }),
      displayName: t.exposeString('name', { description: 'The name to show.' }),
      address: t.exposeString('address', { description: 'Where the invitation is for.' }),
      link: t.string({
        nullable: true,
        description: 'What to send the person, shown here and never again; null when it went out by mail.',
        resolve: ({ secret }, _args, { call }) =>
          secret === null ? null : `${call.settings.publicUrl}/invitation#${secret}`,
      }),
    }),
  })

const ResentPayload = builder.objectRef<InvitationsResent>('ResendInvitationsPayload').implement({
  description: 'Who was sent a new invitation.',
  authScopes: { anyone: true },
  fields: t => ({
    invited: t.field({
      type: [ResentInvitation],
      description: 'In the order of the list.',
      resolve: ({ invited }) => [...invited],
    }),
    passedOver: t.field({
      type: [PassedOver],
      description: 'For whom nothing was done, and why.',
      resolve: ({ passed }) => [...passed],
    }),
  }),
})

const ResendInvitationsInput = builder.inputType('ResendInvitationsInput', {
  description: 'Which people.',
  fields: t => ({ userIds: t.idList({ required: true, description: listed }) }),
})

builder.mutationField('resendInvitations', t =>
  t.field({
    type: ResentPayload,
    description:
      'Sends up to 1,000 pending people a new invitation in one go; their old links no longer work. Also while SCIM is enforced.',
    authScopes: { may: 'users:write' },
    args: { input: t.arg({ type: ResendInvitationsInput, required: true, description: 'Which people.' }) },
    errors: resultOf('ResendInvitations', [ForbiddenProblem, InvalidInputProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(() => resendInvitations(call.org, { userIds: people(input.userIds) })),
  }),
)

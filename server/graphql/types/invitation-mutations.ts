// Inviting people, and accepting.
import { acceptInvitation } from '#server/domain/invitations/accept-invitation.ts'
import { inviteUsers, type Invited } from '#server/domain/invitations/invite-users.ts'
import { resendInvitation } from '#server/domain/invitations/resend-invitation.ts'
import { withdrawInvitation } from '#server/domain/invitations/withdraw-invitation.ts'
import { configureInvitations } from '#server/domain/organizations/configure-invitations.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { localId, uuidIn } from '../ids.ts'
import {
  ConflictProblem,
  declared,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  ManagedByIdentityProviderProblem,
  NotFoundProblem,
  SeatLimitProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { UserRole } from './enums.ts'
import { Organization } from './organization.ts'
import { changePerson, UserIdInput, UserPayload } from './user-mutations.ts'
import { User } from './user.ts'
import { Viewer } from './viewer.ts'

const InvitedUser = builder.objectRef<Invited>('InvitedUser').implement({
  description: 'Somebody who has an invitation now.',
  authScopes: { anyone: true },
  fields: t => ({
    user: t.prismaField({
      type: User,
      description: 'The pending person.',
      resolve: (query, { userId }, _args, { call }) =>
        call.org.db.user.findUniqueOrThrow({
          ...query,
          where: { orgId_id: { orgId: call.org.orgId, id: userId } },
        }),
    }),
    address: t.exposeString('address', { description: 'Where the invitation is for.' }),
    link: t.string({
      nullable: true,
      description: 'What to send the person, shown here and never again; null when it went out by mail.',
      resolve: ({ secret }, _args, { call }) =>
        secret === null ? null : `${call.settings.publicUrl}/invitation#${secret}`,
    }),
  }),
})

const InviteeInput = builder.inputType('InviteeInput', {
  description: 'One line of the list.',
  fields: t => ({
    address: t.string({ required: true, description: 'The e-mail address, for example ada@example.com.' }),
    name: t.string({ description: 'What the person is called; they may change it when they accept.' }),
  }),
})

const InviteUsersInput = builder.inputType('InviteUsersInput', {
  description: 'Who is invited, as what, into which groups.',
  fields: t => ({
    people: t.field({ type: [InviteeInput], required: true, description: '1 to 100 people.' }),
    role: t.field({ type: UserRole, description: 'What they may do in the console; USER without it.' }),
    groupIds: t.idList({
      description: 'Global ids of groups that they join; a group admin manages them, too.',
    }),
  }),
})

const InviteUsersPayload = builder.objectRef<readonly Invited[]>('InviteUsersPayload').implement({
  description: 'Everybody of the list is invited.',
  authScopes: { anyone: true },
  fields: t => ({
    invited: t.field({
      type: [InvitedUser],
      description: 'In the order of the list.',
      resolve: invited => [...invited],
    }),
  }),
})

builder.mutationField('inviteUsers', t =>
  t.field({
    type: InviteUsersPayload,
    description:
      'Invites up to 100 people, all of them or nobody: each is pending and holds a seat. Not while SCIM is enforced.',
    authScopes: { may: 'users:write' },
    args: { input: t.arg({ type: InviteUsersInput, required: true, description: 'Who is invited.' }) },
    errors: resultOf('InviteUsers', [
      ForbiddenProblem,
      FeatureNotInPlanProblem,
      ManagedByIdentityProviderProblem,
      InvalidInputProblem,
      NotFoundProblem,
      SeatLimitProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      declared(() =>
        inviteUsers(call.org, {
          people: input.people,
          role: input.role ?? 'user',
          groupIds: (input.groupIds ?? []).map(id => uuidIn('Group', id)),
        }),
      ),
  }),
)

const ResendInvitationPayload = builder.objectRef<Invited>('ResendInvitationPayload').implement({
  description: 'A new invitation; the old link no longer works.',
  authScopes: { anyone: true },
  fields: t => ({
    invited: t.field({
      type: InvitedUser,
      description: 'The person and the new link.',
      resolve: each => each,
    }),
  }),
})

builder.mutationField('resendInvitation', t =>
  t.field({
    type: ResendInvitationPayload,
    description:
      'Sends a pending person a new invitation; the old link no longer works. Also while SCIM is enforced, and for people whom the identity provider made.',
    authScopes: { may: 'users:write' },
    args: { input: t.arg({ type: UserIdInput, required: true, description: 'Which person.' }) },
    errors: resultOf('ResendInvitation', [ForbiddenProblem, NotFoundProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(() => resendInvitation(call.org, { userId: localId('User', input.id) ?? input.id })),
  }),
)

builder.mutationField('withdrawInvitation', t =>
  t.field({
    type: UserPayload,
    description:
      'Takes an invitation back: the pending person is deleted, seat and address are free. Not while SCIM is enforced.',
    authScopes: { may: 'users:write' },
    args: { input: t.arg({ type: UserIdInput, required: true, description: 'Which person.' }) },
    errors: resultOf('WithdrawInvitation', [
      ForbiddenProblem,
      ManagedByIdentityProviderProblem,
      NotFoundProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      changePerson(call, input.id, userId => withdrawInvitation(call.org, { userId })),
  }),
)

const ConfigureInvitationsInput = builder.inputType('ConfigureInvitationsInput', {
  description: 'How invitations go out.',
  fields: t => ({
    byMail: t.boolean({
      required: true,
      description: 'Whether they are mailed where a mail server is set; else whoever invites is shown links.',
    }),
  }),
})

const ConfigureInvitationsPayload = builder.objectRef<Call>('ConfigureInvitationsPayload').implement({
  description: 'The setting is changed.',
  authScopes: { anyone: true },
  fields: t => ({
    organization: t.prismaField({
      type: Organization,
      description: 'The organization as it is now.',
      resolve: (query, call) =>
        call.org.db.organization.findUniqueOrThrow({ ...query, where: { id: call.org.orgId } }),
    }),
  }),
})

builder.mutationField('configureInvitations', t =>
  t.field({
    type: ConfigureInvitationsPayload,
    description: 'Says whether invitations go out by mail.',
    authScopes: { may: 'users:write' },
    args: { input: t.arg({ type: ConfigureInvitationsInput, required: true, description: 'The setting.' }) },
    errors: resultOf('ConfigureInvitations', [ForbiddenProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        await configureInvitations(call.org, input)
        return call
      }),
  }),
)

const AcceptInvitationInput = builder.inputType('AcceptInvitationInput', {
  description: 'Name and password of somebody who was invited.',
  fields: t => ({
    secret: t.string({ required: true, description: 'The part of the link behind #.' }),
    name: t.string({
      required: true,
      description: "The person's name, 1 to 100 characters; ignored where the identity provider says it.",
    }),
    password: t.string({
      required: true,
      description: 'The password to sign in with, 15 to 128 characters.',
    }),
  }),
})

const AcceptInvitationPayload = builder
  .objectRef<{ readonly viewer: Call | null }>('AcceptInvitationPayload')
  .implement({
    description: 'The person is active.',
    authScopes: { anyone: true },
    fields: t => ({
      viewer: t.field({
        type: Viewer,
        nullable: true,
        description:
          'The person, who is signed in; null where the organization asks for a second step, which they set up when they sign in with their new password.',
        resolve: ({ viewer }) => viewer,
      }),
    }),
  })

builder.mutationField('acceptInvitation', t =>
  t.field({
    type: AcceptInvitationPayload,
    description:
      'Uses an invitation, once: the person is active and has a password, and their session in this browser begins.',
    authScopes: { anyone: true },
    args: { input: t.arg({ type: AcceptInvitationInput, required: true, description: 'Who accepts.' }) },
    errors: resultOf('AcceptInvitation', [
      NotFoundProblem,
      ForbiddenProblem,
      InvalidInputProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const { signedIn } = await acceptInvitation(call.installation, input)
        if (signedIn !== null) call.startSession(signedIn.actor, signedIn.session)
        return { viewer: signedIn === null ? null : call }
      }),
  }),
)

// An invitation: as admins see it on a person, and as whoever holds the link does.
import { findInvitation, type FoundInvitation } from '#server/domain/invitations/find-invitation.ts'
import type { InvitationState as DomainState } from '#server/domain/invitations/rules/invitation.ts'
import { ssoAddresses } from '#server/domain/sso/rules/connection.ts'
import { nameOf } from '../author-names.ts'
import { builder } from '../builder.ts'
import { enumOf } from './enums.ts'
import { User } from './user.ts'

interface Sent {
  readonly invitedAt: Date
  readonly sentAt: Date
  readonly expiresAt: Date
  readonly remindedAt: Date | null
  readonly invitedByKind: string
  readonly invitedById: string | null
}

const UserInvitation = builder.objectRef<Sent>('UserInvitation').implement({
  description: 'The invitation of a pending person; its link is shown to nobody a second time.',
  authScopes: { anyone: true },
  fields: t => ({
    invitedAt: t.expose('invitedAt', { type: 'DateTime', description: 'When the person was invited.' }),
    sentAt: t.expose('sentAt', { type: 'DateTime', description: 'When the link was last made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the link stops working.' }),
    remindedAt: t.expose('remindedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the automatic reminder went out; null when none did.',
    }),
    by: t.string({
      nullable: true,
      description: 'Who sent it last; null when they have no name any more.',
      resolve: ({ invitedByKind, invitedById }, _args, { call }) =>
        nameOf(call, { kind: invitedByKind, id: invitedById }),
    }),
  }),
})

builder.prismaObjectFields(User, t => ({
  invitation: t.field({
    type: UserInvitation,
    nullable: true,
    description:
      'The invitation that waits for the person; null for everybody who has none or is not pending.',
    select: { status: true, invitation: true },
    resolve: ({ status, invitation }) => (status === 'pending' ? invitation : null),
  }),
}))

const InvitationState = enumOf<DomainState, string>('InvitationState', 'What an invitation is good for.', {
  OPEN: ['open', 'It lets the person in.'],
  EXPIRED: ['expired', 'It is older than 30 days; an admin sends a new one.'],
  ACCEPTED: ['accepted', 'The person has signed in already.'],
  CLOSED: ['closed', 'The person may not sign in any more.'],
})

const Invitation = builder.objectRef<FoundInvitation>('Invitation').implement({
  description: 'What an invitation is for; the link itself is the proof.',
  authScopes: { anyone: true },
  fields: t => ({
    organizationName: t.exposeString('organizationName', { description: 'Who invites.' }),
    address: t.exposeString('address', { description: 'The address to sign in with.' }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'What the person is called so far; null when nobody has said it.',
    }),
    nameManaged: t.exposeBoolean('linked', {
      description: 'Whether the identity provider says the name, so that the person cannot.',
    }),
    state: t.field({
      type: InvitationState,
      description: 'What it is good for now.',
      resolve: ({ state }) => state,
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the link stops working.' }),
    contact: t.exposeString('contact', {
      nullable: true,
      description: 'Whom to ask for a new one; null when nobody is known.',
    }),
    signInUrl: t.string({
      nullable: true,
      description: 'Begins single sign-on, which accepts the invitation, too; null where there is none.',
      resolve: ({ orgId, sso }, _args, { call }) =>
        sso.works ? ssoAddresses(call.settings.publicUrl, orgId).signInUrl : null,
    }),
    takesPassword: t.boolean({
      description: 'Whether the person sets a password; not where single sign-on is enforced.',
      resolve: ({ sso }) => !sso.enforced,
    }),
  }),
})

builder.queryField('invitation', t =>
  t.field({
    type: Invitation,
    nullable: true,
    description:
      'What an invitation is for. Null when its link is unknown, was withdrawn or replaced by a newer one.',
    authScopes: { anyone: true },
    args: { secret: t.arg.string({ required: true, description: 'The part of the link behind #.' }) },
    resolve: (_root, { secret }, { call }) => findInvitation(call.installation, { secret }),
  }),
)

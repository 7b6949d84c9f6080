// What putting people into a group would do, before it is done.
import {
  previewGroupMembers,
  type GroupMembersPreview,
} from '#server/domain/memberships/preview-group-members.ts'
import { builder } from '../builder.ts'
import { globalId, localId, uuidIn } from '../ids.ts'
import { membersInput } from './group-mutations.ts'
import { Organization } from './organization.ts'

const MembersPreview = builder.objectRef<GroupMembersPreview>('GroupMembersPreview').implement({
  description: 'What putting people into a group would do. Nothing is written.',
  authScopes: { member: true },
  fields: t => ({
    joining: t.exposeInt('joining', { description: 'People who would join.' }),
    present: t.exposeInt('present', { description: 'People who are in it already, for whatever reason.' }),
    unknownUserIds: t.idList({
      description:
        'Global ids that are nobody in the organization (any more): with one of them nobody would be added.',
      resolve: ({ unknown }) => unknown.map(id => globalId('User', id)),
    }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  previewGroupMembers: t.field({
    type: MembersPreview,
    description: 'How many of up to 1,000 people would join a group. Also for its group admins.',
    authScopes: { may: 'groups:read' },
    args: {
      input: t.arg({
        type: membersInput('PreviewGroupMembersInput', 'Who would join which group.'),
        required: true,
        description: 'Group and people.',
      }),
    },
    resolve: (_organization, { input }, { call }) =>
      previewGroupMembers(call.org, {
        groupId: uuidIn('Group', input.groupId),
        userIds: input.userIds.map(id => localId('User', id) ?? id),
      }),
  }),
}))

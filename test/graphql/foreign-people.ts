// What is asked about people and invitations with ids that may be of another organization.
import { harmless } from './operations.ts'

const mutationByUser = (name: string, id: string): [string, object] => [
  `mutation ($input: UserIdInput!) { ${name}(input: $input) { __typename ... on Error { code } } }`,
  { input: { id } },
]

const previewOfMembers = (input: object): [string, object] => [
  `query ($input: PreviewGroupMembersInput!) {
    organization { previewGroupMembers(input: $input) { joining present } } }`,
  { input },
]

/** What is asked, of which type the id is, and how. */
export const byIdOfPeople: [string, string, (id: string) => [string, object]][] = [
  ['removeUser', 'User', id => harmless('removeUser', { id, confirmUserName: 'x' })],
  [
    'restoreUser',
    'User',
    id => [
      'mutation ($input: UserIdInput!) { restoreUser(input: $input) { __typename ... on Error { code } } }',
      { input: { id } },
    ],
  ],
  ['changeUserRole', 'User', id => harmless('changeUserRole', { id, role: 'ADMIN' })],
  ['transferOwnership', 'User', id => harmless('transferOwnership', { id, confirmUserName: 'x' })],
  ['resendInvitation', 'User', id => mutationByUser('resendInvitation', id)],
  ['changeUserRoles', 'User', id => harmless('changeUserRoles', { userIds: [id], role: 'ADMIN' })],
  ['resendInvitations', 'User', id => harmless('resendInvitations', { userIds: [id] })],
  ['previewGroupMembers', 'Group', groupId => previewOfMembers({ groupId, userIds: [] })],
  ['withdrawInvitation', 'User', id => mutationByUser('withdrawInvitation', id)],
  [
    'inviteUsers into',
    'Group',
    id => harmless('inviteUsers', { people: [{ address: 'new@example.com' }], groupIds: [id] }),
  ],
  [
    'exchanges by person',
    'User',
    id => ['query ($id: ID) { organization { exchanges(filter: { userId: $id }) { totalCount } } }', { id }],
  ],
]

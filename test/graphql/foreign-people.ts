// What is asked about people and invitations with ids that may be of another organization.

/** A mutation with what it answers: payload or code. */
export function mutation(name: string, input: object): [string, object] {
  const query = `mutation ($input: ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ... on Error { code } } }`
  return [query, { input }]
}

const mutationByUser = (name: string, id: string): [string, object] => [
  `mutation ($input: UserIdInput!) { ${name}(input: $input) { __typename ... on Error { code } } }`,
  { input: { id } },
]

/** What is asked, of which type the id is, and how. */
export const byIdOfPeople: [string, string, (id: string) => [string, object]][] = [
  ['removeUser', 'User', id => mutation('removeUser', { id, confirmUserName: 'x' })],
  [
    'restoreUser',
    'User',
    id => [
      'mutation ($input: UserIdInput!) { restoreUser(input: $input) { __typename ... on Error { code } } }',
      { input: { id } },
    ],
  ],
  ['changeUserRole', 'User', id => mutation('changeUserRole', { id, role: 'ADMIN' })],
  ['transferOwnership', 'User', id => mutation('transferOwnership', { id, confirmUserName: 'x' })],
  ['resendInvitation', 'User', id => mutationByUser('resendInvitation', id)],
  ['withdrawInvitation', 'User', id => mutationByUser('withdrawInvitation', id)],
  [
    'inviteUsers into',
    'Group',
    id => mutation('inviteUsers', { people: [{ address: 'new@example.com' }], groupIds: [id] }),
  ],
  [
    'exchanges by person',
    'User',
    id => ['query ($id: ID) { organization { exchanges(filter: { userId: $id }) { totalCount } } }', { id }],
  ],
]

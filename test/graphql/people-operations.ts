// Who may invite and change people, and that anybody may show the link they hold.
import { admins, everybody, harmless, person, type Caller } from './operations.ts'

export const operationsOfPeople: Record<string, [send: [string, object], allowed: Caller[]]> = {
  invitation: [['{ invitation(secret: "x") { organizationName } }', {}], everybody],
  acceptInvitation: [harmless('acceptInvitation', { secret: 'x', name: 'x', password: 'x' }), everybody],
  inviteUsers: [harmless('inviteUsers', { people: [] }), [...admins, 'usersKey']],
  resendInvitation: [
    ['mutation ($input: UserIdInput!) { resendInvitation(input: $input) { __typename } }', { input: person }],
    [...admins, 'usersKey'],
  ],
  withdrawInvitation: [
    [
      'mutation ($input: UserIdInput!) { withdrawInvitation(input: $input) { __typename } }',
      { input: person },
    ],
    [...admins, 'usersKey'],
  ],
  configureInvitations: [harmless('configureInvitations', { byMail: true }), [...admins, 'usersKey']],
  deactivateUser: [
    ['mutation ($input: UserIdInput!) { deactivateUser(input: $input) { __typename } }', { input: person }],
    [...admins, 'usersKey'],
  ],
  reactivateUser: [
    ['mutation ($input: UserIdInput!) { reactivateUser(input: $input) { __typename } }', { input: person }],
    [...admins, 'usersKey'],
  ],
  removeUser: [harmless('removeUser', { ...person, confirmUserName: 'x' }), [...admins, 'usersKey']],
  restoreUser: [
    ['mutation ($input: UserIdInput!) { restoreUser(input: $input) { __typename } }', { input: person }],
    ['owner'],
  ],
  transferOwnership: [
    harmless('transferOwnership', { ...person, confirmUserName: 'nobody@example.com' }),
    ['owner'],
  ],
  changeUserRoles: [harmless('changeUserRoles', { userIds: [person.id], role: 'ADMIN' }), admins],
  resendInvitations: [harmless('resendInvitations', { userIds: [person.id] }), [...admins, 'usersKey']],
  changeUserRole: [harmless('changeUserRole', { ...person, role: 'ADMIN' }), admins],
}

// Who may change how they sign in (people, each for themselves), and who is told what ends.
import {
  admins,
  bare,
  everybody,
  global,
  harmless,
  inOrganization,
  people,
  readers,
  unknown,
  type Caller,
} from './operations.ts'

const withCode = (name: string): [string, object] => [
  `mutation ($input: TwoStepCodeInput!) { ${name}(input: $input) { __typename ... on Error { code } } }`,
  { input: { code: 'x' } },
]

export const operationsOfSecurity: Record<string, [send: [string, object], allowed: Caller[]]> = {
  'organization.notices': [inOrganization('notices { totalCount openCount }'), readers],
  dismissNotice: [harmless('dismissNotice', { id: global('Notice', unknown) }), admins],
  'viewer.security': [['{ viewer { security { codesLeft } } }', {}], everybody],
  reauthenticate: [harmless('reauthenticate', { password: 'a long sentence for tests 42' }), people],
  changePassword: [harmless('changePassword', { password: 'x' }), people],
  // Before there is a secret: afterwards a wrong code is refused.
  confirmTwoStep: [withCode('confirmTwoStep'), people],
  startTwoStep: [bare('startTwoStep'), people],
  createTwoStepCodes: [bare('createTwoStepCodes'), people],
  turnTwoStepOff: [withCode('turnTwoStepOff'), people],
  requireTwoStep: [harmless('requireTwoStep', { required: false }), admins],
}

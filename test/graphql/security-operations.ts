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
  'organization.undeliveredMails': [inOrganization('undeliveredMails { failure }'), readers],
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

/** Open to everybody: what they give is the proof. Signing out comes last, for it ends the sessions of the test. */
export const operationsOfSignIn: Record<string, [send: [string, object], allowed: Caller[]]> = {
  signIn: [harmless('signIn', { email: 'x', password: 'x' }), everybody],
  signInWithRecoveryCode: [harmless('signInWithRecoveryCode', { email: 'x', code: 'x' }), everybody],
  signInWithCode: [withCode('signInWithCode'), everybody],
  startTwoStepAtSignIn: [bare('startTwoStepAtSignIn'), everybody],
  confirmTwoStepAtSignIn: [withCode('confirmTwoStepAtSignIn'), everybody],
  signOut: [['mutation { signOut { signedOut } }', {}], everybody],
}

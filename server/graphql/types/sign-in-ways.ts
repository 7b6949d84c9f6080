// Which way in someone has: by the domain of their address, by a recovery code.
import { createRecoveryCodes } from '#server/domain/sessions/create-recovery-codes.ts'
import { signInWithRecoveryCode } from '#server/domain/sessions/sign-in-with-recovery-code.ts'
import { findSignInWays, type SsoWay } from '#server/domain/sso/find-sign-in-ways.ts'
import { ssoAddresses } from '#server/domain/sso/rules/connection.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { declared, ForbiddenProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { Viewer } from './viewer.ts'

const SignInWay = builder.objectRef<SsoWay>('SignInWay').implement({
  description: 'An organization where people of this domain sign in through an identity provider.',
  authScopes: { anyone: true },
  fields: t => ({
    organizationName: t.exposeString('organizationName', { description: 'What the organization is called.' }),
    url: t.string({
      description: 'Begins the sign-in; add `?return=` and a path to land there.',
      resolve: ({ orgId }, _args, { call }) => ssoAddresses(call.settings.publicUrl, orgId).signInUrl,
    }),
    enforced: t.exposeBoolean('enforced', {
      description: 'Whether passwords are refused there, but for the owner’s.',
    }),
  }),
})

builder.queryField('signInWays', t =>
  t.field({
    type: [SignInWay],
    description:
      'Where someone with this address may sign in through an identity provider. The same for every address of a domain, so that it tells of no account; none means the password.',
    authScopes: { anyone: true },
    args: { email: t.arg.string({ required: true, description: 'The work address.' }) },
    resolve: (_root, { email }, { call }) => findSignInWays(call.installation, { email }),
  }),
)

const CreateRecoveryCodesPayload = builder
  .objectRef<readonly string[]>('CreateRecoveryCodesPayload')
  .implement({
    description: 'New recovery codes; older ones no longer work.',
    authScopes: { anyone: true },
    fields: t => ({
      codes: t.stringList({
        description: 'Ten codes, each good once, shown here and never again.',
        resolve: codes => [...codes],
      }),
    }),
  })

builder.mutationField('createRecoveryCodes', t =>
  t.field({
    type: CreateRecoveryCodesPayload,
    description: 'Makes the owner’s recovery codes: the way in when the identity provider fails. Owner only.',
    authScopes: { may: 'sso:write' },
    errors: resultOf('CreateRecoveryCodes', [ForbiddenProblem]),
    resolve: (_root, _args, { call }) => declared(() => createRecoveryCodes(call.org)),
  }),
)

const SignInWithRecoveryCodeInput = builder.inputType('SignInWithRecoveryCodeInput', {
  description: 'Address and recovery code of an owner.',
  fields: t => ({
    email: t.string({ required: true, description: 'The address.' }),
    code: t.string({ required: true, description: 'One of the ten codes.' }),
  }),
})

const SignInWithRecoveryCodePayload = builder.objectRef<Call>('SignInWithRecoveryCodePayload').implement({
  description: 'The owner is signed in; the code is used up.',
  authScopes: { anyone: true },
  fields: t => ({
    viewer: t.field({ type: Viewer, description: 'The owner.', resolve: call => call }),
  }),
})

builder.mutationField('signInWithRecoveryCode', t =>
  t.field({
    type: SignInWithRecoveryCodePayload,
    description: 'Signs the owner in with a recovery code, also while single sign-on is enforced.',
    authScopes: { anyone: true },
    args: {
      input: t.arg({ type: SignInWithRecoveryCodeInput, required: true, description: 'Address and code.' }),
    },
    errors: resultOf('SignInWithRecoveryCode', [ForbiddenProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const { actor, session } = await signInWithRecoveryCode(call.installation, input)
        call.startSession(actor, session)
        return call
      }),
  }),
)

// One's own security: what the profile shows, proving again who one is, another password.
import { changePassword } from '#server/domain/sessions/change-password.ts'
import { findOwnSecurity, type OwnSecurity } from '#server/domain/sessions/find-own-security.ts'
import { proofLife } from '#server/domain/sessions/rules/proof-is-fresh.ts'
import { reauthenticate } from '#server/domain/sessions/reauthenticate.ts'
import { ssoAddresses } from '#server/domain/sso/rules/connection.ts'
import { builder } from '../builder.ts'
import { ConflictProblem, declared, ForbiddenProblem, InvalidInputProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { Viewer } from './viewer.ts'

const Security = builder.objectRef<OwnSecurity>('Security').implement({
  description: 'How the signed-in person signs in.',
  authScopes: { anyone: true },
  fields: t => ({
    passwordChangedAt: t.expose('passwordChangedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the password was set; null for people who sign in without one.',
    }),
    twoStepSince: t.expose('twoStepSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when a second step is asked for after the password; null when it is off.',
    }),
    codesLeft: t.exposeInt('codesLeft', {
      description: 'Recovery codes of two-step sign-in that still work.',
    }),
    twoStepDemanded: t.exposeBoolean('twoStepDemanded', {
      description: 'Whether the organization demands the second step of this person.',
    }),
    keepsSecrets: t.exposeBoolean('keepsSecrets', {
      description: 'Whether this installation has a master key; two-step sign-in needs it.',
    }),
    proven: t.exposeBoolean('proven', {
      description:
        'Whether the proof of this session is younger than five minutes, as sensitive mutations want it.',
    }),
    proofUrl: t.string({
      nullable: true,
      description:
        'To open in a tab of its own: there the identity provider proves again who this is. Null for sessions that did not begin there.',
      resolve: ({ provesBySso }, _args, { call }) =>
        provesBySso ? ssoAddresses(call.settings.publicUrl, call.org.orgId).proveUrl : null,
    }),
  }),
})

builder.objectField(Viewer, 'security', t =>
  t.field({
    type: Security,
    nullable: true,
    description: 'How the signed-in person signs in; null for other callers.',
    authScopes: { anyone: true },
    resolve: (_viewer, _args, { call }) => (call.actor.kind === 'person' ? findOwnSecurity(call.org) : null),
  }),
)

const ReauthenticateInput = builder.inputType('ReauthenticateInput', {
  description: 'The proof.',
  fields: t => ({
    password: t.string({ required: true, description: 'The password.' }),
    code: t.string({
      description: 'With two-step sign-in: a code of the app, or a recovery code; null without it.',
    }),
  }),
})

const ReauthenticatePayload = builder
  .objectRef<{ readonly minutes: number }>('ReauthenticatePayload')
  .implement({
    description: 'The proof is fresh again.',
    authScopes: { anyone: true },
    fields: t => ({ minutes: t.exposeInt('minutes', { description: 'For how many minutes.' }) }),
  })

builder.mutationField('reauthenticate', t =>
  t.field({
    type: ReauthenticatePayload,
    description:
      'Proves again who the signed-in person is. Sensitive mutations answer `sessions/reauthenticate` five minutes after the last proof.',
    authScopes: { member: true },
    args: { input: t.arg({ type: ReauthenticateInput, required: true, description: 'The proof.' }) },
    errors: resultOf('Reauthenticate', [ForbiddenProblem, ConflictProblem, InvalidInputProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        await reauthenticate(call.installation, { password: input.password, code: input.code ?? null })
        return { minutes: proofLife / 60_000 }
      }),
  }),
)

const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  description: 'The other password.',
  fields: t => ({ password: t.string({ required: true, description: '15 to 128 characters.' }) }),
})

const ChangePasswordPayload = builder
  .objectRef<{ readonly ended: number }>('ChangePasswordPayload')
  .implement({
    description: 'The new password counts.',
    authScopes: { anyone: true },
    fields: t => ({ ended: t.exposeInt('ended', { description: 'How many other sessions ended.' }) }),
  })

builder.mutationField('changePassword', t =>
  t.field({
    type: ChangePasswordPayload,
    description: 'Another password for the signed-in person; ends their other sessions.',
    authScopes: { member: true },
    args: { input: t.arg({ type: ChangePasswordInput, required: true, description: 'The other password.' }) },
    errors: resultOf('ChangePassword', [ForbiddenProblem, ConflictProblem, InvalidInputProblem]),
    resolve: (_root, { input }, { call }) => declared(() => changePassword(call.org, input)),
  }),
)

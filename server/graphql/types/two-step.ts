// The second step of signing in by password: turning it on and off, its codes, and who must have it.
import { confirmTwoStep } from '#server/domain/two-step/confirm-two-step.ts'
import { createTwoStepCodes } from '#server/domain/two-step/create-two-step-codes.ts'
import type { PreparedSecret } from '#server/domain/two-step/prepare-secret.ts'
import { requireTwoStep } from '#server/domain/two-step/require-two-step.ts'
import { startTwoStep } from '#server/domain/two-step/start-two-step.ts'
import { turnTwoStepOff } from '#server/domain/two-step/turn-two-step-off.ts'
import { builder } from '../builder.ts'
import { ConflictProblem, declared, ForbiddenProblem } from '../problems.ts'
import { resultOf } from '../result.ts'

const failures = [ForbiddenProblem, ConflictProblem]

/** The secret for the app. */
export const TwoStepSecret = builder.objectRef<PreparedSecret>('TwoStepSecret').implement({
  description:
    'What an authenticator app needs, shown here and never again. Nobody is asked for it before a first code.',
  authScopes: { anyone: true },
  fields: t => ({
    uri: t.exposeString('uri', { description: '`otpauth://`, to be shown as a QR code.' }),
    text: t.exposeString('text', { description: 'The secret for typing, in groups of four.' }),
  }),
})

/** Input of every mutation that takes a code and nothing else. */
export const TwoStepCodeInput = builder.inputType('TwoStepCodeInput', {
  description: 'A code.',
  fields: t => ({
    code: t.string({ required: true, description: 'Six digits of the app; mostly also a recovery code.' }),
  }),
})

const codeArgument = { type: TwoStepCodeInput, required: true, description: 'The code.' } as const

const TwoStepCodesPayload = builder.objectRef<readonly string[]>('TwoStepCodesPayload').implement({
  description: 'Two-step sign-in is on.',
  authScopes: { anyone: true },
  fields: t => ({
    codes: t.stringList({
      description:
        'Ten recovery codes, each good once instead of a code of the app; shown here and never again.',
      resolve: codes => [...codes],
    }),
  }),
})

builder.mutationField('startTwoStep', t =>
  t.field({
    type: TwoStepSecret,
    description: 'Makes a secret for the app of the signed-in person. People with a password only.',
    authScopes: { member: true },
    errors: resultOf('StartTwoStep', failures),
    resolve: (_root, _args, { call }) => declared(() => startTwoStep(call.org)),
  }),
)

builder.mutationField('confirmTwoStep', t =>
  t.field({
    type: TwoStepCodesPayload,
    description: 'Turns two-step sign-in on: the first code proves that the secret arrived in the app.',
    authScopes: { member: true },
    args: { input: t.arg(codeArgument) },
    errors: resultOf('ConfirmTwoStep', failures),
    resolve: (_root, { input }, { call }) => declared(() => confirmTwoStep(call.installation, input)),
  }),
)

builder.mutationField('createTwoStepCodes', t =>
  t.field({
    type: TwoStepCodesPayload,
    description: 'Ten new recovery codes of two-step sign-in; older ones end.',
    authScopes: { member: true },
    errors: resultOf('CreateTwoStepCodes', failures),
    resolve: (_root, _args, { call }) => declared(() => createTwoStepCodes(call.org)),
  }),
)

const TurnTwoStepOffPayload = builder.objectRef<{ readonly on: boolean }>('TurnTwoStepOffPayload').implement({
  description: 'Two-step sign-in is off; the password is enough.',
  authScopes: { anyone: true },
  fields: t => ({ on: t.exposeBoolean('on', { description: 'False.' }) }),
})

builder.mutationField('turnTwoStepOff', t =>
  t.field({
    type: TurnTwoStepOffPayload,
    description: 'Turns two-step sign-in off, by a code of the app or a recovery code.',
    authScopes: { member: true },
    args: { input: t.arg(codeArgument) },
    errors: resultOf('TurnTwoStepOff', failures),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        await turnTwoStepOff(call.installation, input)
        return { on: false }
      }),
  }),
)

const RequireTwoStepInput = builder.inputType('RequireTwoStepInput', {
  description: 'Whether it is demanded.',
  fields: t => ({
    required: t.boolean({ required: true, description: 'True demands it from the next sign-in on.' }),
  }),
})

const RequireTwoStepPayload = builder
  .objectRef<{ readonly required: boolean }>('RequireTwoStepPayload')
  .implement({
    description: 'The rule stands.',
    authScopes: { anyone: true },
    fields: t => ({ required: t.exposeBoolean('required', { description: 'As it is now.' }) }),
  })

builder.mutationField('requireTwoStep', t =>
  t.field({
    type: RequireTwoStepPayload,
    description: 'Demands two-step sign-in of owner and admins who sign in by password. People only.',
    authScopes: { may: 'sso:write' },
    args: {
      input: t.arg({ type: RequireTwoStepInput, required: true, description: 'Whether it is demanded.' }),
    },
    errors: resultOf('RequireTwoStep', failures),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        await requireTwoStep(call.org, input)
        return { required: input.required }
      }),
  }),
)

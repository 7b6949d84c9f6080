// The second step of a sign-in, before there is a session: by a code, or by setting one up where it is demanded.
import { confirmTwoStepAtSignIn } from '#server/domain/two-step/confirm-two-step-at-sign-in.ts'
import { signInWithCode } from '#server/domain/two-step/sign-in-with-code.ts'
import { startTwoStepAtSignIn } from '#server/domain/two-step/start-two-step-at-sign-in.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { ConflictProblem, declared, ForbiddenProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { TwoStepCodeInput, TwoStepSecret } from './two-step.ts'
import { Viewer } from './viewer.ts'

const failures = [ForbiddenProblem, ConflictProblem]
const codeArgument = { type: TwoStepCodeInput, required: true, description: 'The code.' } as const

interface SteppedIn {
  readonly call: Call
  readonly codes: readonly string[]
}

const SignInWithCodePayload = builder.objectRef<SteppedIn>('SignInWithCodePayload').implement({
  description: 'Both steps are done; the person is signed in.',
  authScopes: { anyone: true },
  fields: t => ({
    viewer: t.field({ type: Viewer, description: 'The person.', resolve: ({ call }) => call }),
    codes: t.stringList({
      description:
        'Ten recovery codes when two-step sign-in was set up just now, shown once; none otherwise.',
      resolve: ({ codes }) => [...codes],
    }),
  }),
})

builder.mutationField('signInWithCode', t =>
  t.field({
    type: SignInWithCodePayload,
    description:
      'The second step: a code of the app or a recovery code, in the browser that gave the right password within five minutes.',
    authScopes: { anyone: true },
    args: { input: t.arg(codeArgument) },
    errors: resultOf('SignInWithCode', failures),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const { actor, session } = await signInWithCode(call.installation, { ...input, step: call.step })
        call.finishStep(actor, session)
        return { call, codes: [] }
      }),
  }),
)

builder.mutationField('startTwoStepAtSignIn', t =>
  t.field({
    type: TwoStepSecret,
    description: 'After a right password where two-step sign-in is demanded: the secret for the app.',
    authScopes: { anyone: true },
    errors: resultOf('StartTwoStepAtSignIn', failures),
    resolve: (_root, _args, { call }) =>
      declared(() => startTwoStepAtSignIn(call.installation, { step: call.step })),
  }),
)

builder.mutationField('confirmTwoStepAtSignIn', t =>
  t.field({
    type: SignInWithCodePayload,
    description: 'The first code of the app: two-step sign-in is on, and the person is signed in.',
    authScopes: { anyone: true },
    args: { input: t.arg(codeArgument) },
    errors: resultOf('ConfirmTwoStepAtSignIn', failures),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const done = await confirmTwoStepAtSignIn(call.installation, { ...input, step: call.step })
        call.finishStep(done.actor, done.session)
        return { call, codes: done.codes }
      }),
  }),
)

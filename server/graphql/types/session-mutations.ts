// Setting up, signing in, signing out.
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { signOut } from '#server/domain/sessions/sign-out.ts'
import { completeSetup } from '#server/domain/setup-links/complete-setup.ts'
import {
  findSetupInvitation,
  type SetupInvitation as Invitation,
} from '#server/domain/setup-links/find-setup-invitation.ts'
import type { MissingStep } from '#server/domain/two-step/begin-sign-in-step.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { globalId, uuidIn } from '../ids.ts'
import {
  ConflictProblem,
  declared,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { enumOf } from './enums.ts'
import { Viewer } from './viewer.ts'

const SetupInvitation = builder.objectRef<Invitation>('SetupInvitation').implement({
  description: 'What a setup link is for; the link itself is the proof.',
  authScopes: { anyone: true },
  fields: t => ({
    organizationName: t.exposeString('organizationName', {
      description: 'What the organization is called so far.',
    }),
    ownerEmail: t.exposeString('ownerEmail', {
      nullable: true,
      description: 'Whom the operator expects; null when they named nobody.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the link stops working.' }),
  }),
})

builder.queryField('setupInvitation', t =>
  t.field({
    type: SetupInvitation,
    nullable: true,
    description: 'What a setup link is for. Null when it is unknown, used or expired.',
    authScopes: { anyone: true },
    args: { secret: t.arg.string({ required: true, description: 'The part of the link behind #.' }) },
    resolve: (_root, { secret }, { call }) => findSetupInvitation(call.installation, { secret }),
  }),
)

const CompleteSetupInput = builder.inputType('CompleteSetupInput', {
  description: 'Names the organization and its owner.',
  fields: t => ({
    secret: t.string({ required: true, description: 'The part of the setup link behind #.' }),
    organizationName: t.string({
      required: true,
      description: 'What the organization is called, 1 to 100 characters.',
    }),
    ownerName: t.string({ required: true, description: "The owner's name, 1 to 100 characters." }),
    email: t.string({ required: true, description: 'The address to sign in with.' }),
    password: t.string({
      required: true,
      description: 'The password to sign in with, 15 to 128 characters.',
    }),
  }),
})

const CompleteSetupPayload = builder.objectRef<Call>('CompleteSetupPayload').implement({
  description: 'The organization has an owner, who is signed in.',
  authScopes: { anyone: true },
  fields: t => ({
    viewer: t.field({ type: Viewer, description: 'The owner.', resolve: call => call }),
  }),
})

builder.mutationField('completeSetup', t =>
  t.field({
    type: CompleteSetupPayload,
    description:
      'Uses a setup link: names the organization, makes its owner and starts their session in this browser.',
    authScopes: { anyone: true },
    args: {
      input: t.arg({ type: CompleteSetupInput, required: true, description: 'Organization and owner.' }),
    },
    errors: resultOf('CompleteSetup', [NotFoundProblem, InvalidInputProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const { actor, session } = await completeSetup(call.installation, input)
        call.startSession(actor, session)
        return call
      }),
  }),
)

const SignInInput = builder.inputType('SignInInput', {
  description: 'E-mail and password of an owner or admin.',
  fields: t => ({
    email: t.string({ required: true, description: 'The address.' }),
    password: t.string({ required: true, description: 'The password.' }),
    organizationId: t.id({ description: 'One of `chooseOrganization`, after a first answer named several.' }),
  }),
})

interface Choice {
  readonly id: string
  readonly name: string
}

const OrganizationChoice = builder.objectRef<Choice>('OrganizationChoice').implement({
  description: 'One of the organizations in which this address and password belong to a person.',
  authScopes: { anyone: true },
  fields: t => ({
    id: t.id({
      description: 'For `organizationId` of the second sign-in.',
      resolve: ({ id }) => globalId('Organization', id),
    }),
    name: t.exposeString('name', { description: 'What the organization is called.' }),
  }),
})

interface SignInAnswer {
  readonly viewer: Call | null
  readonly choices: readonly Choice[]
  readonly missing: MissingStep | null
}

const SecondStep = enumOf<MissingStep, string>('SecondStep', 'What is missing after a right password.', {
  CODE: ['code', 'A code: `signInWithCode`.'],
  SET_UP: [
    'set_up',
    'The organization demands two-step sign-in: `startTwoStepAtSignIn`, then `confirmTwoStepAtSignIn`.',
  ],
})

const SignInPayload = builder.objectRef<SignInAnswer>('SignInPayload').implement({
  description: 'The person is signed in, or has to choose an organization or do a second step first.',
  authScopes: { anyone: true },
  fields: t => ({
    viewer: t.field({
      type: Viewer,
      nullable: true,
      description: 'The person; null while an organization has to be chosen or a second step is missing.',
      resolve: answer => answer.viewer,
    }),
    chooseOrganization: t.field({
      type: [OrganizationChoice],
      description:
        'When the address belongs to people of several organizations: choose one and sign in again.',
      resolve: answer => answer.choices,
    }),
    secondStep: t.field({
      type: SecondStep,
      nullable: true,
      description:
        'What is missing, within five minutes and in this browser, which keeps a cookie for it; null when nothing is.',
      resolve: answer => answer.missing,
    }),
  }),
})

builder.mutationField('signIn', t =>
  t.field({
    type: SignInPayload,
    description: 'Starts a session in this browser. Unknown people and wrong passwords answer the same.',
    authScopes: { anyone: true },
    args: { input: t.arg({ type: SignInInput, required: true, description: 'E-mail and password.' }) },
    errors: resultOf('SignIn', [ForbiddenProblem, InvalidInputProblem]),
    resolve: (_root, { input }, { call }): Promise<SignInAnswer> =>
      declared(async () => {
        const organizationId = input.organizationId ? uuidIn('Organization', input.organizationId) : null
        const outcome = await signIn(call.installation, { ...input, organizationId })
        const nobody = { viewer: null, choices: [], missing: null }
        if (outcome.kind === 'choose') return { ...nobody, choices: outcome.organizations }
        if (outcome.kind === 'second-step') {
          call.keepStep(outcome.step)
          return { ...nobody, missing: outcome.step.missing }
        }
        call.startSession(outcome.actor, outcome.session)
        return { ...nobody, viewer: call }
      }),
  }),
)

const SignOutPayload = builder.objectRef<{ readonly signedOut: boolean }>('SignOutPayload').implement({
  description: 'The session is over.',
  authScopes: { anyone: true },
  fields: t => ({
    signedOut: t.exposeBoolean('signedOut', { description: 'True; also for callers who had no session.' }),
  }),
})

builder.mutationField('signOut', t =>
  t.field({
    type: SignOutPayload,
    description: "Ends the caller's own session.",
    authScopes: { anyone: true },
    resolve: async (_root, _args, { call }) => {
      if (call.actor.kind === 'person') await signOut(call.org)
      call.endSession()
      return { signedOut: true }
    },
  }),
)

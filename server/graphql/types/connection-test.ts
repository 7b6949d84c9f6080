// The connection test as a mutation.
import type { TestedStep } from '#server/domain/scim-tokens/rules/probe.ts'
import { testConnection, type ConnectionTested } from '#server/domain/scim-tokens/test-connection.ts'
import { builder } from '../builder.ts'
import { declared, ForbiddenProblem, InvalidInputProblem } from '../problems.ts'
import { resultOf } from '../result.ts'

const ConnectionTestStep = builder.objectRef<TestedStep>('ConnectionTestStep').implement({
  description: "One of an identity provider's first calls.",
  authScopes: { anyone: true },
  fields: t => ({
    name: t.exposeString('name', { description: 'What the call was to do.' }),
    ok: t.exposeBoolean('ok', { description: 'Whether it did.' }),
    detail: t.exposeString('detail', {
      description: 'What was found; for a failed step the cause and the fix.',
    }),
    durationMs: t.exposeFloat('durationMs', { description: 'How long the answer took, in milliseconds.' }),
  }),
})

const TestScimConnectionInput = builder.inputType('TestScimConnectionInput', {
  description: 'The token to test with.',
  fields: t => ({
    secret: t.string({
      required: true,
      description: 'The whole bearer token, access token or client secret.',
    }),
  }),
})

const TestScimConnectionPayload = builder.objectRef<ConnectionTested>('TestScimConnectionPayload').implement({
  description: 'How the test went.',
  authScopes: { anyone: true },
  fields: t => ({
    ok: t.exposeBoolean('ok', { description: 'Whether every step went well.' }),
    steps: t.expose('steps', {
      type: [ConnectionTestStep],
      description: 'The steps in order, up to and including the first that failed.',
    }),
  }),
})

builder.mutationField('testScimConnection', t =>
  t.field({
    type: TestScimConnectionPayload,
    description:
      "Plays an identity provider's first calls against this organization's base URL with the given token. The test person it makes is removed for good.",
    authScopes: { may: 'tokens:write' },
    complexity: 100,
    args: {
      input: t.arg({ type: TestScimConnectionInput, required: true, description: 'The token to test with.' }),
    },
    errors: resultOf('TestScimConnection', [ForbiddenProblem, InvalidInputProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(() => testConnection(call.org, { ...input, probe: call.settings.probe })),
  }),
)

// Departures from the standard that were tolerated: who needed them, and whether they still are.
import type { DeviationUse as StoredUse } from '#prisma/client.ts'
import { configureDeviation } from '#server/domain/organizations/configure-deviation.ts'
import { listDeviations, type ListedDeviation } from '#server/domain/provisioning-log/list-deviations.ts'
import { builder } from '../builder.ts'
import { loadExchange } from '../load.ts'
import { FeatureNotInPlanProblem, ForbiddenProblem, InvalidInputProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { Exchange } from './exchange.ts'
import { changeProvisioning, provisioningPayload } from './provisioning-mutations.ts'
import { Provisioning } from './provisioning.ts'

const DeviationUse = builder.objectRef<StoredUse>('DeviationUse').implement({
  description: 'How often one connection needed a deviation to be tolerated. Kept when the log is pruned.',
  authScopes: { may: 'provisioning:read' },
  fields: t => ({
    connectionId: t.exposeString('connectionId', {
      description: 'The SCIM token or OAuth client, for programs; it may be gone.',
    }),
    connectionName: t.exposeString('connectionName', { description: 'What it was called when last seen.' }),
    count: t.float({
      description: 'Requests that needed it; a whole number that may pass 2^31.',
      resolve: use => Number(use.uses),
    }),
    firstSeenAt: t.expose('firstSeenAt', { type: 'DateTime', description: 'The first such request.' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: 'The last such request.' }),
    lastExchange: t.field({
      type: Exchange,
      nullable: true,
      description: 'The last such request; null when the log no longer has it.',
      resolve: async (use, _args, { call }) => (await loadExchange(call, use.lastExchangeId)) ?? null,
    }),
  }),
})

const ToleratedDeviation = builder.objectRef<ListedDeviation>('ToleratedDeviation').implement({
  description:
    'A departure from the standard that is understood all the same, unless it is switched to strict.',
  authScopes: { may: 'provisioning:read' },
  fields: t => ({
    id: t.exposeString('id', { description: 'Which one, for programs: the id of a Quirk.' }),
    sentence: t.exposeString('sentence', { description: 'What was sent and how it was understood.' }),
    rfc: t.exposeString('rfc', { description: 'The section of the standard that says otherwise.' }),
    strict: t.exposeBoolean('strict', {
      description: 'Whether requests that need it are refused. In strict mode all are, whatever this says.',
    }),
    uses: t.field({
      type: [DeviationUse],
      description: 'Who needed it, the latest first; empty when it is refused and was never needed.',
      resolve: deviation => [...deviation.uses],
    }),
  }),
})

builder.objectFields(Provisioning, t => ({
  toleratedDeviations: t.field({
    type: [ToleratedDeviation],
    description: 'Departures from the standard that were needed or are refused, the latest seen first.',
    resolve: async ({ provisioning }, _args, { call }) => [
      ...(await listDeviations(call.org, { provisioning })),
    ],
  }),
}))

const ConfigureDeviationInput = builder.inputType('ConfigureDeviationInput', {
  description: 'One deviation, strict or tolerated.',
  fields: t => ({
    deviation: t.string({ required: true, description: 'Its id, such as boolean-as-text.' }),
    strict: t.boolean({
      required: true,
      description: 'True refuses requests that need it, with 400; false tolerates them.',
    }),
  }),
})

builder.mutationField('configureDeviation', t =>
  t.field({
    type: provisioningPayload('ConfigureDeviationPayload', 'The deviation is switched.'),
    description: 'Switches one departure from the standard to strict, or tolerates it again.',
    authScopes: { may: 'provisioning:write' },
    args: {
      input: t.arg({ type: ConfigureDeviationInput, required: true, description: 'Which, and how.' }),
    },
    errors: resultOf('ConfigureDeviation', [ForbiddenProblem, FeatureNotInPlanProblem, InvalidInputProblem]),
    resolve: (_root, { input }, { call }) =>
      changeProvisioning(call, () => configureDeviation(call.org, input)),
  }),
)

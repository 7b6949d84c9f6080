// One SCIM request with its answer, redacted.
import { outcomeOf, type Quirk as DomainQuirk } from '#server/domain/provisioning-log/rules/exchange.ts'
import { batched } from '../batch.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { cursorOf } from '../epoch.ts'
import { loadExchange, loadTexts, loadUser } from '../load.ts'
import { changesOf, type EventRow, type ExchangeRow } from '../log-rows.ts'
import { exchangeOfEvent } from '../exchange-of-event.ts'
import { ExchangeOutcome, IdentityProvider } from './enums.ts'
import { Change } from './log-parts.ts'
import { ProvisioningEvent } from './provisioning-event.ts'
import { User } from './user.ts'

const Quirk = builder.objectRef<DomainQuirk>('Quirk').implement({
  description:
    'Something worth knowing about a request: mostly what the standard does not foresee and was understood all the same.',
  authScopes: { may: 'log:read' },
  fields: t => ({
    id: t.exposeString('id', { description: 'Which quirk, for programs.' }),
    sentence: t.exposeString('sentence', { description: 'What was sent and how it was understood.' }),
  }),
})

const providers = ['entra', 'okta', 'onelogin'] as const

export const Exchange = builder.objectRef<ExchangeRow>('Exchange')

builder.node(Exchange, {
  description: 'One SCIM request with its answer, redacted.',
  authScopes: { may: 'log:read' },
  id: { resolve: exchange => exchange.id },
  loadOne: async (id, { call }) => (await loadExchange(call, id)) ?? null,
  fields: t => ({
    cursor: t.string({
      description: 'Where it lies in the log: for `after` of lists and of the subscription.',
      resolve: ({ sequence }, _args, { call }) => cursorOf(call, { log: 'exchanges', sequence }),
    }),
    sequence: t.string({
      description: "Dense number in the organization's log of exchanges, as text because it may pass 2^53.",
      resolve: exchange => String(exchange.sequence),
    }),
    requestId: t.exposeString('id', {
      description: 'The id that the answer named, for questions to the operator.',
    }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When the request came in.' }),
    method: t.exposeString('method', { description: 'GET, POST, PUT, PATCH or DELETE.' }),
    path: t.exposeString('path', { description: 'Below the base URL, for example /Users.' }),
    query: t.exposeString('query', {
      nullable: true,
      description: 'Behind the question mark; null without one.',
    }),
    status: t.exposeInt('status', { description: 'The HTTP status of the answer.' }),
    outcome: t.field({
      type: ExchangeOutcome,
      description: 'How it ended.',
      resolve: exchange => outcomeOf(exchange.status),
    }),
    scimType: t.exposeString('scimType', {
      nullable: true,
      description: "The standard's word for the refusal, for example uniqueness; null when it has none.",
    }),
    durationMs: t.exposeFloat('durationMs', {
      description: 'From the last byte in to the answer, in milliseconds.',
    }),
    identityProvider: t.field({
      type: IdentityProvider,
      nullable: true,
      description: 'Which product sent it, guessed from its shape; null when it looks like none.',
      resolve: exchange => providers.find(name => name === exchange.identityProvider) ?? null,
    }),
    client: t.exposeString('client', {
      nullable: true,
      description: 'What the caller called itself; null when it said nothing.',
    }),
    ip: t.exposeString('ip', {
      nullable: true,
      description: 'Where it came from; null when that is not known.',
    }),
    tokenName: t.exposeString('tokenName', {
      nullable: true,
      description: 'The token it came with; null when it had none that is known.',
    }),
    summary: t.exposeString('summary', { description: 'What happened, in one plain sentence.' }),
    changedNothing: t.exposeBoolean('changedNothing', {
      description:
        'True for a write that succeeded and altered nothing: it was so already, or whom it removed was not there.',
    }),
    changes: t.field({
      type: [Change],
      description: 'What it changed, attribute by attribute.',
      resolve: exchange => changesOf(exchange.changes),
    }),
    quirks: t.field({
      type: [Quirk],
      description: 'What was tolerated or noticed.',
      resolve: exchange =>
        Array.isArray(exchange.quirks) ? (exchange.quirks as unknown as DomainQuirk[]) : [],
    }),
    requestHeaders: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The headers worth keeping, without credentials; null when none were kept.',
      resolve: async (exchange, _args, { call }) => parsed((await withTexts(call, exchange)).requestHeaders),
    }),
    requestBody: t.string({
      nullable: true,
      description: 'What was sent, secrets redacted, at most 16 kB; null for an empty body.',
      resolve: async (exchange, _args, { call }) => (await withTexts(call, exchange)).requestBody ?? null,
    }),
    responseBody: t.string({
      nullable: true,
      description: 'What was answered, at most 16 kB; null for an empty body.',
      resolve: async (exchange, _args, { call }) => (await withTexts(call, exchange)).responseBody ?? null,
    }),
    user: t.prismaField({
      type: User,
      nullable: true,
      description: 'The person it is about; null when it is about none, or they were purged.',
      resolve: async (query, exchange, _args, { call }) =>
        exchange.userId === null ? null : ((await loadUser(call, exchange.userId, query)) ?? null),
    }),
    events: t.field({
      type: [ProvisioningEvent],
      description: 'The facts that it made.',
      resolve: async ({ id, userId }, _args, { call }) =>
        userId === null ? [] : ((await eventsOf(call, `${userId} ${id}`)) ?? []),
    }),
  }),
})

builder.objectFields(ProvisioningEvent, t => ({
  exchange: t.field({
    type: Exchange,
    nullable: true,
    description: 'The SCIM request that made it; null when no request did, or the log no longer has it.',
    resolve: (event, _args, { call }) => exchangeOfEvent(call, event),
  }),
}))

async function withTexts(call: Call, exchange: ExchangeRow): Promise<Partial<ExchangeRow>> {
  if (exchange.requestBody !== undefined) return exchange
  return (await loadTexts(call, exchange.sequence)) ?? {}
}

function parsed(json: string | null | undefined): unknown {
  return json ? (JSON.parse(json) as unknown) : null
}

/** By person and exchange: the index knows the person. */
const eventsOf = batched<string, EventRow[]>(async (call, keys) => {
  const pairs = keys.map(key => key.split(' '))
  const { orgId, db } = call.org
  const events = await db.provisioningEvent.findMany({
    where: {
      orgId,
      userId: { in: pairs.map(([userId]) => userId ?? '') },
      exchangeId: { in: pairs.map(([, exchangeId]) => exchangeId ?? '') },
    },
    orderBy: { sequence: 'asc' },
  })
  const found = new Map<string, EventRow[]>(keys.map(key => [key, []]))
  for (const event of events) found.get(`${event.userId ?? ''} ${event.exchangeId ?? ''}`)?.push(event)
  return found
})

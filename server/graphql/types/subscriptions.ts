// The live streams.
import { builder } from '../builder.ts'
import { healthMessages, lines, type Message } from '../feeds.ts'
import { matchesEvent, matchesExchange } from '../log-filters.ts'
import { eventOfRaw, exchangeOfRaw, type EventRow, type ExchangeRow } from '../log-rows.ts'
import { Exchange } from './exchange.ts'
import { ProvisioningHealth } from './health.ts'
import { ExchangeFilter, ProvisioningEventFilter } from './log-filters.ts'
import { ProvisioningEvent } from './provisioning-event.ts'

interface Delivered<Item> {
  readonly cursor: string
  readonly item: Item
}

const cursorText = 'Keep it: a subscription with this as `after` goes on behind this message.'
const afterText =
  'The cursor of the last message that was kept: everything since is replayed first. Without it the stream starts now.'

const ProvisioningEventMessage = builder
  .objectRef<Delivered<EventRow>>('ProvisioningEventMessage')
  .implement({
    description: 'An event that was committed.',
    authScopes: { may: 'log:read' },
    fields: t => ({
      cursor: t.exposeString('cursor', { description: cursorText }),
      event: t.field({
        type: ProvisioningEvent,
        description: 'The event.',
        resolve: message => message.item,
      }),
    }),
  })

const ExchangeMessage = builder.objectRef<Delivered<ExchangeRow>>('ExchangeMessage').implement({
  description: 'An exchange that was written down.',
  authScopes: { may: 'log:read' },
  fields: t => ({
    cursor: t.exposeString('cursor', { description: cursorText }),
    exchange: t.field({ type: Exchange, description: 'The exchange.', resolve: message => message.item }),
  }),
})

builder.subscriptionType({
  description: 'Live streams: every committed line once, none skipped, whatever server process answers.',
  authScopes: { anyone: true },
})

builder.subscriptionField('provisioningEvents', t =>
  t.field({
    type: ProvisioningEventMessage,
    description:
      'The provisioning log as it grows, in commit order. A cursor that is too old answers an error that names the oldest one.',
    authScopes: { may: 'log:read' },
    args: {
      after: t.arg.string({ description: afterText }),
      filter: t.arg({ type: ProvisioningEventFilter, description: 'Which events.' }),
    },
    subscribe: (_root, { after, filter }, { call }) =>
      lines(call, {
        log: 'events',
        after: after ?? null,
        rowOf: eventOfRaw,
        wanted: event => matchesEvent(filter ?? {}, event),
      }),
    resolve: delivered,
  }),
)

builder.subscriptionField('exchanges', t =>
  t.field({
    type: ExchangeMessage,
    description:
      'SCIM requests as they are answered. A cursor that is too old answers an error that names the oldest one.',
    authScopes: { may: 'log:read' },
    args: {
      after: t.arg.string({ description: afterText }),
      filter: t.arg({ type: ExchangeFilter, description: 'Which exchanges.' }),
    },
    subscribe: (_root, { after, filter }, { call }) =>
      lines(call, {
        log: 'exchanges',
        after: after ?? null,
        rowOf: exchangeOfRaw,
        wanted: exchange => matchesExchange(filter ?? {}, exchange),
      }),
    resolve: delivered,
  }),
)

builder.subscriptionField('provisioningHealth', t =>
  t.field({
    type: ProvisioningHealth,
    description: 'The health now, and again whenever it may have changed, at most once a second.',
    authScopes: { may: 'provisioning:read' },
    subscribe: (_root, _args, { call }) => healthMessages(call),
    resolve: message => {
      if ('refusal' in message) throw message.refusal
      return message.health
    },
  }),
)

function delivered<Item>(message: Message<Item>): Delivered<Item> {
  if ('refusal' in message) throw message.refusal
  return message
}

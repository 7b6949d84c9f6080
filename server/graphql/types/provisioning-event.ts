// A fact in the provisioning log.
import { eventTypes, type EventType } from '#server/domain/provisioning-log/rules/event.ts'
import { sentence } from '#server/domain/provisioning-log/rules/sentence.ts'
import { builder } from '../builder.ts'
import { cursorOf } from '../epoch.ts'
import { changesOf, detailOf, type EventRow } from '../log-rows.ts'
import { loadUser } from '../load.ts'
import { ActorKind } from './enums.ts'
import { Change } from './log-parts.ts'
import { User } from './user.ts'

type Kind = 'person' | 'api-key' | 'scim-token' | 'operator' | 'system'

export const ProvisioningEvent = builder.objectRef<EventRow>('ProvisioningEvent')

builder.node(ProvisioningEvent, {
  description: 'A fact in the append-only provisioning log.',
  authScopes: { may: 'log:read' },
  id: { resolve: event => `${event.orgId}.${String(event.sequence)}` },
  loadOne: (id, { call }) => {
    const [orgId, sequence] = id.split('.')
    if (orgId !== call.org.orgId || !/^\d{1,18}$/.test(sequence ?? '')) return null
    const key = { orgId, sequence: BigInt(sequence ?? 0) }
    return call.org.db.provisioningEvent.findUnique({ where: { orgId_sequence: key } })
  },
  fields: t => ({
    cursor: t.string({
      description: 'Where it lies in the log: for `after` of lists and of the subscription.',
      resolve: ({ sequence }, _args, { call }) => cursorOf(call, { log: 'events', sequence }),
    }),
    sequence: t.string({
      description: "Dense number in the organization's log, as text because it may pass 2^53.",
      resolve: event => String(event.sequence),
    }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it happened.' }),
    type: t.exposeString('type', { description: `What happened: ${eventTypes.join(', ')}.` }),
    sentence: t.string({ description: 'What happened, in one plain sentence.', resolve: sentenceOf }),
    actorKind: t.field({
      type: ActorKind,
      description: 'What kind of caller did it.',
      resolve: event => event.actorKind as Kind,
    }),
    actorName: t.exposeString('actorName', { description: 'Who did it: a person, a token, a key.' }),
    subjectName: t.string({
      nullable: true,
      description: 'What the subject was called at that moment; null when there is none, or it was purged.',
      resolve: event => detailOf(event).subject ?? null,
    }),
    changes: t.field({
      type: [Change],
      description: 'What changed, attribute by attribute.',
      resolve: event => changesOf(detailOf(event).changes),
    }),
    user: t.prismaField({
      type: User,
      nullable: true,
      description: 'The person it is about; null when it is about none, or they were purged.',
      resolve: async (query, event, _args, { call }) =>
        event.userId === null ? null : ((await loadUser(call, event.userId, query)) ?? null),
    }),
  }),
})

const known: ReadonlySet<string> = new Set(eventTypes)

/** Types of a newer version than ours are shown by their name. */
function sentenceOf(event: EventRow): string {
  if (!known.has(event.type)) return event.type
  return sentence({ type: event.type as EventType, actorName: event.actorName, detail: detailOf(event) })
}

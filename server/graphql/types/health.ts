// How provisioning is, for the health page and its subscription.
import { readHealth, type Health } from '#server/domain/health/read-health.ts'
import type { AttentionRow } from '#server/domain/health/read-health.sql.ts'
import { readMilestones, type Milestone as Kind } from '#server/domain/health/read-milestones.ts'
import type { MilestoneRow } from '#server/domain/health/read-milestones.sql.ts'
import { readVolume, type VolumeBucket as Bucket } from '#server/domain/health/read-volume.ts'
import type { HealthState as State } from '#server/domain/health/rules/verdict.ts'
import { z } from 'zod'
import { builder } from '../builder.ts'
import { loadExchange } from '../load.ts'
import { Exchange } from './exchange.ts'
import { enumOf } from './enums.ts'
import { Provisioning } from './provisioning.ts'
import { ScimToken } from './scim-token.ts'

const HealthState = enumOf<State, string>('HealthState', 'The light on the health page.', {
  WAITING: ['waiting', "Set up, waiting for the identity provider's first call."],
  HEALTHY: ['healthy', 'Works.'],
  DEGRADED: ['degraded', 'Works badly, or soon no more: the sentence says why.'],
  SILENT: ['silent', 'The identity provider has not called for longer than it should.'],
  OFF: ['off', 'SCIM is switched off.'],
})

const VolumeBucket = builder.objectRef<Bucket>('VolumeBucket').implement({
  description: 'The SCIM requests of one hour.',
  authScopes: { may: 'provisioning:read' },
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', description: 'When the hour began.' }),
    succeeded: t.exposeInt('succeeded', { description: 'Requests that succeeded.' }),
    refused: t.exposeInt('refused', { description: 'Requests that were refused.' }),
    failed: t.exposeInt('failed', { description: 'Requests at which Rollcall failed.' }),
  }),
})

const AttentionGroup = builder.objectRef<AttentionRow>('AttentionGroup').implement({
  description: 'Refused or failed requests of the last 24 hours with the same reason.',
  authScopes: { may: 'provisioning:read' },
  fields: t => ({
    summary: t.exposeString('summary', {
      description: 'The reason; of several requests without what differs.',
    }),
    status: t.exposeInt('status', { description: 'The HTTP status.' }),
    scimType: t.exposeString('scim_type', {
      nullable: true,
      description: "The standard's word for the refusal; null when it has none.",
    }),
    count: t.exposeInt('count', { description: 'How many requests.' }),
    lastAt: t.expose('last_at', { type: 'DateTime', description: 'When the latest came in.' }),
  }),
})

const MilestoneKind = enumOf<Kind, string>(
  'MilestoneKind',
  'What an identity provider does when it is set up.',
  {
    CALLED: ['called', 'Called with a live token and was answered.'],
    CREATED: ['created', 'Created a person, or matched one.'],
    UPDATED: ['updated', 'Changed a person.'],
    DEACTIVATED: ['deactivated', 'Deactivated a person.'],
    GROUP_VALUE: ['group-value', 'Sent a value of the group attribute.'],
  },
)

const Milestone = builder.objectRef<MilestoneRow>('Milestone').implement({
  description: 'One step of setting an identity provider up: whether it was seen here, and when last.',
  authScopes: { may: 'provisioning:read' },
  fields: t => ({
    kind: t.field({ type: MilestoneKind, description: 'Which step.', resolve: row => row.milestone }),
    done: t.exposeBoolean('done', { description: 'Whether it has happened.' }),
    at: t.expose('at', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last happened; null when it never did, or its line of the log is gone.',
    }),
    subject: t.exposeString('subject', {
      nullable: true,
      description: 'The person, the value, or the program that called; null when it is not known.',
    }),
  }),
})

const longest = 744
const hours = z
  .int()
  .min(1)
  .max(longest, `Ask for ${String(longest)} hours at most.`)
  .nullish()

export const ProvisioningHealth = builder.objectRef<Health>('ProvisioningHealth').implement({
  description: 'How provisioning is.',
  authScopes: { may: 'provisioning:read' },
  fields: t => ({
    state: t.field({ type: HealthState, description: 'The light.', resolve: health => health.state }),
    sentence: t.exposeString('sentence', { description: 'One sentence: is provisioning healthy?' }),
    lastContactAt: t.expose('lastContactAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the identity provider last called; null before its first call.',
    }),
    lastContact: t.field({
      type: Exchange,
      nullable: true,
      description: 'The latest call; null before the first.',
      authScopes: { may: 'log:read' },
      resolve: async (health, _args, { call }) =>
        health.lastContactId === null ? null : ((await loadExchange(call, health.lastContactId)) ?? null),
    }),
    lastSuccessAt: t.expose('lastSuccessAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a call last succeeded; null before the first.',
    }),
    requestsLast24Hours: t.exposeInt('requests', { description: 'Requests of the last 24 hours.' }),
    refusedLast24Hours: t.exposeInt('refused', { description: 'Those that were refused.' }),
    failedLast24Hours: t.exposeInt('failed', { description: 'Those at which Rollcall failed.' }),
    successShare: t.exposeFloat('successShare', {
      nullable: true,
      description: 'Share of requests of the last 24 hours that succeeded, 0 to 1; null without requests.',
    }),
    p95Milliseconds: t.exposeFloat('p95Milliseconds', {
      nullable: true,
      description:
        'Of the latest 1,000 requests, 95 % were answered faster than this; null without requests.',
    }),
    tokenDaysLeft: t.exposeInt('tokenDaysLeft', {
      nullable: true,
      description:
        'Days until the last live token or OAuth client expires; null when it never does or there is none.',
    }),
    hasCredential: t.exposeBoolean('hasCredential', {
      description: 'Whether a bearer token or an OAuth client was ever made.',
    }),
    canCall: t.exposeBoolean('canCall', {
      description: 'Whether a bearer token or an OAuth client is live.',
    }),
    token: t.prismaField({
      type: ScimToken,
      nullable: true,
      description:
        'The live token that lasts longest; null when none is live, or an OAuth client lasts longer.',
      resolve: (query, { tokenId }, _args, { call }) => {
        if (tokenId === null) return null
        const { orgId, db } = call.org
        return db.scimToken.findUnique({ ...query, where: { orgId_id: { orgId, id: tokenId } } })
      },
    }),
    linked: t.exposeInt('linked', { description: 'People whom the identity provider knows.' }),
    notLinked: t.exposeInt('notLinked', {
      description: 'People who were here before and are not matched yet.',
    }),
    pendingOverWeek: t.exposeInt('pendingOverWeek', {
      description: 'People who have not signed in a week after they were made.',
    }),
    waitingForSeat: t.exposeInt('waitingForSeat', {
      description:
        'People who were refused in the last seven days because no seat was free, and are not here yet.',
    }),
    milestones: t.field({
      type: [Milestone],
      description: 'What the identity provider has done at least once: the check-list of a set-up guide.',
      resolve: (_health, _args, { call }) => readMilestones(call.org),
    }),
    volume: t.field({
      type: [VolumeBucket],
      description: 'Requests an hour, oldest first; empty hours included.',
      args: {
        hours: t.arg.int({
          validate: hours,
          description: `How many hours: 24 without it, ${String(longest)} at most.`,
        }),
      },
      resolve: (_health, args, { call }) => readVolume(call.org, { hours: args.hours ?? 24 }),
    }),
    attention: t.expose('attention', {
      type: [AttentionGroup],
      description: 'What needs attention: at most ten reasons, the most frequent first.',
    }),
  }),
})

builder.objectFields(Provisioning, t => ({
  health: t.field({
    type: ProvisioningHealth,
    description: 'How provisioning is.',
    resolve: (_organization, _args, { call }) => readHealth(call.org),
  }),
}))

// The activity log: what admins, keys, the operator and the server itself did.
import {
  countActivities,
  readActivities,
  type ActivityRow,
} from '#server/domain/activity-log/read-activities.sql.ts'
import { categoryOf, type ActivityCategory as Category } from '#server/domain/activity-log/rules/category.ts'
import { activityChanges, type ActivityChange as Changed } from '#server/domain/activity-log/rules/changes.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { builder } from '../builder.ts'
import { uuidOrNobody } from '../ids.ts'
import { turned, windowOf } from '../page.ts'
import { enumOf } from './enums.ts'
import { Organization } from './organization.ts'

const ActivityCategory = enumOf<Category, string>('ActivityCategory', 'What an activity is about.', {
  SIGN_IN: ['sign-in', 'Signing in and out, and sign-ins that were refused.'],
  SINGLE_SIGN_ON: ['single-sign-on', 'The connection to the identity provider, recovery codes.'],
  PROVISIONING: ['provisioning', 'SCIM, its tokens and clients.'],
  MAPPING: ['mapping', 'Group mapping, change sets, jobs.'],
  PEOPLE: ['people', 'People, by hand.'],
  GROUPS: ['groups', 'Groups, their members and admins, by hand.'],
  MANAGED_EVENTS: ['managed-events', 'Managed events.'],
  ORGANIZATION: ['organization', 'The organization itself, API keys, set-up links.'],
})

const ActivityActor = enumOf<ActivityRow['actorKind'], string>(
  'ActivityActor',
  'What kind of caller it was.',
  {
    PERSON: ['person', 'A signed-in person.'],
    API_KEY: ['api-key', 'An API key.'],
    SCIM_TOKEN: ['scim-token', 'The identity provider.'],
    OPERATOR: ['operator', 'The operator of the installation.'],
    SYSTEM: ['system', 'The server itself.'],
    ANONYMOUS: ['anonymous', 'Somebody who was not signed in.'],
  },
)

const ActivityChange = builder.objectRef<Changed>('ActivityChange').implement({
  description: 'One setting before and after.',
  authScopes: { may: 'activity:read' },
  fields: t => ({
    path: t.exposeString('path', { description: 'Which one.' }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Its value before; null when it had none.',
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Its value after; null when it has none now.',
      resolve: ({ after }) => after,
    }),
  }),
})

const Activity = builder.objectRef<ActivityRow>('Activity').implement({
  description: 'A line of the activity log.',
  authScopes: { may: 'activity:read' },
  fields: t => ({
    id: t.exposeID('id', { description: 'Its name in the log; grows with time.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was done.' }),
    actorKind: t.field({
      type: ActivityActor,
      description: 'What kind of caller did it.',
      resolve: ({ actorKind }) => actorKind,
    }),
    actorName: t.exposeString('actorName', { description: 'Who did it, as they were called then.' }),
    action: t.exposeString('action', { description: 'What was done, such as `scim_token.issue`.' }),
    category: t.field({
      type: ActivityCategory,
      description: 'What it is about.',
      resolve: ({ action }) => categoryOf(action),
    }),
    subjectName: t.exposeString('subjectName', {
      nullable: true,
      description: 'What it was done to; null when there is no such thing, or it is gone.',
    }),
    changes: t.field({
      type: [ActivityChange],
      description: 'What was noted, before and after.',
      resolve: activity => activityChanges(activity),
    }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: 'The request that did it; null when none did.',
    }),
    ip: t.exposeString('ip', {
      nullable: true,
      description: 'Where it came from; null when from inside the server.',
    }),
  }),
})

const ActivityFilter = builder.inputType('ActivityFilter', {
  description: 'Only activities that fulfil everything given.',
  fields: t => ({
    actorKinds: t.field({ type: [ActivityActor], description: 'By one of these kinds of callers.' }),
    categories: t.field({ type: [ActivityCategory], description: 'About one of these.' }),
    search: t.string({
      description: 'With all these words in who, what and the values; "quoted words" as they stand.',
    }),
    from: t.field({ type: 'DateTime', description: 'At this moment or later.' }),
    to: t.field({ type: 'DateTime', description: 'Before this moment.' }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  activity: t.connection(
    {
      type: Activity,
      description: 'The activity log, newest first.',
      authScopes: { may: 'activity:read' },
      args: { filter: t.arg({ type: ActivityFilter, description: 'Which activities.' }) },
      resolve: async (organization, args, { call }) => {
        demandEntitlement(organization, 'activityLog')
        const { sql } = call.org
        const filter = args.filter ?? {}
        const window = windowOf(args)
        const id = window.cursor === null ? null : uuidOrNobody(window.cursor)
        const reading = { id, ascending: window.backward, take: window.take + 1 }
        const found = await readActivities(sql, { filter, window: reading })
        const { rows, pageInfo } = turned(found, window, row => row.id)
        const edges = rows.map(row => ({ cursor: row.id, node: row }))
        return { edges, pageInfo, total: () => countActivities(sql, filter) }
      },
    },
    {
      description: 'A page of activities.',
      fields: page => ({
        totalCount: page.int({
          description: 'Activities on all pages.',
          resolve: connection => connection.total(),
        }),
      }),
    },
    { description: 'An activity with its place in the log.' },
  ),
}))

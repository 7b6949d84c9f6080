// What a group mapping would do, before it is saved.
import {
  previewGroupMapping,
  type MappingPreview,
} from '#server/domain/group-mappings/preview-group-mapping.ts'
import { countCopies } from '#server/domain/group-mappings/count-copies.ts'
import { readSeenValues } from '#server/domain/group-mappings/read-values.sql.ts'
import { nearMissFinder } from '#server/domain/group-mappings/rules/near-miss.ts'
import type { Flow, PlanTotals } from '#server/domain/group-mappings/rules/plan-summary.ts'
import { builder } from '../builder.ts'
import { draftOf, GroupMappingInput } from '../mapping-input.ts'
import { peoplePage } from '../planned-people.ts'
import { MappedGroup, SeenValue } from './mapping-values.ts'
import { Organization } from './organization.ts'
import { groupsOf, MoveKind, PlannedPerson } from './planned-person.ts'

interface Shown {
  readonly preview: MappingPreview
}

const MappingFlow = builder.objectRef<Flow & Shown>('MappingFlow').implement({
  description: 'People who go the same way.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    from: t.field({
      type: [MappedGroup],
      description: 'Where they are now; empty for no group.',
      resolve: (flow, _args, { call }) => groupsOf(call, flow.from, flow.preview.draft.names),
    }),
    to: t.field({
      type: [MappedGroup],
      description: 'Where they will be; empty for no group.',
      resolve: (flow, _args, { call }) => groupsOf(call, flow.to, flow.preview.draft.names),
    }),
    people: t.exposeInt('people', { description: 'How many.' }),
  }),
})

const Totals = builder.objectRef<PlanTotals>('GroupMappingTotals').implement({
  description: 'What happens to how many people.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    people: t.exposeInt('people', { description: 'People who were looked at: all but deleted ones.' }),
    join: t.exposeInt('join', { description: 'Enter groups and leave none.' }),
    leave: t.exposeInt('leave', { description: 'Leave groups and enter none.' }),
    move: t.exposeInt('move', { description: 'Leave groups and enter others.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Stay as they are.' }),
    unmatched: t.exposeInt('unmatched', {
      description: 'Carry no value that has a row; deactivated people are not counted.',
    }),
    frozen: t.exposeInt('frozen', { description: 'Deactivated: decided when they are back.' }),
  }),
})

const CopyTotals = builder.objectRef<{ gained: number; lost: number }>('ManagedEventTotals').implement({
  description: 'Copies of managed events.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    gained: t.exposeInt('gained', { description: 'Copies that people get.' }),
    lost: t.exposeInt('lost', { description: 'Copies that people lose.' }),
  }),
})

const flowsShown = 100
const valuesLooked = 1_000

export const GroupMappingPlan = builder.objectRef<Shown>('GroupMappingPlan').implement({
  description: 'What a mapping would do; nothing is written. Numbers are those of applying it to everybody.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    fingerprint: t.string({
      description: 'Send it along with the save, which is refused when it would do anything else.',
      resolve: ({ preview }) => preview.fingerprint,
    }),
    applies: t.boolean({
      description:
        'Whether a save moves existing people: mapping is on, and so is "Apply to existing users".',
      resolve: ({ preview }) => preview.applies,
    }),
    totals: t.field({
      type: Totals,
      description: 'What happens to how many people.',
      resolve: ({ preview }) => preview.summary.totals,
    }),
    flows: t.field({
      type: [MappingFlow],
      description: 'From where to where, the widest first, 100 at most.',
      resolve: ({ preview }) =>
        preview.summary.flows.slice(0, flowsShown).map(flow => ({ ...flow, preview })),
    }),
    newGroups: t.stringList({
      description: 'Groups that a save makes.',
      resolve: ({ preview }) => [...preview.draft.newGroups.values()],
    }),
    nearMisses: t.field({
      type: [SeenValue],
      description: 'Values without a row that differ from a mapped one in case, blanks or encoding only.',
      resolve: async ({ preview }, _args, { call }) => {
        const near = nearMissFinder(preview.draft.mapping.rows.map(({ value }) => value))
        const asked = { mapped: null, search: '', take: valuesLooked, skip: 0 }
        const seen = await readSeenValues(call.org.sql, asked)
        return seen
          .map(each => ({ ...each, nearMiss: near(each.value) }))
          .filter(({ nearMiss }) => nearMiss !== null)
      },
    }),
    managedEvents: t.field({
      type: CopyTotals,
      description:
        'Copies of managed events that people get and lose; who holds one in person keeps it anyway.',
      resolve: ({ preview }, _args, { call }) => countCopies(call.org.sql, preview.summary),
    }),
    people: t.connection(
      {
        type: PlannedPerson,
        description: 'Everybody with what happens to them, by name. Goes forward only.',
        authScopes: { may: 'users:read' },
        args: {
          kinds: t.arg({ type: [MoveKind], description: 'Only people to whom this happens.' }),
          search: t.arg.string({ description: 'Part of a name, user name, e-mail or external id.' }),
          from: t.arg.id({ description: 'Only people who are in this group by the mapping now.' }),
          to: t.arg.id({ description: 'Only people who will be in this group by the mapping.' }),
          fromNone: t.arg.boolean({ description: 'Only people who are in no group by the mapping now.' }),
          toNone: t.arg.boolean({ description: 'Only people who will be in no group by the mapping.' }),
          unmatched: t.arg.boolean({ description: 'Only people without a match.' }),
        },
        resolve: (shown, args, { call }) => peoplePage(call, shown, args),
      },
      {
        description: 'A page of people.',
        fields: page => ({
          totalCount: page.int({
            description: 'People on all pages.',
            resolve: connection => connection.total(),
          }),
        }),
      },
      { description: 'A person with their place in the list.' },
    ),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  previewGroupMapping: t.field({
    type: GroupMappingPlan,
    complexity: 100,
    description: 'What a mapping would do to everybody. Writes nothing.',
    authScopes: { may: 'mappings:read' },
    args: { input: t.arg({ type: GroupMappingInput, required: true, description: 'The mapping.' }) },
    resolve: async (_organization, { input }, { call }) => ({
      preview: await previewGroupMapping(call.org, draftOf(input)),
    }),
  }),
}))

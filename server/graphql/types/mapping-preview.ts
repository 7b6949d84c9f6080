// What a group mapping would do, before it is saved.
import {
  previewGroupMapping,
  type MappingPreview,
} from '#server/domain/group-mappings/preview-group-mapping.ts'
import {
  countClassMembers,
  readClassPage,
  type ClassMember,
  type PeopleClass,
} from '#server/domain/group-mappings/read-classes.sql.ts'
import { readAssignments, readSeenValues } from '#server/domain/group-mappings/read-values.sql.ts'
import { copiesMoved } from '#server/domain/group-mappings/rules/copies-moved.ts'
import { nearMissFinder } from '#server/domain/group-mappings/rules/near-miss.ts'
import type {
  Flow,
  MoveKind as DomainKind,
  PlannedClass,
  PlanTotals,
} from '#server/domain/group-mappings/rules/plan-summary.ts'
import { joinReason, leaveReason } from '#server/domain/group-mappings/rules/reason.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { pageSize } from '../cost.ts'
import { uuidIn } from '../ids.ts'
import { loadUser } from '../load.ts'
import { draftOf, GroupMappingInput } from '../mapping-input.ts'
import { mappedGroup } from '../mapped-groups.ts'
import { enumOf } from './enums.ts'
import { MappedGroup, SeenValue } from './group-mapping.ts'
import { Organization } from './organization.ts'
import { User } from './user.ts'

const MoveKind = enumOf<DomainKind, string>('MoveKind', 'What a mapping does to a person.', {
  JOIN: ['join', 'Enters groups and leaves none.'],
  LEAVE: ['leave', 'Leaves groups and enters none.'],
  MOVE: ['move', 'Leaves groups and enters others.'],
  UNCHANGED: ['unchanged', 'Is in the same groups as before.'],
})

interface Shown {
  readonly preview: MappingPreview
}

type Planned = PlannedClass<PeopleClass>

interface PersonShape extends Shown {
  readonly member: ClassMember
  readonly planned: Planned
}

const groupsOf = (call: Call, ids: readonly string[], { preview }: Shown) =>
  Promise.all(ids.map(id => mappedGroup(call, id, preview.draft.names)))

const PlannedPerson = builder.objectRef<PersonShape>('PlannedPerson').implement({
  description: 'A person, and what the mapping would do to them.',
  authScopes: { may: 'users:read' },
  fields: t => ({
    user: t.prismaField({
      type: User,
      nullable: true,
      description: 'The person; null when they were deleted a moment ago.',
      resolve: async (query, { member }, _args, { call }) => (await loadUser(call, member.id, query)) ?? null,
    }),
    name: t.string({ description: 'What the person is called.', resolve: ({ member }) => member.name }),
    kind: t.field({ type: MoveKind, description: 'What happens.', resolve: ({ planned }) => planned.kind }),
    frozen: t.boolean({
      description: 'Whether they are deactivated: nothing moves until they are back.',
      resolve: ({ planned }) => planned.of.person.frozen,
    }),
    values: t.stringList({
      description: 'What they carry, as received.',
      resolve: ({ planned }) => [...planned.of.person.values],
    }),
    from: t.field({
      type: [MappedGroup],
      description: 'Groups that the mapping holds them in now.',
      resolve: (person, _args, { call }) => groupsOf(call, person.planned.from, person),
    }),
    to: t.field({
      type: [MappedGroup],
      description: 'Groups that it would hold them in.',
      resolve: (person, _args, { call }) => groupsOf(call, person.planned.to, person),
    }),
    reason: t.string({ description: 'Why, in a few words.', resolve: reasonOf }),
  }),
})

export function reasonOf({ planned, preview }: Pick<PersonShape, 'planned' | 'preview'>): string {
  const { mapping } = preview.draft
  const { gives, takes } = planned.plan
  if (planned.of.person.frozen) return 'deactivated: decided when they are back'
  if (gives.length > 0) return gives.map(source => joinReason(source, mapping)).join('; ')
  return takes.length > 0 ? leaveReason(planned.of.person.values, mapping) : 'nothing changes'
}

const MappingFlow = builder.objectRef<Flow & Shown>('MappingFlow').implement({
  description: 'People who go the same way.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    from: t.field({
      type: [MappedGroup],
      description: 'Where they are now; empty for no group.',
      resolve: (flow, _args, { call }) => groupsOf(call, flow.from, flow),
    }),
    to: t.field({
      type: [MappedGroup],
      description: 'Where they will be; empty for no group.',
      resolve: (flow, _args, { call }) => groupsOf(call, flow.to, flow),
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
      description: 'Copies of managed events that people get and lose by their groups.',
      resolve: async ({ preview }, _args, { call }) => {
        const assigned = await readAssignments(call.org.sql)
        const total = { gained: 0, lost: 0 }
        for (const { of, plan } of preview.summary.classes) {
          const moved = copiesMoved(of.person, plan, assigned)
          total.gained += moved.gained * of.people
          total.lost += moved.lost * of.people
        }
        return total
      },
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

interface PageArgs {
  readonly kinds?: readonly DomainKind[] | null | undefined
  readonly search?: string | null | undefined
  readonly from?: string | null | undefined
  readonly to?: string | null | undefined
  readonly unmatched?: boolean | null | undefined
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

async function peoplePage(call: Call, { preview }: Shown, args: PageArgs) {
  const planned = preview.summary.classes.filter(each => isWanted(each, args))
  const classes = planned.map(({ of }) => of.key)
  const search = nameKey((args.search ?? '').trim())
  const take = args.first ?? pageSize.standard
  const { sql } = call.org
  const found = await readClassPage(sql, { classes, search, after: placeOf(args.after), take: take + 1 })
  const rows = found.slice(0, take)
  const edges = rows.flatMap(member => {
    const of = planned[member.n]
    return of === undefined ? [] : [{ cursor: cursorOf(member), node: { member, planned: of, preview } }]
  })
  const total = (): number | Promise<number> =>
    search === ''
      ? planned.reduce((sum, { of }) => sum + of.people, 0)
      : countClassMembers(sql, { classes, search })
  const pageInfo = {
    hasNextPage: found.length > take,
    hasPreviousPage: typeof args.after === 'string',
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
  return { edges, pageInfo, total }
}

function isWanted(planned: Planned, { kinds, from, to, unmatched }: PageArgs): boolean {
  if (kinds && !kinds.includes(planned.kind)) return false
  if (from && !planned.from.includes(uuidIn('Group', from))) return false
  if (to && !planned.to.includes(uuidIn('Group', to))) return false
  return unmatched !== true || (!planned.plan.matched && !planned.of.person.frozen)
}

function cursorOf({ name, id }: ClassMember): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url')
}

/** What is none of ours begins at the start. */
function placeOf(cursor: string | null | undefined): { name: string; id: string } | null {
  if (typeof cursor !== 'string') return null
  const [name, id] = /^\["(.*)","([0-9a-f-]{36})"\]$/su
    .exec(Buffer.from(cursor, 'base64url').toString('utf8'))
    ?.slice(1) ?? ['', '']
  return id === '' || id === undefined ? null : { name: textOf(name ?? ''), id }
}

function textOf(escaped: string): string {
  return JSON.parse(`"${escaped}"`) as string
}

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

// A person and what a mapping would do to them.
import type { MappingPreview } from '#server/domain/group-mappings/preview-group-mapping.ts'
import type { ClassMember, PeopleClass } from '#server/domain/group-mappings/read-classes.sql.ts'
import type {
  MoveKind as DomainKind,
  PlannedClass,
} from '#server/domain/group-mappings/rules/plan-summary.ts'
import { planReason } from '#server/domain/group-mappings/rules/reason.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { loadUser } from '../load.ts'
import { mappedGroup } from '../mapped-groups.ts'
import { enumOf } from './enums.ts'
import { MappedGroup } from './mapping-values.ts'
import { User } from './user.ts'

export const MoveKind = enumOf<DomainKind, string>('MoveKind', 'What a mapping does to a person.', {
  JOIN: ['join', 'Enters groups and leaves none.'],
  LEAVE: ['leave', 'Leaves groups and enters none.'],
  MOVE: ['move', 'Leaves groups and enters others.'],
  UNCHANGED: ['unchanged', 'Is in the same groups as before.'],
})

export interface Shown {
  readonly preview: MappingPreview
}

type Planned = PlannedClass<PeopleClass>

interface PersonShape extends Shown {
  readonly member: ClassMember
  readonly planned: Planned
}

export const groupsOf = (call: Call, ids: readonly string[], { preview }: Shown) =>
  Promise.all(ids.map(id => mappedGroup(call, id, preview.draft.names)))

export const PlannedPerson = builder.objectRef<PersonShape>('PlannedPerson').implement({
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
    reason: t.string({
      description: 'Why, in a few words.',
      resolve: ({ planned, preview }) => planReason(planned.of.person, planned.plan, preview.draft.mapping),
    }),
  }),
})

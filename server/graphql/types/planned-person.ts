// A person and what a mapping would do to them.
import type { MoveKind as DomainKind } from '#server/domain/group-mappings/rules/plan-summary.ts'
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

/** A person with what happens to them, wherever it was found out. */
export interface PersonShape {
  readonly id: string
  readonly name: string
  readonly kind: DomainKind
  readonly frozen: boolean
  readonly values: readonly string[]
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly reason: string
  /** Names of groups that are known already, also of those that are to be made. */
  readonly names?: ReadonlyMap<string, string>
}

export const groupsOf = (call: Call, ids: readonly string[], names?: ReadonlyMap<string, string>) =>
  Promise.all(ids.map(id => mappedGroup(call, id, names)))

export const PlannedPerson = builder.objectRef<PersonShape>('PlannedPerson').implement({
  description: 'A person, and what a mapping or a change set does to them.',
  authScopes: { may: 'users:read' },
  fields: t => ({
    user: t.prismaField({
      type: User,
      nullable: true,
      description: 'The person; null when they were deleted a moment ago.',
      resolve: async (query, { id }, _args, { call }) => (await loadUser(call, id, query)) ?? null,
    }),
    name: t.string({ description: 'What the person is called.', resolve: ({ name }) => name }),
    kind: t.field({ type: MoveKind, description: 'What happens.', resolve: ({ kind }) => kind }),
    frozen: t.boolean({
      description: 'Whether they are deactivated: nothing moves until they are back.',
      resolve: ({ frozen }) => frozen,
    }),
    values: t.stringList({
      description: 'What they carry, as received.',
      resolve: ({ values }) => [...values],
    }),
    from: t.field({
      type: [MappedGroup],
      description: 'Groups that the mapping holds them in before; of a change set, those where that changes.',
      resolve: (person, _args, { call }) => groupsOf(call, person.from, person.names),
    }),
    to: t.field({
      type: [MappedGroup],
      description: 'Groups that it holds them in afterwards; of a change set, those where that changes.',
      resolve: (person, _args, { call }) => groupsOf(call, person.to, person.names),
    }),
    reason: t.string({
      description: 'Why, in a few words.',
      resolve: ({ reason }) => reason,
    }),
  }),
})

// The draft as the server takes it.
import type { VariablesOf } from '#web/graphql/graphql.ts'
import type { PlanQuery } from './documents.ts'
import type { Draft, GroupPick } from './draft.ts'

export type MappingInput = VariablesOf<typeof PlanQuery>['input']
type ChoiceInput = MappingInput['rows'][number]['group']

function choiceOf({ id, name }: GroupPick): ChoiceInput {
  return id === null ? { newGroup: name } : { groupId: id }
}

/** Rows that are not filled in yet are left out: `rowFaults` names them before anything is saved. */
export function inputOf({ enabled, applyToExisting, defaultGroup, rows }: Draft): MappingInput {
  return {
    enabled,
    applyToExisting,
    ...(defaultGroup ? { defaultGroup: choiceOf(defaultGroup) } : {}),
    rows: rows.flatMap(({ value, group }) =>
      group && value.trim() !== '' ? [{ value, group: choiceOf(group) }] : [],
    ),
  }
}

// A group mapping as clients write it.
import type { DraftRow, GroupChoice, MappingDraft } from '#server/domain/group-mappings/rules/draft.ts'
import { invalidInput } from '#server/domain/error.ts'
import { builder } from './builder.ts'
import { uuidIn } from './ids.ts'

const GroupChoiceInput = builder.inputType('GroupChoiceInput', {
  description: 'A group: either one that exists, or the name of one to be made when the mapping is saved.',
  isOneOf: true,
  fields: t => ({
    groupId: t.id({ description: 'Global id of a group.' }),
    newGroup: t.string({ description: 'Name of a group to be made, 1 to 50 characters.' }),
  }),
})

const MappingRowInput = builder.inputType('MappingRowInput', {
  description: 'One value and the group it leads to. Row numbers follow from the order of the list.',
  fields: t => ({
    value: t.string({ required: true, description: '1 to 255 characters; edge blanks do not count.' }),
    group: t.field({ type: GroupChoiceInput, required: true, description: 'Where it leads.' }),
  }),
})

export const GroupMappingInput = builder.inputType('GroupMappingInput', {
  description: 'A whole mapping.',
  fields: t => ({
    enabled: t.boolean({ required: true, description: 'Whether it moves people.' }),
    rows: t.field({ type: [MappingRowInput], required: true, description: 'All rows, 1,000 at most.' }),
    defaultGroup: t.field({
      type: GroupChoiceInput,
      description: 'Group for people without a match; none when left out.',
    }),
    applyToExisting: t.boolean({
      required: true,
      description: 'Whether a save moves the people who are there; else only later changes of a value count.',
    }),
  }),
})

interface ChoiceShape {
  readonly groupId?: string | null | undefined
  readonly newGroup?: string | null | undefined
}

interface InputShape {
  readonly enabled: boolean
  readonly rows: readonly { readonly value: string; readonly group: ChoiceShape }[]
  readonly defaultGroup?: ChoiceShape | null | undefined
  readonly applyToExisting: boolean
}

/** As the domain reads it; ids of other types and organizations are ids of no group. */
export function draftOf(input: InputShape): MappingDraft {
  const rows = input.rows.map(({ value, group }, index): DraftRow => {
    return { value, group: choiceOf(group, `rows.${String(index)}.group`) }
  })
  const { enabled, applyToExisting, defaultGroup } = input
  const chosen = defaultGroup ? choiceOf(defaultGroup, 'defaultGroup') : null
  return { enabled, applyToExisting, rows, defaultGroup: chosen }
}

function choiceOf({ groupId, newGroup }: ChoiceShape, path: string): GroupChoice {
  if (typeof groupId === 'string') return { groupId: uuidIn('Group', groupId) }
  if (typeof newGroup === 'string') return { newGroup }
  throw invalidInput('group-mappings/bad-input', [{ path, message: 'Pick a group, or name a new one.' }])
}

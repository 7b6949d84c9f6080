// A mapping as an admin has typed it in, checked and made ready for the plan.
import { invalidInput, type InvalidField } from '#server/domain/error.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import type { Mapping, MappingRow } from './mapping.ts'
import { longestValue, matchKey } from './match-key.ts'

/** A group that exists, or the name of one to be made at save. */
export type GroupChoice =
  | { readonly groupId: string; readonly newGroup?: never }
  | { readonly newGroup: string; readonly groupId?: never }

export interface DraftRow {
  readonly value: string
  readonly group: GroupChoice
}

export interface MappingDraft {
  readonly enabled: boolean
  readonly rows: readonly DraftRow[]
  readonly defaultGroup: GroupChoice | null
  readonly applyToExisting: boolean
}

export const mostRows = 1_000
const longestGroupName = 50

/** What a draft is checked against. */
export interface Surroundings {
  readonly mapping: Mapping
  /** Names of the groups that the draft names by id; missing ids do not exist. */
  readonly groupNames: ReadonlyMap<string, string>
  /** Normal forms of names that are in use, among those that the draft wants to make. */
  readonly takenNames: ReadonlySet<string>
}

export interface CheckedDraft {
  /** What the mapping becomes. Groups to be made have the id `new:` and the normal form of their name. */
  readonly mapping: Mapping
  /** Name by provisional id. */
  readonly newGroups: ReadonlyMap<string, string>
  readonly applyToExisting: boolean
}

/** The id that stands for a group until it is made. */
export function provisionalId(name: string): string {
  return `new:${nameKey(name.trim())}`
}

/** Throws `group-mappings/bad-input` with a line for every row that cannot be taken. Rows keep the id of their value. */
export function checkDraft(draft: MappingDraft, around: Surroundings): CheckedDraft {
  const faults = [...rowFaults(draft), ...groupFaults(draft, around)]
  if (faults.length > 0) throw invalidInput('group-mappings/bad-input', faults)
  const known = new Map(around.mapping.rows.map(row => [row.value, row.id]))
  const rows = draft.rows.map(({ value, group }, position): MappingRow => {
    const key = matchKey(value)
    return { id: known.get(key) ?? '', value: key, groupId: idOf(group), position }
  })
  const { defaultGroup } = draft
  const defaultGroupId = defaultGroup === null ? null : idOf(defaultGroup)
  const newGroups = new Map(choicesOf(draft).flatMap(({ group }) => newGroupOf(group)))
  const mapping = { ...around.mapping, enabled: draft.enabled, defaultGroupId, rows }
  return { mapping, newGroups, applyToExisting: draft.applyToExisting }
}

/** Ids and new names that a draft mentions, with where. */
export function choicesOf(draft: MappingDraft): { path: string; group: GroupChoice }[] {
  const ofRows = draft.rows.map(({ group }, index) => ({ path: `rows.${String(index)}.group`, group }))
  return draft.defaultGroup === null
    ? ofRows
    : [...ofRows, { path: 'defaultGroup', group: draft.defaultGroup }]
}

function idOf(group: GroupChoice): string {
  return group.groupId ?? provisionalId(group.newGroup)
}

function newGroupOf(group: GroupChoice): [string, string][] {
  return group.newGroup === undefined ? [] : [[provisionalId(group.newGroup), group.newGroup.trim()]]
}

function rowFaults({ rows }: MappingDraft): InvalidField[] {
  if (rows.length > mostRows) {
    const message = `A mapping has at most ${String(mostRows)} rows; these are ${String(rows.length)}. Remove some.`
    return [{ path: 'rows', message }]
  }
  const first = new Map<string, number>()
  return rows.flatMap(({ value }, index) => {
    const path = `rows.${String(index)}.value`
    const key = matchKey(value)
    const before = first.get(key)
    first.set(key, before ?? index)
    if (key === '')
      return [{ path, message: `Row ${String(index + 1)} has no value. Enter one, or remove the row.` }]
    if (key.length > longestValue || key.includes('\u0000') || /\p{Surrogate}/u.test(key)) {
      return [
        {
          path,
          message: `The value of row ${String(index + 1)} cannot be used: at most 255 characters of text.`,
        },
      ]
    }
    if (before === undefined) return []
    const message = `"${key.slice(0, 80)}" stands in row ${String(before + 1)} and row ${String(index + 1)}. Keep one: a value leads to one group.`
    return [{ path, message }]
  })
}

function groupFaults(draft: MappingDraft, around: Surroundings): InvalidField[] {
  return choicesOf(draft).flatMap(({ path, group }) => {
    const message =
      group.newGroup === undefined ? idFault(group.groupId, around) : nameFault(group.newGroup, around)
    return message === null ? [] : [{ path, message }]
  })
}

function idFault(groupId: string, { groupNames }: Surroundings): string | null {
  return groupNames.has(groupId) ? null : 'This group does not exist any more. Pick another one.'
}

function nameFault(name: string, { takenNames }: Surroundings): string | null {
  const trimmed = name.trim()
  if (trimmed === '' || Array.from(trimmed).length > longestGroupName || trimmed.includes('\u0000')) {
    return `Give the new group a name of 1 to ${String(longestGroupName)} characters.`
  }
  if (!takenNames.has(nameKey(trimmed))) return null
  return `There is a group "${trimmed}" already (letter case does not count). Pick it from the list.`
}

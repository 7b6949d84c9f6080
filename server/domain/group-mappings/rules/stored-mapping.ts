// A mapping as change sets and the activity log keep it.
import type { Mapping } from './mapping.ts'

export interface StoredMapping {
  readonly enabled: boolean
  readonly source: string
  readonly defaultGroupId: string | null
  readonly rows: readonly { readonly id: string; readonly value: string; readonly groupId: string }[]
}

export function storedMapping({ enabled, source, defaultGroupId, rows }: Mapping): StoredMapping {
  return {
    enabled,
    source,
    defaultGroupId,
    rows: rows.map(({ id, value, groupId }) => ({ id, value, groupId })),
  }
}

export type RowChangeKind = 'added' | 'removed' | 'changed'

export interface RowChange {
  readonly kind: RowChangeKind
  readonly value: string
  readonly fromGroupId: string | null
  readonly toGroupId: string | null
}

/** Which rows differ, by value. */
export function rowChanges(before: StoredMapping, after: StoredMapping): RowChange[] {
  const groupOf = ({ rows }: StoredMapping): Map<string, string> =>
    new Map(rows.map(({ value, groupId }) => [value, groupId]))
  const [had, has] = [groupOf(before), groupOf(after)]
  return [...new Set([...had.keys(), ...has.keys()])].flatMap((value): RowChange[] => {
    const [fromGroupId, toGroupId] = [had.get(value) ?? null, has.get(value) ?? null]
    if (fromGroupId === toGroupId) return []
    if (fromGroupId === null) return [{ kind: 'added', value, fromGroupId, toGroupId }]
    return [{ kind: toGroupId === null ? 'removed' : 'changed', value, fromGroupId, toGroupId }]
  })
}

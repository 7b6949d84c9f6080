// The mapping while it is edited, as plain data, and what each edit makes of it.

/** A group that exists, or (without id) one that is made when the mapping is saved. */
export interface GroupPick {
  id: string | null
  name: string
}

export interface DraftRow {
  /** Stays while the row is edited or moved. */
  key: string
  value: string
  group: GroupPick | null
}

export interface Draft {
  enabled: boolean
  applyToExisting: boolean
  defaultGroup: GroupPick | null
  rows: readonly DraftRow[]
}

interface Stored {
  enabled: boolean
  defaultGroup: GroupPick | null
  rows: readonly { id: string; value: string; group: GroupPick }[]
}

const pickOf = ({ id, name }: GroupPick): GroupPick => ({ id, name })

/** What is stored, ready to be edited. Moving existing people is chosen anew for each save. */
export function draftOf({ enabled, defaultGroup, rows }: Stored): Draft {
  return {
    enabled,
    applyToExisting: false,
    defaultGroup: defaultGroup && pickOf(defaultGroup),
    rows: rows.map(row => ({ key: row.id, value: row.value, group: pickOf(row.group) })),
  }
}

/** True for the same group, or for two new ones of one name. */
export function isSameGroup(one: GroupPick | null, other: GroupPick | null): boolean {
  if (one === null || other === null) return one === other
  if (one.id !== null || other.id !== null) return one.id === other.id
  return one.name.trim().toLowerCase() === other.name.trim().toLowerCase()
}

/** The rows with one of them changed. */
export function withRow(
  rows: readonly DraftRow[],
  key: string,
  change: Partial<Omit<DraftRow, 'key'>>,
): DraftRow[] {
  return rows.map(row => (row.key === key ? { ...row, ...change } : row))
}

/** The rows with one of them moved up (-1) or down (1); at the ends it stays. */
export function withMove(rows: readonly DraftRow[], key: string, step: -1 | 1): readonly DraftRow[] {
  const at = rows.findIndex(row => row.key === key)
  const [row, neighbour] = [rows[at], rows[at + step]]
  if (!row || !neighbour) return rows
  return rows.with(at, neighbour).with(at + step, row)
}

/** The rows by the keys under which they are stored, now that they were `sent`: a new one got one. */
export function withStoredKeys(
  rows: readonly DraftRow[],
  sent: readonly DraftRow[],
  stored: Stored['rows'],
): DraftRow[] {
  const ids = new Map(stored.map(row => [row.value, row.id]))
  const keys = new Map(sent.map(row => [row.key, ids.get(row.value.trim()) ?? row.key]))
  return rows.map(row => ({ ...row, key: keys.get(row.key) ?? row.key }))
}

/** Names of groups that exist only here, each once. */
export function newGroupNames({ rows, defaultGroup }: Draft): string[] {
  const picks = [...rows.map(row => row.group), defaultGroup]
  const names = new Map<string, string>()
  for (const pick of picks) {
    if (pick && pick.id === null) names.set(pick.name.trim().toLowerCase(), pick.name)
  }
  return [...names.values()]
}

// The demonstration's groups: a mapping with values that match, that nearly match and that have no group yet.
import type { Context } from '#server/domain/context.ts'
import { readMapping } from '#server/domain/group-mappings/read-mapping.sql.ts'
import type { Mapping, MappingRow } from '#server/domain/group-mappings/rules/mapping.ts'
import { matchKeys } from '#server/domain/group-mappings/rules/match-key.ts'
import { detailOf } from '#server/domain/group-mappings/rules/placement.ts'
import { saveGroupMapping } from '#server/domain/group-mappings/save-group-mapping.ts'
import { lockGroup } from '#server/domain/groups/read-group.sql.ts'
import { moveMembers } from '#server/domain/memberships/move-members.ts'
import { transact } from '#server/domain/transact.ts'

/** Value and group. "sales emea" is left out on purpose, as are the values of small departments. */
const rows: readonly (readonly [string, string])[] = [
  ['Engineering', 'Engineering'],
  ['Engineering Interviewers', 'Engineering'],
  ['Sales Americas', 'Sales'],
  ['Sales APAC', 'Sales'],
  ['Sales EMEA', 'Sales'],
  ['Customer Success', 'Customer Success'],
  ['Customer Success EMEA', 'Customer Success'],
  ['Support', 'Support'],
  ['Product', 'Product'],
  ['Marketing', 'Marketing'],
]
/** Its row is there, its people are not placed: a preview has something to show. */
const notPlaced = 'Support'

/** Saves the mapping and places people by it, without a line of the log for each of them. */
export async function fillGroups(owner: Context): Promise<void> {
  const draft = {
    enabled: true,
    applyToExisting: false,
    defaultGroup: null,
    rows: rows.map(([value, newGroup]) => ({ value, group: { newGroup } })),
  }
  await saveGroupMapping(owner, { draft, fingerprint: null, version: 0 })
  const mapping = await readMapping(owner.sql)
  const carriers = await readCarriers(owner)
  const placing = mapping.rows.filter(({ value }) => value !== notPlaced)
  const groups = [...new Set(placing.map(({ groupId }) => groupId))].sort()
  await transact(owner, async tx => {
    for (const groupId of groups) {
      await lockGroup(tx.sql, groupId)
      const details = detailsOf(mapping, { rows: placing.filter(row => row.groupId === groupId), carriers })
      await moveMembers(tx, { groupId, kind: 'mapping', add: Object.keys(details), remove: [], details })
    }
  })
}

/** Ids of living people by the value that they carry. */
async function readCarriers({ db, orgId }: Context): Promise<ReadonlyMap<string, readonly string[]>> {
  const people = await db.user.findMany({
    where: { orgId, status: { in: ['active', 'pending'] } },
    select: { id: true, identityProviderGroups: true },
  })
  const carriers = new Map<string, string[]>()
  for (const { id, identityProviderGroups } of people) {
    for (const key of matchKeys(identityProviderGroups)) carriers.set(key, [...(carriers.get(key) ?? []), id])
  }
  return carriers
}

function detailsOf(
  mapping: Mapping,
  what: { rows: readonly MappingRow[]; carriers: ReadonlyMap<string, readonly string[]> },
): Record<string, object> {
  const entries = what.rows.flatMap(({ value, groupId }) => {
    const detail = detailOf({ groupId, kind: 'mapping', value }, mapping)
    return (what.carriers.get(value) ?? []).map(id => [id, detail] as const)
  })
  return Object.fromEntries(entries)
}

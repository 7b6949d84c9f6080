// Groups as the mapping names them, read together: existing ones by id, and those that a save would make.
import { batched } from './batch.ts'
import type { Call } from './call.ts'

export interface MappedGroupRow {
  /** Null for a group that is made at save. */
  readonly id: string | null
  readonly name: string
}

const loadName = batched<string, string>(async (call, ids) => {
  const { orgId, db } = call.org
  const where = { orgId, id: { in: [...ids] } }
  const groups = await db.group.findMany({ where, select: { id: true, displayName: true } })
  return new Map(groups.map(({ id, displayName }) => [id, displayName]))
})

/** `names` are those that a draft knows; ids that nobody knows belong to groups that have been deleted. */
export async function mappedGroup(
  call: Call,
  id: string,
  names: ReadonlyMap<string, string> = new Map(),
): Promise<MappedGroupRow> {
  if (id.startsWith('new:')) return { id: null, name: names.get(id) ?? id.slice(4) }
  const name = names.get(id) ?? (await loadName(call, id))
  return { id, name: name ?? 'a deleted group' }
}

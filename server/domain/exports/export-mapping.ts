// The mapping table as CSV.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { csvLine } from './rules/csv.ts'
import { noteExport } from './note-export.ts'

/** Head and one line a row: value, group, people who carry it, last seen. At most 1,000 rows. */
export async function* exportMapping(
  ctx: Context,
  _input: Record<string, never>,
): AsyncGenerator<string, void> {
  demand(ctx.actor, 'mappings:read')
  await noteExport(ctx, { what: 'group_mapping', filter: {} })
  const { orgId } = ctx
  const rows = await ctx.db.groupMappingRow.findMany({
    where: { orgId },
    orderBy: { position: 'asc' },
    select: { value: true, group: { select: { displayName: true } } },
  })
  const carried = await ctx.db.groupValue.findMany({
    where: { orgId, value: { in: rows.map(({ value }) => value) } },
  })
  const byValue = new Map(carried.map(each => [each.value, each]))
  const lines = rows.map(({ value, group }) => {
    const seen = byValue.get(value)
    return csvLine([value, group.displayName, seen?.people ?? 0, seen?.lastSeen ?? null])
  })
  yield csvLine(['Value in Identity Provider', 'Group', 'People', 'Last seen']) + lines.join('')
}

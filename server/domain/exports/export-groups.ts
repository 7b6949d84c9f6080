// Groups as a CSV file, a block at a time.
import { demand, managesOwnGroupsOnly } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { noteExport } from './note-export.ts'
import { readGroupBlock, type ExportedGroup } from './read-blocks.sql.ts'
import { csvLine } from './rules/csv.ts'

const columns = [
  'Name', 'Members', 'By mapping', 'Without a match', 'By identity provider', 'By hand', 'Identity Provider Group',
  'Pushed', 'Group admins', 'Managed events', 'External ID', 'Created', 'Changed',
] // prettier-ignore

/** Yields pieces of the file: the head, then some groups each, in order of creation. Group admins get their own. */
export async function* exportGroups(
  ctx: Context,
  input: { search: string | null },
): AsyncGenerator<string, void> {
  demand(ctx.actor, 'groups:read')
  await noteExport(ctx, { what: 'groups', filter: input })
  const adminId = managesOwnGroupsOnly(ctx.actor) ? ctx.actor.userId : null
  yield csvLine(columns)
  for (let after: string | null = null; ;) {
    const block: ExportedGroup[] = await readGroupBlock(ctx.sql, { ...input, adminId, after })
    const last = block.at(-1)
    if (last === undefined) return
    yield block.map(line).join('')
    after = last.id
  }
}

function line(group: ExportedGroup): string {
  return csvLine([
    group.name,
    group.members,
    group.mapping,
    group.unmatched,
    group.scim,
    group.manual,
    (group.values ?? []).join('; '),
    group.pushed ? 'yes' : 'no',
    (group.admins ?? []).join('; '),
    (group.managedEvents ?? []).join('; '),
    group.externalId,
    group.createdAt,
    group.changedAt,
  ])
}

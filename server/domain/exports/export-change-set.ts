// Everybody whom a change set has moved, as CSV, a piece at a time.
import { demand } from '#server/domain/actor.ts'
import { listMovedPeople, type MovedPerson } from '#server/domain/change-sets/list-moved-people.ts'
import type { Context, Statement } from '#server/domain/context.ts'
import { previewHead } from './export-mapping-preview.ts'
import { noteExport } from './note-export.ts'
import { csvLine } from './rules/csv.ts'

const atOnce = 1_000

const groups: Statement = {
  text: 'SELECT id, display_name AS name FROM groups WHERE org_id = $1',
}

/** The columns of the preview; a thousand people a piece, by name; `search` is a part of a name or address. Throws `change-sets/unknown`. */
export async function* exportChangeSet(
  ctx: Context,
  input: { changeSetId: string; search: string },
): AsyncGenerator<string, void> {
  demand(ctx.actor, 'mappings:read')
  const asked = { ...input, of: 'change', take: atOnce } as const
  let page = await listMovedPeople(ctx, { ...asked, after: null })
  await noteExport(ctx, { what: 'change_set', filter: { id: input.changeSetId, search: input.search } })
  const known = await ctx.sql.run<{ id: string; name: string }>(groups, [])
  const names = new Map(known.map(({ id, name }) => [id, name]))
  yield csvLine(previewHead)
  for (;;) {
    yield page.people.map(person => lineOf(person, names)).join('')
    const last = page.people.at(-1)
    if (last === undefined || page.people.length < atOnce) return
    page = await listMovedPeople(ctx, { ...asked, after: last })
  }
}

function lineOf(person: MovedPerson, names: ReadonlyMap<string, string>): string {
  const told = (ids: readonly string[]): string =>
    ids
      .map(id => names.get(id) ?? 'a deleted group')
      .sort()
      .join('; ')
  const { name, email, status, values, kind, from, to, reason } = person
  return csvLine([name, email, status, values.join('; '), kind, told(from), told(to), reason])
}

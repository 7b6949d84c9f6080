// A mapping table from CSV, as the rows of a draft; nothing is written.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { mostRows, type DraftRow } from '#server/domain/group-mappings/rules/draft.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { parseCsv } from './rules/parse-csv.ts'

export interface MappingRead {
  readonly rows: readonly DraftRow[]
  /** Lines that could not be taken, from 1, with what is wrong. */
  readonly faults: readonly { readonly line: number; readonly message: string }[]
}

const heads = new Set(['value in identity provider', 'value'])

/**
 * First column the value, second the group's name; a head line is known by its first cell. Names that no group has,
 * letter case aside, are groups to be made at save.
 */
export async function readMappingCsv(ctx: Context, input: { csv: string }): Promise<MappingRead> {
  demand(ctx.actor, 'mappings:read')
  const lines = parseCsv(input.csv)
  const hasHead = heads.has((lines[0]?.[0] ?? '').trim().toLowerCase())
  const body = lines.slice(hasHead ? 1 : 0)
  const groups = await ctx.db.group.findMany({
    where: { orgId: ctx.orgId },
    select: { id: true, nameKey: true },
  })
  const ids = new Map(groups.map(group => [group.nameKey, group.id]))
  const faults: { line: number; message: string }[] = []
  const rows = body.slice(0, mostRows).flatMap(([value = '', group = ''], index): DraftRow[] => {
    const line = index + (hasHead ? 2 : 1)
    const name = group.trim()
    if (value.trim() === '') faults.push({ line, message: `Line ${String(line)} has no value.` })
    else if (name === '') faults.push({ line, message: `Line ${String(line)} names no group.` })
    else return [{ value, group: choiceFor(name, ids) }]
    return []
  })
  if (body.length > mostRows) {
    const message = `Only the first ${String(mostRows)} rows are taken; the file has ${String(body.length)}.`
    faults.push({ line: mostRows + 1, message })
  }
  return { rows, faults }
}

function choiceFor(name: string, ids: ReadonlyMap<string, string>): DraftRow['group'] {
  const groupId = ids.get(nameKey(name))
  return groupId === undefined ? { newGroup: name } : { groupId }
}

// Checks a draft of the mapping against the groups as they are.
import type { Sql, Statement } from '#server/domain/context.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { readMapping } from './read-mapping.sql.ts'
import { checkDraft, choicesOf, type CheckedDraft, type MappingDraft } from './rules/draft.ts'

const named: Statement = {
  name: 'groups-for-mapping',
  text: `SELECT g.id, g.display_name AS name, g.name_key AS key FROM groups g
    WHERE g.org_id = $1 AND (g.id = ANY($2::uuid[]) OR g.name_key = ANY($3::text[]))`,
}

export interface PreparedDraft extends CheckedDraft {
  /** Names of the groups in it, new ones too, by id or provisional id. */
  readonly names: ReadonlyMap<string, string>
}

/** Throws `group-mappings/bad-input`. */
export async function prepareDraft(sql: Sql, draft: MappingDraft): Promise<PreparedDraft> {
  const groups = choicesOf(draft).map(({ group }) => group)
  const ids = groups.flatMap(({ groupId }) => (groupId !== undefined && isId(groupId) ? [groupId] : []))
  const keys = groups.flatMap(({ newGroup }) => (newGroup === undefined ? [] : [nameKey(newGroup.trim())]))
  const rows = await sql.run<{ id: string; name: string; key: string }>(named, [ids, keys])
  const checked = checkDraft(draft, {
    mapping: await readMapping(sql),
    groupNames: new Map(rows.map(({ id, name }) => [id, name])),
    takenNames: new Set(rows.map(({ key }) => key)),
  })
  return {
    ...checked,
    names: new Map([...rows.map(each => [each.id, each.name] as const), ...checked.newGroups]),
  }
}

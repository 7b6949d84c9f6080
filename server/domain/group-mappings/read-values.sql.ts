// The values that the identity provider has sent, with who carries them, for the mapping page.
import type { Sql, Statement } from '#server/domain/context.ts'

export interface SeenValueRow {
  readonly value: string
  readonly people: number
  readonly lastSeen: Date
}

export interface SeenValueQuestion {
  /** Only values that have a row, or that have none; all without it. */
  readonly mapped: boolean | null
  /** Part of the value, letter case aside; empty for all. */
  readonly search: string
  readonly take: number
  readonly skip: number
}

const where = `v.org_id = $1 AND v.people > 0
    AND ($2::text = '' OR strpos(lower(v.value), $2::text) > 0)
    AND ($3::boolean IS NULL OR $3::boolean = EXISTS (
      SELECT 1 FROM group_mapping_rows r WHERE r.org_id = $1 AND r.value = v.value))`

const read: Statement = {
  text: `SELECT v.value, v.people, v.last_seen AS "lastSeen" FROM group_values v WHERE ${where}
    ORDER BY v.people DESC, v.value LIMIT $4::int OFFSET $5::int`,
}

/** Values that somebody carries, the most frequent first. */
export function readSeenValues(sql: Sql, question: SeenValueQuestion): Promise<SeenValueRow[]> {
  const { mapped, search, take, skip } = question
  return sql.run<SeenValueRow>(read, [search.toLowerCase(), mapped, take, skip])
}

const count: Statement = {
  text: `SELECT count(*)::int AS total, COALESCE(sum(v.people), 0)::int AS people FROM group_values v WHERE ${where}`,
}

/** How many such values there are; people who carry several count several times. */
export async function countSeenValues(
  sql: Sql,
  question: Pick<SeenValueQuestion, 'mapped' | 'search'>,
): Promise<{ total: number; people: number }> {
  const [row] = await sql.run<{ total: number; people: number }>(count, [
    question.search.toLowerCase(),
    question.mapped,
  ])
  return row ?? { total: 0, people: 0 }
}

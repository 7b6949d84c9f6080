// Reads whom a change set has moved, a page at a time by name, with what is still as it left it.
import type { Sql, Statement } from '#server/domain/context.ts'
import { isAsLeft, type KeptSource } from './change-sets.sql.ts'

/** One reason that was given or taken, and whether nobody has touched it since. */
export interface MovedEntry {
  readonly groupId: string
  readonly kind: string
  readonly before: KeptSource | null
  readonly after: KeptSource | null
  readonly asLeft: boolean
}

export interface MovedRow {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly status: string
  readonly values: readonly string[]
  readonly entries: readonly MovedEntry[]
}

export interface MovedQuestion {
  readonly changeSetId: string
  /** In the form of search keys; empty for everybody. */
  readonly search: string
  /** Only people behind this place in the order of names. */
  readonly after: { readonly name: string; readonly id: string } | null
  readonly take: number
}

const moved = `FROM users u WHERE u.org_id = $1
  AND u.id IN (SELECT e.user_id FROM change_set_entries e WHERE e.org_id = $1 AND e.change_set_id = $2::uuid)
  AND ($3::text = '' OR strpos(u.search_key, $3::text) > 0)`

const page: Statement = {
  text: `WITH page AS MATERIALIZED (
      SELECT u.id, u.display_name AS name, u.email, u.status, u.identity_provider_groups AS values, u.deleted_at ${moved}
         AND ($4::uuid IS NULL OR (u.display_name, u.id) > ($5::text, $4::uuid))
       ORDER BY u.display_name, u.id LIMIT $6::int)
    SELECT p.id, p.name, p.email, p.status, p.values, x.entries FROM page p CROSS JOIN LATERAL (
      SELECT json_agg(json_build_object('groupId', e.group_id, 'kind', e.kind, 'before', e.before, 'after', e.after,
          'asLeft', p.deleted_at IS NULL AND ${isAsLeft}) ORDER BY e.group_id, e.kind) AS entries
        FROM change_set_entries e LEFT JOIN membership_sources s
          ON s.org_id = $1 AND s.group_id = e.group_id AND s.user_id = e.user_id AND s.kind = e.kind
       WHERE e.org_id = $1 AND e.change_set_id = $2::uuid AND e.user_id = p.id) x
    ORDER BY p.name, p.id`,
}

/** People who were purged are missing. */
export function readMovedPeople(sql: Sql, question: MovedQuestion): Promise<MovedRow[]> {
  const { changeSetId, search, after, take } = question
  return sql.run<MovedRow>(page, [changeSetId, search, after?.id ?? null, after?.name ?? '', take])
}

const count: Statement = { text: `SELECT count(*)::int AS total ${moved}` }

export async function countMovedPeople(
  sql: Sql,
  question: Pick<MovedQuestion, 'changeSetId' | 'search'>,
): Promise<number> {
  const [row] = await sql.run<{ total: number }>(count, [question.changeSetId, question.search])
  return row?.total ?? 0
}

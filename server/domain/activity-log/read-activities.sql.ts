// Reads the activity log by its age, with what its subjects are called now.
import type { Actor } from '#server/domain/actor.ts'
import type { Sql, Statement } from '#server/domain/context.ts'
import { nounsOfCategories, type ActivityCategory } from './rules/category.ts'
import { searchParts } from './rules/search.ts'

export interface ActivityRow {
  readonly id: string
  readonly occurredAt: Date
  readonly actorKind: Actor['kind']
  readonly actorName: string
  readonly action: string
  readonly subjectKind: string | null
  readonly subjectId: string | null
  readonly subjectName: string | null
  readonly before: unknown
  readonly after: unknown
  readonly requestId: string | null
  readonly ip: string | null
}

export interface ActivityFilter {
  readonly actorKinds?: readonly Actor['kind'][] | null | undefined
  readonly categories?: readonly ActivityCategory[] | null | undefined
  /** Words that must all occur, "quoted" ones together. */
  readonly search?: string | null | undefined
  readonly from?: Date | null | undefined
  readonly to?: Date | null | undefined
}

export interface ActivityWindow {
  /** The line before the window; null for its first. */
  readonly id: string | null
  /** From old to new. */
  readonly ascending: boolean
  readonly take: number
}

/** $2 kinds of actors, $3 first parts of actions, $4 patterns, $5 and $6 from and to; null for no such condition. */
const matching = `a.org_id = $1
  AND ($2::text IS NULL OR a.actor_kind = ANY(string_to_array($2::text, ',')))
  AND ($3::text IS NULL OR split_part(a.action, '.', 1) = ANY(string_to_array($3::text, ',')))
  AND ($4::text[] IS NULL OR lower(concat_ws(' ', a.actor_name, a.action, a.subject_id, a.ip, a.request_id,
    a.before::text, a.after::text, u.display_name, g.display_name, e.name)) LIKE ALL ($4::text[]))
  AND ($5::timestamptz IS NULL OR a.occurred_at >= $5::timestamptz)
  AND ($6::timestamptz IS NULL OR a.occurred_at < $6::timestamptz)`

/** Subjects that are gone keep their id only. */
const named = (kind: string) => `CASE WHEN a.subject_kind = '${kind}' THEN a.subject_id::uuid END`
const sources = `activities a
  LEFT JOIN users u ON u.org_id = $1 AND u.id = ${named('user')}
  LEFT JOIN groups g ON g.org_id = $1 AND g.id = ${named('group')}
  LEFT JOIN managed_events e ON e.org_id = $1 AND e.id = ${named('managed_event')}`

const page = (compare: '<' | '>', order: 'ASC' | 'DESC'): Statement => ({
  text: `SELECT a.id, a.occurred_at AS "occurredAt", a.actor_kind AS "actorKind", a.actor_name AS "actorName",
      a.action, a.subject_kind AS "subjectKind", a.subject_id AS "subjectId",
      COALESCE(u.display_name, g.display_name, e.name, a.after->>'name', a.before->>'name') AS "subjectName",
      a.before, a.after, a.request_id AS "requestId", a.ip
    FROM ${sources} WHERE ${matching} AND ($7::uuid IS NULL OR a.id ${compare} $7::uuid)
    ORDER BY a.id ${order} LIMIT $8::int`,
})
const newestFirst = page('<', 'DESC')
const oldestFirst = page('>', 'ASC')
const count: Statement = { text: `SELECT count(*)::int AS count FROM ${sources} WHERE ${matching}` }

/** The lines behind a place, newest first unless asked otherwise. */
export function readActivities(
  sql: Sql,
  { filter, window }: { filter: ActivityFilter; window: ActivityWindow },
): Promise<ActivityRow[]> {
  const statement = window.ascending ? oldestFirst : newestFirst
  return sql.run<ActivityRow>(statement, [...valuesOf(filter), window.id, window.take])
}

/** How many lines there are. */
export async function countActivities(sql: Sql, filter: ActivityFilter): Promise<number> {
  const [row] = await sql.run<{ count: number }>(count, valuesOf(filter))
  return row?.count ?? 0
}

function valuesOf({ actorKinds, categories, search, from, to }: ActivityFilter): unknown[] {
  const parts = searchParts(search ?? '').map(part => `%${part.replace(/[\\%_]/g, '\\$&')}%`)
  return [
    actorKinds?.join(',') ?? null,
    categories ? nounsOfCategories(categories).join(',') : null,
    parts.length === 0 ? null : parts,
    from ?? null,
    to ?? null,
  ]
}

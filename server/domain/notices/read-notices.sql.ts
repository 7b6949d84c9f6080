// Reads notices as one caller sees them.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { ConditionKind } from './rules/condition.ts'
import type { SubjectKind } from './rules/expiry.ts'

export interface NoticeRow {
  readonly id: string
  readonly subjectKind: SubjectKind | ConditionKind
  readonly subjectName: string
  readonly threshold: number
  readonly noticedAt: Date
  /** Null for what lasts rather than ends. */
  readonly expiresAt: Date | null
  /** Since when it lasts; null for what ends. */
  readonly beganAt: Date | null
  readonly resolvedAt: Date | null
  /** When the caller has put it away. */
  readonly dismissedAt: Date | null
}

// Silence ends with the next call, not with the minute in which the server next looks: nobody reads beside "called just
// now" that nobody has called.
const resolvedAt =
  'COALESCE(n.resolved_at, CASE WHEN heard.id::text <> n.subject_id THEN heard.occurred_at END)'

/** $2 the caller, null for one who is no person; $3 only what still holds and was not put away. */
const seen = `FROM notices n
  LEFT JOIN LATERAL (SELECT e.id, e.occurred_at FROM exchanges e
    WHERE e.org_id = $1 AND n.subject_kind = 'silence' AND n.resolved_at IS NULL AND e.path <> '/oauth/token'
    ORDER BY e.sequence DESC LIMIT 1) heard ON true
  LEFT JOIN notice_dismissals d ON d.org_id = $1 AND d.user_id = $2::uuid AND d.notice_id = n.id
  WHERE n.org_id = $1 AND (n.audience_id IS NULL OR n.audience_id = $2::uuid)
    AND (NOT $3::boolean OR (${resolvedAt} IS NULL AND d.dismissed_at IS NULL))`

const columns = `n.id, n.subject_kind AS "subjectKind", n.subject_name AS "subjectName", n.threshold,
  n.noticed_at AS "noticedAt", n.expires_at AS "expiresAt", n.began_at AS "beganAt", ${resolvedAt} AS "resolvedAt",
  d.dismissed_at AS "dismissedAt"`

const page = (compare: '<' | '>', order: 'ASC' | 'DESC'): Statement => ({
  text: `SELECT ${columns} ${seen} AND ($4::uuid IS NULL OR n.id ${compare} $4::uuid)
    ORDER BY n.id ${order} LIMIT $5::int`,
})
const newestFirst = page('<', 'DESC')
const oldestFirst = page('>', 'ASC')
const count: Statement = { text: `SELECT count(*)::int AS count ${seen}` }
const one: Statement = { text: `SELECT ${columns} ${seen} AND n.id = $4::uuid` }

export interface NoticeReader {
  /** The person who looks; null for an API key. */
  readonly userId: string | null
  /** Only what still holds and was not put away. */
  readonly open: boolean
}

export interface NoticeWindow {
  /** The notice before the window; null for its first. */
  readonly id: string | null
  readonly ascending: boolean
  readonly take: number
}

/** Newest first unless asked otherwise. */
export function readNotices(sql: Sql, reader: NoticeReader, window: NoticeWindow): Promise<NoticeRow[]> {
  const statement = window.ascending ? oldestFirst : newestFirst
  return sql.run<NoticeRow>(statement, [reader.userId, reader.open, window.id, window.take])
}

/** How many there are. */
export async function countNotices(sql: Sql, reader: NoticeReader): Promise<number> {
  const [row] = await sql.run<{ count: number }>(count, [reader.userId, reader.open])
  return row?.count ?? 0
}

/** One of them; null when the caller sees none with this id. */
export async function readNotice(
  sql: Sql,
  { userId, id }: { userId: string | null; id: string },
): Promise<NoticeRow | null> {
  const [row] = await sql.run<NoticeRow>(one, [userId, false, id])
  return row ?? null
}

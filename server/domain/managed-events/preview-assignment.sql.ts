// Compares who holds a managed event with who would.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { Assignees } from './assignments.sql.ts'

export interface PreviewedPerson {
  readonly id: string
  readonly name: string
  readonly change: 'gain' | 'lose'
  /** Had it within the last 30 days and gets the old copy back. */
  readonly returns: boolean
  /** What of theirs stands at the address and would move aside; null when nothing does. */
  readonly clashSlug: string | null
}

export interface AssignmentPreview {
  readonly gain: number
  readonly lose: number
  readonly returning: number
  readonly slugClashes: number
  readonly people: readonly PreviewedPerson[]
}

const ids = (at: number): string =>
  `SELECT w.id FROM unnest(string_to_array($${String(at)}::text, ',')::uuid[]) AS w(id)`

const preview: Statement = {
  name: 'preview-assignment',
  text: `WITH event AS (SELECT e.id, e.slug FROM managed_events e WHERE e.org_id = $1 AND e.id = $2::uuid),
    teams AS (
      (SELECT a.group_id AS id FROM managed_event_groups a WHERE a.org_id = $1 AND a.managed_event_id = $2::uuid
       UNION ${ids(3)}) EXCEPT ${ids(5)}),
    persons AS (
      (SELECT p.user_id AS id FROM managed_event_people p WHERE p.org_id = $1 AND p.managed_event_id = $2::uuid
       UNION ${ids(4)}) EXCEPT ${ids(6)}),
    wanted AS MATERIALIZED (
      SELECT u.id FROM users u WHERE u.org_id = $1 AND u.deleted_at IS NULL AND (
        u.id IN (SELECT m.user_id FROM memberships m WHERE m.org_id = $1 AND m.group_id IN (SELECT id FROM teams))
        OR u.id IN (SELECT id FROM persons))),
    held AS MATERIALIZED (
      SELECT c.user_id AS id FROM managed_event_copies c
       WHERE c.org_id = $1 AND c.managed_event_id = $2::uuid AND c.removed_at IS NULL),
    gains AS MATERIALIZED (
      SELECT w.id, COALESCE(c.removed_at > $7::timestamptz, FALSE) AS returns,
        CASE WHEN c.removed_at > $7::timestamptz AND NOT EXISTS (
          SELECT 1 FROM managed_events o WHERE o.org_id = $1 AND o.slug = c.slug AND o.id <> e.id)
          THEN c.slug ELSE e.slug END AS slug
      FROM event e CROSS JOIN wanted w
        LEFT JOIN managed_event_copies c ON c.org_id = $1 AND c.managed_event_id = e.id AND c.user_id = w.id
      WHERE c.user_id IS NULL OR c.removed_at IS NOT NULL),
    changes AS MATERIALIZED (
      SELECT g.id, 'gain' AS change, g.returns,
        CASE WHEN EXISTS (SELECT 1 FROM event_types t WHERE t.org_id = $1 AND t.user_id = g.id AND t.slug = g.slug)
          OR EXISTS (SELECT 1 FROM managed_event_copies c
            WHERE c.org_id = $1 AND c.user_id = g.id AND c.slug = g.slug AND c.removed_at IS NULL)
          THEN g.slug END AS "clashSlug"
      FROM gains g
      UNION ALL
      SELECT h.id, 'lose', FALSE, NULL FROM held h WHERE h.id NOT IN (SELECT id FROM wanted)),
    named AS (
      SELECT c.id, u.display_name AS name, c.change, c.returns, c."clashSlug"
      FROM changes c JOIN users u ON u.org_id = $1 AND u.id = c.id
      ORDER BY (c."clashSlug" IS NULL), u.display_name, u.id LIMIT $8::int)
    SELECT (SELECT count(*)::int FROM event) AS events,
      count(*) FILTER (WHERE change = 'gain')::int AS gain, count(*) FILTER (WHERE change = 'lose')::int AS lose,
      count(*) FILTER (WHERE returns)::int AS returning, count("clashSlug")::int AS "slugClashes",
      (SELECT COALESCE(json_agg(to_json(n)), '[]'::json) FROM named n) AS people
    FROM changes`,
}

/** Null when there is no such managed event. Whose address clashes comes first. */
export async function readAssignmentPreview(
  sql: Sql,
  question: {
    managedEventId: string
    assign: Assignees
    unassign: Assignees
    keptSince: Date
    take: number
  },
): Promise<AssignmentPreview | null> {
  const { assign, unassign } = question
  const [row] = await sql.run<AssignmentPreview & { events: number }>(preview, [
    question.managedEventId,
    assign.groupIds.join(','),
    assign.userIds.join(','),
    unassign.groupIds.join(','),
    unassign.userIds.join(','),
    question.keptSince,
    question.take,
  ])
  return row === undefined || row.events === 0 ? null : row
}

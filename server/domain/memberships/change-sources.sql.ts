// Gives and takes reasons for memberships, for any number of people and groups in one statement.
import type { Sql, Statement } from '#server/domain/context.ts'

/** One reason of one membership: given with what made it, or taken away. The group's row must be locked. */
export interface SourceChange {
  readonly userId: string
  readonly groupId: string
  readonly kind: string
  /** Null takes the reason away. */
  readonly given: GivenSource | null
}

export interface GivenSource {
  /** What made it, e.g. `{ value: 'Sales' }`. */
  readonly detail: object
  readonly grantedAt: Date
  /** Since when the person is a member, should they not be one yet; `grantedAt` without it. */
  readonly since?: Date
}

/** Somebody who was not in a group before, or is not any more. */
export interface Crossing {
  readonly userId: string
  readonly groupId: string
  readonly name: string
}

export interface Crossings {
  readonly joined: readonly Crossing[]
  readonly left: readonly Crossing[]
  /** The managed events that the groups of the changes are assigned. */
  readonly assigned: readonly string[]
}

const told = (from: string): string => `(SELECT json_agg(json_build_object(
    'userId', c.user_id, 'groupId', c.group_id, 'name', (
      SELECT u.display_name FROM users u WHERE u.org_id = $1 AND u.id = c.user_id)) ORDER BY c.group_id, c.user_id)
  FROM ${from} c) AS ${from}`

// Rows are found one look into the index each and deleted by their place, which the groups' locks keep, and lists are
// looked up in hash tables: joins would be planned by statistics, which know nothing of what was written a moment ago.
const change: Statement = {
  name: 'change-sources',
  text: `WITH asked AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($2::jsonb)
        AS a(user_id uuid, group_id uuid, kind text, detail jsonb, at timestamptz, since timestamptz)),
    taken AS (
      DELETE FROM membership_sources s WHERE s.org_id = $1 AND s.ctid = ANY(ARRAY(
        SELECT f.ctid FROM asked a CROSS JOIN LATERAL (
          SELECT x.ctid FROM membership_sources x WHERE x.org_id = $1 AND x.group_id = a.group_id
             AND x.user_id = a.user_id AND x.kind = a.kind LIMIT 1) f
         WHERE a.detail IS NULL))
      RETURNING s.group_id, s.user_id, s.kind),
    joined AS (
      INSERT INTO memberships (org_id, group_id, user_id, created_at)
      SELECT DISTINCT ON (a.group_id, a.user_id) $1, a.group_id, a.user_id, COALESCE(a.since, a.at)
        FROM asked a WHERE a.detail IS NOT NULL ORDER BY a.group_id, a.user_id, a.since NULLS LAST
      ON CONFLICT DO NOTHING RETURNING group_id, user_id),
    granted AS (
      INSERT INTO membership_sources (org_id, group_id, user_id, kind, detail, granted_at)
      SELECT $1, a.group_id, a.user_id, a.kind, a.detail, a.at FROM asked a WHERE a.detail IS NOT NULL
      ON CONFLICT (org_id, group_id, user_id, kind) DO UPDATE
        SET detail = excluded.detail, granted_at = excluded.granted_at),
    "left" AS (
      DELETE FROM memberships m WHERE m.org_id = $1 AND m.ctid = ANY(ARRAY(
        SELECT f.ctid FROM (SELECT DISTINCT group_id, user_id FROM taken) t CROSS JOIN LATERAL (
          SELECT x.ctid FROM memberships x
           WHERE x.org_id = $1 AND x.group_id = t.group_id AND x.user_id = t.user_id LIMIT 1) f
         WHERE (t.group_id, t.user_id) NOT IN (
             SELECT a.group_id, a.user_id FROM asked a WHERE a.detail IS NOT NULL)
           AND (SELECT true FROM membership_sources o
             WHERE o.org_id = $1 AND o.group_id = t.group_id AND o.user_id = t.user_id
               AND (o.group_id, o.user_id, o.kind) NOT IN (SELECT x.group_id, x.user_id, x.kind FROM taken x)
             LIMIT 1) IS NULL))
      RETURNING m.group_id, m.user_id)
    SELECT ${told('joined')}, ${told('"left"')},
      (SELECT json_agg(DISTINCT e.managed_event_id) FROM (SELECT DISTINCT a.group_id FROM asked a) g CROSS JOIN LATERAL (
        SELECT e.managed_event_id FROM managed_event_groups e
         WHERE e.org_id = $1 AND e.group_id = g.group_id OFFSET 0) e) AS assigned`,
}

interface Row {
  readonly joined: readonly Crossing[] | null
  readonly left: readonly Crossing[] | null
  readonly assigned: readonly string[] | null
}

/** Nobody and no reason may stand in the list twice. Who has the reason already gets the new words for it. */
export async function changeSources(sql: Sql, changes: readonly SourceChange[]): Promise<Crossings> {
  if (changes.length === 0) return { joined: [], left: [], assigned: [] }
  const asked = changes.map(({ userId, groupId, kind, given }) => ({
    user_id: userId,
    group_id: groupId,
    kind,
    ...(given === null ? {} : { detail: given.detail, at: given.grantedAt, since: given.since }),
  }))
  const [row] = await sql.run<Row>(change, [JSON.stringify(asked)])
  return { joined: row?.joined ?? [], left: row?.left ?? [], assigned: row?.assigned ?? [] }
}

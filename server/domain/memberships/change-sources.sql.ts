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
    'userId', c.user_id, 'groupId', c.group_id, 'name', u.display_name) ORDER BY c.group_id, c.user_id)
  FROM ${from} c JOIN users u ON u.org_id = $1 AND u.id = c.user_id) AS ${from}`

const change: Statement = {
  name: 'change-sources',
  text: `WITH asked AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($2::jsonb)
        AS a(user_id uuid, group_id uuid, kind text, detail jsonb, at timestamptz, since timestamptz)),
    taken AS (
      DELETE FROM membership_sources s USING asked a
       WHERE s.org_id = $1 AND a.detail IS NULL
         AND s.group_id = a.group_id AND s.user_id = a.user_id AND s.kind = a.kind
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
      DELETE FROM memberships m USING (SELECT DISTINCT group_id, user_id FROM taken) t
       WHERE m.org_id = $1 AND m.group_id = t.group_id AND m.user_id = t.user_id
         AND NOT EXISTS (SELECT 1 FROM asked a
           WHERE a.group_id = t.group_id AND a.user_id = t.user_id AND a.detail IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM membership_sources o
           WHERE o.org_id = $1 AND o.group_id = t.group_id AND o.user_id = t.user_id
             AND NOT EXISTS (SELECT 1 FROM taken x
               WHERE x.group_id = o.group_id AND x.user_id = o.user_id AND x.kind = o.kind))
      RETURNING m.group_id, m.user_id)
    SELECT ${told('joined')}, ${told('"left"')},
      (SELECT json_agg(DISTINCT e.managed_event_id) FROM managed_event_groups e
        WHERE e.org_id = $1 AND e.group_id IN (SELECT a.group_id FROM asked a)) AS assigned`,
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

// Keeps what a change set has moved, so that it can be shown and undone.
import type { Sql, Statement } from '#server/domain/context.ts'

/** A reason for a membership as it was at a moment; times as ISO texts, since they live in JSON. */
export interface KeptSource {
  readonly detail: Readonly<Record<string, unknown>>
  readonly grantedAt: string
  /** Since when the person was a member. */
  readonly since: string
}

export interface Entry {
  readonly userId: string
  readonly groupId: string
  readonly kind: string
  readonly before: KeptSource | null
  readonly after: KeptSource | null
}

const write: Statement = {
  name: 'write-entries',
  text: `INSERT INTO change_set_entries (org_id, change_set_id, user_id, group_id, kind, before, after)
    SELECT $1, $2::uuid, e."userId", e."groupId", e.kind, NULLIF(e.before, 'null'::jsonb), NULLIF(e.after, 'null'::jsonb)
      FROM jsonb_to_recordset($3::jsonb) AS e("userId" uuid, "groupId" uuid, kind text, before jsonb, after jsonb)`,
}

export async function writeEntries(
  sql: Sql,
  what: { changeSetId: string; entries: readonly Entry[] },
): Promise<void> {
  if (what.entries.length > 0) await sql.run(write, [what.changeSetId, JSON.stringify(what.entries)])
}

const read: Statement = {
  name: 'read-entries',
  text: `SELECT user_id AS "userId", group_id AS "groupId", kind, before, after FROM change_set_entries
    WHERE org_id = $1 AND change_set_id = $2::uuid
      AND ($3::uuid IS NULL OR (user_id, group_id, kind) > ($3::uuid, $4::uuid, $5::text))
    ORDER BY user_id, group_id, kind LIMIT $6::int`,
}

export interface EntryQuestion {
  readonly changeSetId: string
  readonly after: Pick<Entry, 'userId' | 'groupId' | 'kind'> | null
  readonly take: number
}

/** Entries in a fixed order, so that a job can go on where it was. */
export function readEntries(sql: Sql, question: EntryQuestion): Promise<Entry[]> {
  const { changeSetId, after, take } = question
  const place = [after?.userId ?? null, after?.groupId ?? null, after?.kind ?? null]
  return sql.run<Entry>(read, [changeSetId, ...place, take])
}

/**
 * True when the stored source `s` is what the entry `e` left, to the millisecond, and its group is still there: only
 * then is it undone.
 */
export const isAsLeft = `(CASE WHEN e.after IS NULL THEN s.user_id IS NULL
    ELSE s.user_id IS NOT NULL AND s.detail = e.after->'detail' AND s.granted_at = (e.after->>'grantedAt')::timestamptz END
  AND EXISTS (SELECT 1 FROM groups g WHERE g.org_id = $1 AND g.id = e.group_id))`

const compare: Statement = {
  text: `SELECT count(*)::int AS entries, count(DISTINCT e.user_id)::int AS people,
      count(*) FILTER (WHERE NOT x."asLeft")::int AS changed,
      count(DISTINCT e.user_id) FILTER (WHERE NOT x."asLeft")::int AS "changedPeople",
      count(DISTINCT e.user_id) FILTER (WHERE x."asLeft")::int AS "undonePeople"
    FROM change_set_entries e JOIN users u ON u.org_id = $1 AND u.id = e.user_id
    LEFT JOIN membership_sources s ON s.org_id = $1 AND s.group_id = e.group_id AND s.user_id = e.user_id AND s.kind = e.kind
    CROSS JOIN LATERAL (SELECT u.deleted_at IS NULL AND ${isAsLeft} AS "asLeft" OFFSET 0) x
   WHERE e.org_id = $1 AND e.change_set_id = $2::uuid`,
}

export interface Comparison {
  readonly entries: number
  readonly people: number
  /** Entries that somebody else has changed since, and the people they are about. */
  readonly changed: number
  readonly changedPeople: number
  /** People of whom something goes back. */
  readonly undonePeople: number
}

/** What of a change set is still as it left it. */
export async function compareEntries(sql: Sql, changeSetId: string): Promise<Comparison> {
  const [row] = await sql.run<Comparison>(compare, [changeSetId])
  return row ?? { entries: 0, people: 0, changed: 0, changedPeople: 0, undonePeople: 0 }
}

const lockPeople: Statement = {
  name: 'lock-people',
  text: `SELECT u.id, u.status, u.identity_provider_groups AS values FROM users u
    WHERE u.org_id = $1 AND u.id = ANY($2::uuid[]) AND u.deleted_at IS NULL ORDER BY u.id FOR NO KEY UPDATE OF u`,
}

export interface LockedPerson {
  readonly id: string
  readonly status: string
  readonly values: readonly string[]
}

/** Living people, locked in the order of their ids; after their groups. */
export function lockPeopleToMove(sql: Sql, ids: readonly string[]): Promise<LockedPerson[]> {
  return sql.run<LockedPerson>(lockPeople, [ids])
}

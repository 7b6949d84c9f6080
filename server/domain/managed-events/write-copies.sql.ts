// Gives and takes copies of managed events: one statement for all people and all managed events of a change.
import type { Sql, Statement } from '#server/domain/context.ts'

/** Which copies a statement is about. */
export interface CopyScope {
  readonly managedEventIds: readonly string[]
  readonly userIds: readonly string[] | 'everyone'
  readonly now: Date
  /** Copies taken away after this moment are given back as they were. */
  readonly keptSince: Date
}

// A group may have had nobody in it when the server last looked, and a hundred thousand now. So nothing here is a join
// that the planner could turn round: what comes after LATERAL, and what is asked with LIMIT 1, is one look into an
// index for each row, whatever the statistics say.
const events = `string_to_array($2::text, ',')::uuid[]`
const people = `unnest(string_to_array($3::text, ',')::uuid[]) AS p(id)`

const meant = `meant AS MATERIALIZED (
      SELECT e.id FROM managed_events e WHERE e.org_id = $1 AND e.id = ANY(${events}) ORDER BY e.id FOR SHARE OF e)`

// People, too: nobody makes a meeting type of their own at an address while a copy arrives there.
const lockSome: Statement = {
  name: 'lock-copies',
  text: `WITH known AS MATERIALIZED (
      SELECT u.id FROM (SELECT p.id FROM ${people} ORDER BY p.id) p CROSS JOIN LATERAL (
        SELECT u.id FROM users u WHERE u.org_id = $1 AND u.id = p.id FOR KEY SHARE OF u) u),
    ${meant},
    held AS MATERIALIZED (
      SELECT c.user_id FROM (SELECT m.id AS event, p.id FROM meant m CROSS JOIN ${people} ORDER BY m.id, p.id) w
        CROSS JOIN LATERAL (
          SELECT c.user_id FROM managed_event_copies c
           WHERE c.org_id = $1 AND c.managed_event_id = w.event AND c.user_id = w.id FOR UPDATE OF c) c)
    SELECT (SELECT count(*)::int FROM known) AS people,
      (SELECT count(*)::int FROM meant) AS events, (SELECT count(*)::int FROM held) AS copies`,
}
const lockAll: Statement = {
  name: 'lock-all-copies',
  text: `WITH ${meant},
    held AS MATERIALIZED (
      SELECT c.user_id FROM managed_event_copies c
       WHERE c.org_id = $1 AND c.managed_event_id IN (SELECT id FROM meant)
       ORDER BY c.managed_event_id, c.user_id FOR UPDATE OF c)
    SELECT (SELECT count(*)::int FROM meant) AS events, (SELECT count(*)::int FROM held) AS copies`,
}

/** Until the end of the transaction nobody else changes these copies or their managed events. */
export async function lockCopies(
  sql: Sql,
  scope: Pick<CopyScope, 'managedEventIds' | 'userIds'>,
): Promise<void> {
  const ids = scope.managedEventIds.join(',')
  if (scope.userIds === 'everyone') await sql.run(lockAll, [ids])
  else await sql.run(lockSome, [ids, scope.userIds.join(',')])
}

/** True when the holder of the copy `c` is neither in a group that has the managed event nor assigned it. */
const reasonless = `(SELECT true FROM memberships m WHERE m.org_id = $1 AND m.user_id = c.user_id
      AND (SELECT true FROM managed_event_groups a
        WHERE a.org_id = $1 AND a.managed_event_id = c.managed_event_id AND a.group_id = m.group_id LIMIT 1) LIMIT 1) IS NULL
    AND (SELECT true FROM managed_event_people p
      WHERE p.org_id = $1 AND p.managed_event_id = c.managed_event_id AND p.user_id = c.user_id LIMIT 1) IS NULL`

// The copies are locked and cannot be missing, so every row meets its conflict: an UPDATE would have to join.
const takeSome: Statement = {
  name: 'take-copies',
  text: `WITH taken AS (
      INSERT INTO managed_event_copies AS k
        (org_id, managed_event_id, user_id, slug, base_revision, own, created_at, removed_at)
      SELECT $1, c.managed_event_id, c.user_id, c.slug, c.base_revision, c.own, c.created_at, $4::timestamptz
        FROM unnest(${events}) AS e(id) CROSS JOIN ${people} CROSS JOIN LATERAL (
          SELECT c.* FROM managed_event_copies c
           WHERE c.org_id = $1 AND c.managed_event_id = e.id AND c.user_id = p.id AND c.removed_at IS NULL LIMIT 1) c
       WHERE ${reasonless}
      ON CONFLICT (org_id, managed_event_id, user_id) DO UPDATE SET removed_at = EXCLUDED.removed_at
        WHERE k.removed_at IS NULL
      RETURNING k.user_id)
    SELECT count(*)::int AS taken FROM taken`,
}
const takeAll: Statement = {
  name: 'take-all-copies',
  text: `WITH taken AS (
      UPDATE managed_event_copies c SET removed_at = $3::timestamptz
       WHERE c.org_id = $1 AND c.managed_event_id = ANY(${events}) AND c.removed_at IS NULL AND ${reasonless}
      RETURNING c.user_id)
    SELECT count(*)::int AS taken FROM taken`,
}

/** Takes away the copies of those who have no reason (any more); answers how many. */
export async function takeCopies(sql: Sql, scope: CopyScope): Promise<number> {
  const { userIds, now } = scope
  const ids = scope.managedEventIds.join(',')
  const [row] =
    userIds === 'everyone'
      ? await sql.run<{ taken: number }>(takeAll, [ids, now])
      : await sql.run<{ taken: number }>(takeSome, [ids, userIds.join(','), now])
  return row?.taken ?? 0
}

// The state of people is asked outside of the look by id: inside it, indexes of the living compete with the key, and
// without statistics the one by user name won, which reads everybody.
/**
 * People with a reason but without a copy, and the address each copy will have: the old one for those who return in
 * time, unless it has become another managed event's, else the template's.
 */
const arriving = `people AS MATERIALIZED (
      SELECT u.id FROM ${people} CROSS JOIN LATERAL (
        SELECT u.id, u.deleted_at FROM users u WHERE u.org_id = $1 AND u.id = p.id LIMIT 1) u
       WHERE u.deleted_at IS NULL),
    wanted AS MATERIALIZED (
      SELECT a.managed_event_id, p.id AS user_id FROM people p
        CROSS JOIN LATERAL (
          SELECT m.group_id FROM memberships m WHERE m.org_id = $1 AND m.user_id = p.id OFFSET 0) m
        CROSS JOIN LATERAL (
          SELECT a.managed_event_id FROM managed_event_groups a
           WHERE a.org_id = $1 AND a.group_id = m.group_id AND a.managed_event_id = ANY(${events}) OFFSET 0) a
      UNION
      SELECT a.managed_event_id, p.id FROM people p CROSS JOIN LATERAL (
        SELECT a.managed_event_id FROM managed_event_people a
         WHERE a.org_id = $1 AND a.user_id = p.id AND a.managed_event_id = ANY(${events}) OFFSET 0) a),
    arriving AS MATERIALIZED (
      SELECT w.managed_event_id, w.user_id, e.revision,
        CASE WHEN c.removed_at > $4::timestamptz AND (SELECT true FROM managed_events o
          WHERE o.org_id = $1 AND o.slug = c.slug AND o.id <> w.managed_event_id LIMIT 1) IS NULL
          THEN c.slug ELSE e.slug END AS slug
      FROM wanted w
        CROSS JOIN LATERAL (
          SELECT e.slug, e.revision FROM managed_events e WHERE e.org_id = $1 AND e.id = w.managed_event_id LIMIT 1) e
        LEFT JOIN LATERAL (
          SELECT c.slug, c.removed_at, true AS there FROM managed_event_copies c
           WHERE c.org_id = $1 AND c.managed_event_id = w.managed_event_id AND c.user_id = w.user_id LIMIT 1) c ON true
      WHERE c.there IS NULL OR c.removed_at IS NOT NULL)`

const give: Statement = {
  name: 'give-copies',
  text: `WITH ${arriving},
    free AS MATERIALIZED (
      SELECT DISTINCT ON (a.user_id, a.slug) a.* FROM arriving a
       WHERE (SELECT true FROM event_types t
           WHERE t.org_id = $1 AND t.user_id = a.user_id AND t.slug = a.slug LIMIT 1) IS NULL
         AND (SELECT true FROM managed_event_copies c
           WHERE c.org_id = $1 AND c.user_id = a.user_id AND c.slug = a.slug AND c.removed_at IS NULL LIMIT 1) IS NULL
       ORDER BY a.user_id, a.slug, a.managed_event_id),
    given AS (
      INSERT INTO managed_event_copies AS c (org_id, managed_event_id, user_id, slug, base_revision, created_at)
      SELECT $1, f.managed_event_id, f.user_id, f.slug, f.revision, $5::timestamptz FROM free f
       ORDER BY f.managed_event_id, f.user_id
      ON CONFLICT (org_id, managed_event_id, user_id) DO UPDATE SET
        removed_at = NULL, slug = EXCLUDED.slug,
        base_revision = CASE WHEN c.removed_at > $4::timestamptz THEN c.base_revision ELSE EXCLUDED.base_revision END,
        own = CASE WHEN c.removed_at > $4::timestamptz THEN c.own ELSE '{}'::jsonb END,
        created_at = CASE WHEN c.removed_at > $4::timestamptz THEN c.created_at ELSE EXCLUDED.created_at END
      WHERE c.removed_at IS NOT NULL
      RETURNING c.user_id)
    SELECT (SELECT count(*)::int FROM given) AS given,
      (SELECT count(*)::int FROM arriving) - (SELECT count(*)::int FROM free) AS waiting`,
}

/** Gives what can be given; who waits finds their address in use: `makeRoom`, then give again. */
export async function giveCopies(
  sql: Sql,
  scope: CopyScope & { userIds: readonly string[] },
): Promise<{ given: number; waiting: number }> {
  const values = [scope.managedEventIds.join(','), scope.userIds.join(','), scope.keptSince, scope.now]
  const [row] = await sql.run<{ given: number; waiting: number }>(give, values)
  return row ?? { given: 0, waiting: 0 }
}

/** The first free address that continues `slug` for a person: `intro-1`, `intro-2` … */
const nextFree = (slug: string, userId: string): string => `${slug} || '-' || (
  SELECT min(n) FROM generate_series(1, 1000) AS n
   WHERE NOT EXISTS (SELECT 1 FROM event_types o
       WHERE o.org_id = $1 AND o.user_id = ${userId} AND o.slug = ${slug} || '-' || n)
     AND NOT EXISTS (SELECT 1 FROM managed_event_copies o WHERE o.org_id = $1 AND o.user_id = ${userId}
       AND o.slug = ${slug} || '-' || n AND o.removed_at IS NULL)
     AND NOT EXISTS (SELECT 1 FROM managed_events o WHERE o.org_id = $1 AND o.slug = ${slug} || '-' || n))`

/** Moves what stands at an address of `coming` (user_id, slug, managed_event_id) aside; the newcomer gets it. */
const movingAside = `types AS (
      UPDATE event_types t SET slug = ${nextFree('t.slug', 't.user_id')} FROM coming k
       WHERE t.org_id = $1 AND t.user_id = k.user_id AND t.slug = k.slug RETURNING t.user_id),
    copies AS (
      UPDATE managed_event_copies c SET slug = ${nextFree('c.slug', 'c.user_id')} FROM coming k
       WHERE c.org_id = $1 AND c.user_id = k.user_id AND c.slug = k.slug AND c.removed_at IS NULL
         AND c.managed_event_id <> k.managed_event_id RETURNING c.user_id)
    SELECT (SELECT count(*)::int FROM types) + (SELECT count(*)::int FROM copies) AS moved`

const room: Statement = {
  name: 'make-room-for-copies',
  text: `WITH ${arriving},
    coming AS MATERIALIZED (
      SELECT DISTINCT ON (a.user_id, a.slug) a.user_id, a.slug, a.managed_event_id FROM arriving a
       ORDER BY a.user_id, a.slug, a.managed_event_id),
    ${movingAside}`,
}

/** What stands in a newcomer's way gets the next free address. */
export async function makeRoom(sql: Sql, scope: CopyScope & { userIds: readonly string[] }): Promise<void> {
  const values = [scope.managedEventIds.join(','), scope.userIds.join(','), scope.keptSince]
  await sql.run(room, values)
}

const inTheWayOfAll: Statement = {
  name: 'make-room-at-new-slug',
  text: `WITH coming AS MATERIALIZED (
      SELECT c.user_id, $3::text AS slug, c.managed_event_id FROM managed_event_copies c
       WHERE c.org_id = $1 AND c.managed_event_id = $2::uuid AND c.removed_at IS NULL AND c.slug <> $3::text),
    ${movingAside}`,
}
const moveAll: Statement = {
  name: 'move-copies-to-slug',
  text: `UPDATE managed_event_copies SET slug = $3::text
    WHERE org_id = $1 AND managed_event_id = $2::uuid AND slug <> $3::text`,
}

/** Every copy of a locked managed event, also those that were taken away, gets this address. */
export async function moveCopiesToSlug(
  sql: Sql,
  to: { managedEventId: string; slug: string },
): Promise<void> {
  const values = [to.managedEventId, to.slug]
  await sql.run(inTheWayOfAll, values)
  await sql.run(moveAll, values)
}

const takeOfPerson: Statement = {
  name: 'take-copies-of-person',
  text: `UPDATE managed_event_copies SET removed_at = $3::timestamptz
    WHERE org_id = $1 AND user_id = $2::uuid AND removed_at IS NULL`,
}

/** Takes every copy from a locked person who is being deleted. */
export async function takeCopiesOfPerson(sql: Sql, who: { userId: string; now: Date }): Promise<void> {
  await sql.run(takeOfPerson, [who.userId, who.now])
}

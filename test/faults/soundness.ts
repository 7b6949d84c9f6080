// What must be true of an organization's rows whatever happened: the log dense, counters right, nobody torn.
import { expect } from 'vitest'
import type { World } from '#server/world.ts'

interface Stream {
  readonly sequence: string
  readonly pending: number
  readonly active: number
  readonly deactivated: number
  readonly deleted: number
}

/** Asks the tables of the organization, not the code that wrote them. */
export async function expectSound(world: World, orgId: string): Promise<void> {
  const ask = async <Row extends object>(sql: string): Promise<Row[]> =>
    (await world.database.pool.query<Row>(sql, [orgId])).rows

  const [stream] = await ask<Stream>('SELECT * FROM organization_streams WHERE org_id = $1')
  const [log] = await ask(
    `SELECT min(sequence)::text AS first, max(sequence)::text AS last, count(*)::text AS rows
     FROM provisioning_events WHERE org_id = $1`,
  )
  expect(log, 'the log is dense').toEqual({ first: '1', last: stream?.sequence, rows: stream?.sequence })

  const statuses = await ask<{ status: keyof Stream; people: number }>(
    'SELECT status, count(*)::int AS people FROM users WHERE org_id = $1 GROUP BY status',
  )
  const rows = Object.fromEntries(statuses.map(({ status, people }) => [status, people]))
  const { pending, active, deactivated, deleted } = stream ?? {}
  expect({ pending: 0, active: 0, deactivated: 0, deleted: 0, ...rows }, 'counters equal rows').toEqual({
    pending,
    active,
    deactivated,
    deleted,
  })

  const unborn = await ask(
    `SELECT u.id, u.status, count(e.*) FILTER (WHERE e.type = 'user.created')::int AS born,
       count(e.*) FILTER (WHERE e.type = 'user.deleted')::int AS gone
     FROM users u LEFT JOIN provisioning_events e ON e.org_id = u.org_id AND e.user_id = u.id
     WHERE u.org_id = $1 AND u.role <> 'owner' GROUP BY u.org_id, u.id
     HAVING count(e.*) FILTER (WHERE e.type = 'user.created') <> 1
       OR (count(e.*) FILTER (WHERE e.type = 'user.deleted') > 0) <> (u.status = 'deleted')`,
  )
  expect(unborn, 'everybody is created once in the log, and deleted there if here').toEqual([])

  const nobodies = await ask(
    `SELECT e.sequence::text, e.type FROM provisioning_events e
     WHERE e.org_id = $1 AND e.user_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM users u WHERE u.org_id = e.org_id AND u.id = e.user_id)`,
  )
  expect(nobodies, 'the log names nobody who was never stored').toEqual([])

  const torn = await ask(
    `SELECT id, user_name, title, document FROM users WHERE org_id = $1 AND (
       user_name IS DISTINCT FROM document ->> 'userName' OR title IS DISTINCT FROM document ->> 'title')`,
  )
  expect(torn, 'columns tell what the document says').toEqual([])

  const groundless = await ask(
    `SELECT group_id, user_id, m.org_id IS NULL AS reason_only
     FROM (SELECT * FROM memberships WHERE org_id = $1) m
       FULL JOIN (SELECT DISTINCT group_id, user_id, true AS given FROM membership_sources WHERE org_id = $1) s
         USING (group_id, user_id)
       LEFT JOIN groups g ON g.org_id = $1 AND g.id = group_id
     WHERE m.org_id IS NULL OR s.given IS NULL OR g.id IS NULL`,
  )
  expect(groundless, 'every membership has a group and a reason, every reason a membership').toEqual([])

  const pairs = await ask(
    `WITH wanted AS (
       SELECT a.managed_event_id, m.user_id FROM managed_event_groups a
         JOIN memberships m ON m.org_id = a.org_id AND m.group_id = a.group_id WHERE a.org_id = $1
       UNION SELECT managed_event_id, user_id FROM managed_event_people WHERE org_id = $1),
     living AS (SELECT w.* FROM wanted w JOIN users u ON u.org_id = $1 AND u.id = w.user_id AND u.deleted_at IS NULL),
     held AS (SELECT managed_event_id, user_id FROM managed_event_copies WHERE org_id = $1 AND removed_at IS NULL)
     (SELECT 'missing' AS what, * FROM (SELECT * FROM living EXCEPT SELECT * FROM held) m)
     UNION ALL (SELECT 'left over', * FROM (SELECT * FROM held EXCEPT SELECT * FROM living) l)`,
  )
  expect(pairs, 'copies are what assignments and memberships say').toEqual([])

  const [exchanges] = await ask(
    `SELECT s.sequence::text AS last, (SELECT count(*)::text FROM exchanges WHERE org_id = $1) AS rows
     FROM exchange_streams s WHERE s.org_id = $1`,
  )
  const { last } = exchanges as { last: string }
  expect(exchanges, 'the log of requests is dense').toEqual({ last, rows: last })
}

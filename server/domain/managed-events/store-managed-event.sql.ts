// Reads, locks and writes managed events with their templates.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { Standing } from './rules/revise.ts'
import type { Editor } from './rules/section.ts'

export interface StoredManagedEvent extends Standing {
  readonly id: string
  readonly createdAt: Date
}

interface Row {
  readonly id: string
  readonly template: Standing['template']
  readonly editable: Standing['editable']
  readonly unlockedSince: Standing['unlockedSince']
  readonly revision: number
  readonly createdAt: Date
}

const columns = `e.id, e.template, to_json(e.editable) AS editable, e.unlocked_since AS "unlockedSince", e.revision,
  e.created_at AS "createdAt"`

const lock: Statement = {
  name: 'lock-managed-event',
  text: `SELECT ${columns} FROM managed_events e WHERE e.org_id = $1 AND e.id = $2::uuid FOR NO KEY UPDATE`,
}
// Copies are given under FOR SHARE, too: what they were given stays what the holder reads.
const share: Statement = {
  name: 'share-managed-event',
  text: `SELECT ${columns} FROM managed_events e WHERE e.org_id = $1 AND e.id = $2::uuid FOR SHARE`,
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

async function readOne(sql: Sql, statement: Statement, id: string): Promise<StoredManagedEvent | null> {
  if (!uuid.test(id)) return null
  const [row] = await sql.run<Row>(statement, [id])
  return row ?? null
}

/** Until the end of the transaction nobody else changes the template, gives or takes copies, or assigns. */
export function lockManagedEvent(sql: Sql, id: string): Promise<StoredManagedEvent | null> {
  return readOne(sql, lock, id)
}

/** Until the end of the transaction nobody else changes the template. */
export function shareManagedEvent(sql: Sql, id: string): Promise<StoredManagedEvent | null> {
  return readOne(sql, share, id)
}

const remember = `remembered AS (
  INSERT INTO managed_event_revisions (org_id, managed_event_id, revision, template, created_at)
  SELECT $1, e.id, e.revision, e.template, e.changed_at FROM stored e)`

const insert: Statement = {
  name: 'insert-managed-event',
  text: `WITH stored AS (
      INSERT INTO managed_events (org_id, id, name, slug, duration_minutes, kind, colour, template, editable,
        unlocked_since, revision, created_at, changed_at, changed_by_kind, changed_by_id)
      VALUES ($1, $2::uuid, $3::text, $4::text, $5::int, $6::text, $7::text, $8::jsonb,
        string_to_array($9::text, ','), $10::jsonb, $11::int, $12::timestamptz, $12::timestamptz, $13::text, $14::uuid)
      RETURNING id, revision, template, changed_at), ${remember}
    SELECT count(*)::int AS stored FROM stored`,
}
const update: Statement = {
  name: 'update-managed-event',
  text: `WITH stored AS (
      UPDATE managed_events SET name = $3::text, slug = $4::text, duration_minutes = $5::int, kind = $6::text,
        colour = $7::text, template = $8::jsonb, editable = string_to_array($9::text, ','), unlocked_since = $10::jsonb,
        revision = $11::int, changed_at = $12::timestamptz, changed_by_kind = $13::text, changed_by_id = $14::uuid
      WHERE org_id = $1 AND id = $2::uuid RETURNING id, revision, template, changed_at), ${remember}
    SELECT count(*)::int AS stored FROM stored`,
}

export interface ManagedEventWriting {
  readonly id: string
  readonly standing: Standing
  readonly at: Date
  readonly by: Editor
}

/** Throws the database's duplicate error when the slug is taken. */
export async function insertManagedEvent(sql: Sql, made: ManagedEventWriting): Promise<void> {
  await sql.run(insert, valuesOf(made))
}

/** Replaces a locked managed event, and remembers its template under the new revision. */
export async function updateManagedEventRow(sql: Sql, changed: ManagedEventWriting): Promise<void> {
  await sql.run(update, valuesOf(changed))
}

function valuesOf({ id, standing, at, by }: ManagedEventWriting): unknown[] {
  const { template, editable, unlockedSince, revision } = standing
  const { name, durationMinutes, kind, colour } = template.details.content
  return [
    id, name, template.booking.content.slug, durationMinutes, kind, colour, JSON.stringify(template),
    editable.join(','), JSON.stringify(unlockedSince), revision, at, by.kind, by.id,
  ] // prettier-ignore
}

const remove: Statement = {
  name: 'delete-managed-event',
  text: 'DELETE FROM managed_events WHERE org_id = $1 AND id = $2::uuid',
}

/** Deletes a locked managed event with its assignments and every copy, for good. */
export async function deleteManagedEventRow(sql: Sql, id: string): Promise<void> {
  await sql.run(remove, [id])
}

const forgetOwn: Statement = {
  name: 'forget-own-sections',
  text: `UPDATE managed_event_copies c
    SET own = c.own - string_to_array($3::text, ',')
    WHERE c.org_id = $1 AND c.managed_event_id = $2::uuid AND c.own ?| string_to_array($3::text, ',')`,
}

/** Takes what holders wrote into these sections of a locked managed event. */
export async function forgetOwnSections(
  sql: Sql,
  what: { managedEventId: string; sections: readonly string[] },
): Promise<void> {
  if (what.sections.length > 0) await sql.run(forgetOwn, [what.managedEventId, what.sections.join(',')])
}

const holders: Statement = {
  name: 'lock-holders',
  text: `SELECT count(*)::int AS people FROM (
    SELECT u.id FROM users u WHERE u.org_id = $1 AND u.id IN (
      SELECT c.user_id FROM managed_event_copies c
       WHERE c.org_id = $1 AND c.managed_event_id = $2::uuid AND c.removed_at IS NULL)
    ORDER BY u.id FOR KEY SHARE OF u) p`,
}

/** Until the end of the transaction no holder makes a meeting type of their own; answers how many hold a copy. */
export async function lockHolders(sql: Sql, managedEventId: string): Promise<number> {
  const [row] = await sql.run<{ people: number }>(holders, [managedEventId])
  return row?.people ?? 0
}

const countAll: Statement = {
  name: 'count-copies',
  text: `SELECT count(*) FILTER (WHERE c.removed_at IS NULL)::int AS holders
    FROM managed_event_copies c WHERE c.org_id = $1 AND c.managed_event_id = $2::uuid`,
}

/** How many people hold a copy. */
export async function countHolders(sql: Sql, managedEventId: string): Promise<number> {
  const [row] = await sql.run<{ holders: number }>(countAll, [managedEventId])
  return row?.holders ?? 0
}

const countOwn: Statement = {
  name: 'count-own-sections',
  text: `SELECT s.name AS section, count(*)::int AS people
    FROM managed_event_copies c CROSS JOIN unnest(string_to_array($3::text, ',')) AS s(name)
    WHERE c.org_id = $1 AND c.managed_event_id = $2::uuid AND c.removed_at IS NULL AND c.own ? s.name
    GROUP BY s.name`,
}

/** How many holders have written something of their own into each of these sections; none are missing. */
export function countOwnSections(
  sql: Sql,
  what: { managedEventId: string; sections: readonly string[] },
): Promise<{ section: string; people: number }[]> {
  if (what.sections.length === 0) return Promise.resolve([])
  return sql.run(countOwn, [what.managedEventId, what.sections.join(',')])
}

const countClashes: Statement = {
  name: 'count-slug-clashes',
  text: `SELECT count(*)::int AS people FROM managed_event_copies c
    WHERE c.org_id = $1 AND c.managed_event_id = $2::uuid AND c.removed_at IS NULL AND c.slug <> $3::text
      AND (EXISTS (SELECT 1 FROM event_types t WHERE t.org_id = $1 AND t.user_id = c.user_id AND t.slug = $3::text)
        OR EXISTS (SELECT 1 FROM managed_event_copies o WHERE o.org_id = $1 AND o.user_id = c.user_id
          AND o.slug = $3::text AND o.removed_at IS NULL AND o.managed_event_id <> c.managed_event_id))`,
}

/** Holders who have something else at an address to which all copies are to move. */
export async function countSlugClashes(
  sql: Sql,
  what: { managedEventId: string; slug: string },
): Promise<number> {
  const [row] = await sql.run<{ people: number }>(countClashes, [what.managedEventId, what.slug])
  return row?.people ?? 0
}

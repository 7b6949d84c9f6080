// One holder's copy, and the templates it may show.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { OwnSections, Template } from './rules/section.ts'

export interface StoredCopy {
  readonly managedEventId: string
  readonly userId: string
  readonly slug: string
  readonly baseRevision: number
  readonly own: OwnSections
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const read: Statement = {
  name: 'lock-copy',
  text: `SELECT managed_event_id AS "managedEventId", user_id AS "userId", slug, base_revision AS "baseRevision", own
    FROM managed_event_copies WHERE org_id = $1 AND managed_event_id = $2::uuid AND user_id = $3::uuid
      AND removed_at IS NULL FOR UPDATE`,
}

/** The copy, locked until the end of the transaction; null when the person holds none. */
export async function readCopy(
  sql: Sql,
  which: { managedEventId: string; userId: string },
): Promise<StoredCopy | null> {
  if (!uuid.test(which.userId)) return null
  const [row] = await sql.run<StoredCopy>(read, [which.managedEventId, which.userId])
  return row ?? null
}

const update: Statement = {
  name: 'update-copy',
  text: `UPDATE managed_event_copies SET slug = $4::text, own = $5::jsonb
    WHERE org_id = $1 AND managed_event_id = $2::uuid AND user_id = $3::uuid`,
}

/** Writes a locked copy. */
export async function updateCopyRow(sql: Sql, copy: StoredCopy): Promise<void> {
  await sql.run(update, [copy.managedEventId, copy.userId, copy.slug, JSON.stringify(copy.own)])
}

const revisions: Statement = {
  name: 'template-revisions',
  text: `SELECT revision, template FROM managed_event_revisions
    WHERE org_id = $1 AND managed_event_id = $2::uuid
      AND revision IN (SELECT r.n FROM unnest(string_to_array($3::text, ',')::int[]) AS r(n))`,
}

/** Templates by revision. */
export async function readRevisions(
  sql: Sql,
  which: { managedEventId: string; revisions: readonly number[] },
): Promise<ReadonlyMap<number, Template>> {
  const wanted = [...new Set(which.revisions)].join(',')
  const rows = await sql.run<{ revision: number; template: Template }>(revisions, [
    which.managedEventId,
    wanted,
  ])
  return new Map(rows.map(({ revision, template }) => [revision, template]))
}

const use: Statement = {
  name: 'slug-in-use',
  text: `SELECT EXISTS (SELECT 1 FROM event_types t WHERE t.org_id = $1 AND t.user_id = $3::uuid AND t.slug = $4::text)
    OR EXISTS (SELECT 1 FROM managed_event_copies c WHERE c.org_id = $1 AND c.user_id = $3::uuid
      AND c.slug = $4::text AND c.removed_at IS NULL AND c.managed_event_id IS DISTINCT FROM $2::uuid) AS used`,
}

/** Whether something else that a locked person has is at this address. */
export async function readSlugUse(
  sql: Sql,
  what: { managedEventId: string | null; userId: string; slug: string },
): Promise<boolean> {
  const [row] = await sql.run<{ used: boolean }>(use, [what.managedEventId, what.userId, what.slug])
  return row?.used ?? false
}

const forget: Statement = {
  name: 'forget-copies',
  text: 'DELETE FROM managed_event_copies WHERE org_id = $1 AND removed_at < $2::timestamptz',
}

/** Deletes copies that were taken away before this moment. */
export async function forgetCopies(sql: Sql, before: Date): Promise<void> {
  await sql.run(forget, [before])
}

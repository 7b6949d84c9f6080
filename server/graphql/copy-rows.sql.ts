// Reads what people hold, for whole pages at once.
import type { Sql } from '#server/domain/context.ts'
import type { Template } from '#server/domain/managed-events/rules/section.ts'

export interface CopyRow {
  readonly userId: string
  readonly managedEventId: string
  readonly slug: string
  readonly baseRevision: number
  readonly own: object
  readonly createdAt: Date
  readonly template: unknown
  readonly editable: readonly string[]
  readonly unlockedSince: unknown
  readonly revision: number
  readonly heldThrough: string[]
  readonly assignedInPerson: boolean
}

/** Copies of these people with their templates, by name. */
export function readCopiesOf(sql: Sql, userIds: readonly string[]): Promise<CopyRow[]> {
  const text = `SELECT c.user_id AS "userId", c.managed_event_id AS "managedEventId", c.slug,
      c.base_revision AS "baseRevision", c.own, c.created_at AS "createdAt", e.template,
      to_json(e.editable) AS editable, e.unlocked_since AS "unlockedSince", e.revision,
      COALESCE((SELECT json_agg(g.display_name ORDER BY g.name_key) FROM managed_event_groups a
        JOIN memberships m ON m.org_id = $1 AND m.group_id = a.group_id AND m.user_id = c.user_id
        JOIN groups g ON g.org_id = $1 AND g.id = a.group_id
        WHERE a.org_id = $1 AND a.managed_event_id = e.id), '[]'::json) AS "heldThrough",
      EXISTS (SELECT 1 FROM managed_event_people p
        WHERE p.org_id = $1 AND p.managed_event_id = e.id AND p.user_id = c.user_id) AS "assignedInPerson"
    FROM managed_event_copies c JOIN managed_events e ON e.org_id = $1 AND e.id = c.managed_event_id
    WHERE c.org_id = $1 AND c.removed_at IS NULL
      AND c.user_id IN (SELECT w.id FROM unnest(string_to_array($2::text, ',')::uuid[]) AS w(id))
    ORDER BY c.user_id, e.name, e.id`
  return sql.run<CopyRow>({ text }, [userIds.join(',')])
}

/** Templates by `id revision`. */
export async function readTemplatesAt(
  sql: Sql,
  wanted: readonly { readonly id: string; readonly revision: number }[],
): Promise<ReadonlyMap<string, Template>> {
  const unique = new Map(wanted.map(each => [`${each.id} ${String(each.revision)}`, each]))
  if (unique.size === 0) return new Map()
  const text = `SELECT r.managed_event_id AS id, r.revision, r.template FROM managed_event_revisions r
    JOIN jsonb_to_recordset($2::jsonb) AS w(id uuid, revision int)
      ON r.managed_event_id = w.id AND r.revision = w.revision WHERE r.org_id = $1`
  const rows = await sql.run<{ id: string; revision: number; template: Template }>({ text }, [
    JSON.stringify([...unique.values()]),
  ])
  return new Map(rows.map(({ id, revision, template }) => [`${id} ${String(revision)}`, template]))
}

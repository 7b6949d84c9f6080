// Pages of managed events, and what lists of them count.
import type { Sql } from '#server/domain/context.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { add, tailOf, type KeysWindow } from './keys-window.sql.ts'
import type { Place } from './place.ts'
import { escapeLike } from './text.ts'

export type ManagedEventOrderName = 'name' | 'createdAt' | 'changedAt'

export interface ManagedEventFilter {
  readonly search: string | null
  readonly groupId: string | null
}

const orders: Record<ManagedEventOrderName, { column: string; cast: string }> = {
  name: { column: 'e.name', cast: 'text' },
  createdAt: { column: 'e.created_at', cast: 'timestamptz' },
  changedAt: { column: 'e.changed_at', cast: 'timestamptz' },
}

/** The keys in reading order of the query: reversed when it goes backward. */
export async function readManagedEventKeys(
  sql: Sql,
  question: { filter: ManagedEventFilter; order: ManagedEventOrderName; window: KeysWindow },
): Promise<Place[]> {
  const values: unknown[] = []
  const where = conditionOf(question.filter, values)
  const { column, cast } = orders[question.order]
  const tail = tailOf({ column, cast, id: 'e.id' }, question.window, values)
  const text = `SELECT e.id, ${column}::text AS value FROM managed_events e WHERE ${where} ${tail}`
  return sql.run<Place>({ text }, values)
}

/** Managed events that fulfil the filter. */
export async function countManagedEventKeys(sql: Sql, filter: ManagedEventFilter): Promise<number> {
  const values: unknown[] = []
  const text = `SELECT count(*)::int AS total FROM managed_events e WHERE ${conditionOf(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values)
  return row?.total ?? 0
}

function conditionOf(filter: ManagedEventFilter, values: unknown[]): string {
  const conditions = ['e.org_id = $1']
  if (filter.search) {
    const pattern = add(values, `%${escapeLike(filter.search.trim().toLowerCase())}%`, 'text')
    conditions.push(`(lower(e.name) LIKE ${pattern} OR e.slug LIKE ${pattern})`)
  }
  if (filter.groupId !== null) {
    conditions.push(`EXISTS (SELECT 1 FROM managed_event_groups a WHERE a.org_id = $1
      AND a.managed_event_id = e.id AND a.group_id = ${add(values, filter.groupId, 'uuid')})`)
  }
  return conditions.join(' AND ')
}

const ids = `SELECT w.id FROM unnest(string_to_array($2::text, ',')::uuid[]) AS w(id)`

/** People who hold each of these managed events. */
export function countHoldersOf(
  sql: Sql,
  managedEventIds: readonly string[],
): Promise<{ id: string; people: number }[]> {
  const text = `SELECT c.managed_event_id AS id, count(*)::int AS people FROM managed_event_copies c
    WHERE c.org_id = $1 AND c.managed_event_id IN (${ids}) AND c.removed_at IS NULL GROUP BY c.managed_event_id`
  return sql.run({ text }, [managedEventIds.join(',')])
}

export interface AssignedFilter {
  readonly managedEventId: string
  readonly search: string | null
}

/** Assigned in person, by name. */
export function readAssignedPage(
  sql: Sql,
  question: { filter: AssignedFilter; window: KeysWindow; skip: number },
): Promise<(Place & { userName: string })[]> {
  const values: unknown[] = []
  const where = assignedCondition(question.filter, values)
  const tail = tailOf({ column: 'u.display_name', cast: 'text', id: 'u.id' }, question.window, values)
  const offset = add(values, question.skip, 'bigint')
  const text = `SELECT u.id, u.display_name AS value, u.user_name AS "userName"
    FROM managed_event_people a JOIN users u ON u.org_id = $1 AND u.id = a.user_id WHERE ${where} ${tail} OFFSET ${offset}`
  return sql.run({ text }, values)
}

/** People who fulfil the filter. */
export async function countAssigned(sql: Sql, filter: AssignedFilter): Promise<number> {
  const values: unknown[] = []
  const text = `SELECT count(*)::int AS total
    FROM managed_event_people a JOIN users u ON u.org_id = $1 AND u.id = a.user_id
    WHERE ${assignedCondition(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values)
  return row?.total ?? 0
}

function assignedCondition({ managedEventId, search }: AssignedFilter, values: unknown[]): string {
  const assigned = `a.org_id = $1 AND a.managed_event_id = ${add(values, managedEventId, 'uuid')} AND u.deleted_at IS NULL`
  if (!search) return assigned
  const pattern = `%${escapeLike(nameKey(search.trim()))}%`
  return `${assigned} AND u.search_key LIKE ${add(values, pattern, 'text')}`
}

/** People to whom each of these managed events is assigned in person: how many, and the first hundred. */
export function readAssignedPeople(
  sql: Sql,
  managedEventIds: readonly string[],
): Promise<{ id: string; count: number; people: { id: string; displayName: string; userName: string }[] }[]> {
  const text = `SELECT p.managed_event_id AS id, count(*)::int AS count,
      COALESCE(json_agg(json_build_object('id', u.id, 'displayName', u.display_name, 'userName', u.user_name)
        ORDER BY u.display_name, u.id) FILTER (WHERE p.place <= 100), '[]'::json) AS people
    FROM (SELECT a.*, row_number() OVER (PARTITION BY a.managed_event_id ORDER BY a.user_id) AS place
            FROM managed_event_people a WHERE a.org_id = $1 AND a.managed_event_id IN (${ids})) p
      JOIN users u ON u.org_id = $1 AND u.id = p.user_id AND u.deleted_at IS NULL
    GROUP BY p.managed_event_id`
  return sql.run({ text }, [managedEventIds.join(',')])
}

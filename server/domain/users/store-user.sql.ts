// Writes a person together with the events and counters of the change, in one statement: all of it or nothing.
import type { Actor } from '#server/domain/actor.ts'
import type { Clock, Sql, Statement } from '#server/domain/context.ts'
import {
  counterCte,
  counterValues,
  eventsValue,
  logCte,
} from '#server/domain/provisioning-log/append-events.sql.ts'
import type { NewEvent } from '#server/domain/provisioning-log/rules/event.ts'
import type { Tally } from '#server/domain/provisioning-log/rules/tally.ts'
import { columnsOf } from './rules/columns.ts'
import type { User } from './rules/user.ts'

export interface UserChange {
  readonly user: User
  readonly events: readonly NewEvent[]
  readonly tally: Tally
}

interface Writer {
  readonly sql: Sql
  readonly actor: Actor
  readonly clock: Clock
}

// Parameters from 2 on are the columns, the same for both statements; then the counter, the events, the guard.
const columns = `id, status, role, document, version, revision, linked_at, created_at, last_modified, activated_at,
  provisioned_at, deactivated_at, deleted_at, purge_at, user_name, user_name_key, external_id, display_name, email,
  email_keys, given_name, family_name, title, department, identity_provider_groups, search_key`
const casts = [
  'uuid', 'text', 'text', 'jsonb', 'int', 'int', 'timestamptz', 'timestamptz', 'timestamptz', 'timestamptz',
  'timestamptz', 'timestamptz', 'timestamptz', 'timestamptz', 'text', 'text', 'text', 'text', 'text',
  'text[]', 'text', 'text', 'text', 'text', 'text[]', 'text',
] // prettier-ignore
const first = 2
const placeholders = casts.map((cast, index) => `$${String(first + index)}::${cast}`).join(', ')
const afterColumns = first + casts.length
const eventsAt = afterColumns + 6

const insert: Statement = {
  name: 'insert-user',
  text: `WITH ${counterCte(afterColumns, 'true')}, ${logCte(eventsAt)},
    stored AS (INSERT INTO users (org_id, ${columns}) SELECT $1, ${placeholders} FROM counter)
    SELECT base FROM counter`,
}

const update: Statement = {
  name: 'update-user',
  text: `WITH current AS (
      SELECT id FROM users WHERE org_id = $1 AND id = $2 AND revision = $${String(eventsAt + 1)}::int FOR UPDATE),
    ${counterCte(afterColumns, 'EXISTS (SELECT 1 FROM current)')}, ${logCte(eventsAt)},
    stored AS (UPDATE users SET (${columns}) = (${placeholders}) FROM counter WHERE org_id = $1 AND id = $2),
    ended AS (DELETE FROM sessions USING counter
      WHERE org_id = $1 AND user_id = $2 AND $3::text IN ('deactivated', 'deleted'))
    SELECT (SELECT count(*)::int FROM current) AS current, (SELECT base FROM counter) AS base`,
}

/** Inserts a person. False when no seat is free; throws the database's duplicate error when the name is taken. */
export async function insertUser(writer: Writer, change: UserChange): Promise<boolean> {
  const rows = await writer.sql.run<{ base: string }>(insert, valuesOf(writer, change))
  return rows.length === 1
}

/**
 * Replaces a person's row if its revision is still `expected`; whoever loses access loses all sessions with it. Answers what stood in the way: `lost-race` when
 * someone else wrote first, `no-seat` when the change needs a seat that is not free.
 */
export async function updateUser(
  writer: Writer,
  change: UserChange & { expected: number },
): Promise<'stored' | 'lost-race' | 'no-seat'> {
  const values = [...valuesOf(writer, change), change.expected]
  const [row] = await writer.sql.run<{ current: number; base: string | null }>(update, values)
  if (row === undefined || row.current === 0) return 'lost-race'
  return row.base === null ? 'no-seat' : 'stored'
}

function valuesOf(writer: Writer, change: UserChange): unknown[] {
  const { user } = change
  const derived = columnsOf(user.document)
  return [
    user.id, user.status, user.role, JSON.stringify(user.document), user.version, user.revision,
    user.linkedAt, user.createdAt, user.lastModified, user.activatedAt,
    user.provisionedAt, user.deactivatedAt, user.deletedAt, user.purgeAt,
    derived.userName, derived.userNameKey, derived.externalId, derived.displayName, derived.email,
    derived.emailKeys, derived.givenName, derived.familyName, derived.title, derived.department,
    derived.identityProviderGroups, derived.searchKey,
    ...counterValues(change.events.length, change.tally),
    eventsValue(writer, change.events),
  ] // prettier-ignore
}

// Writes a person together with the events and counters of the change, in one statement: all of it or nothing.
import type { Context, Statement } from '#server/domain/context.ts'
import { placedBy, valuesCte, valuesValue } from '#server/domain/group-mappings/count-values.sql.ts'
import { renewMapping } from '#server/domain/group-mappings/known-mapping.ts'
import type { Mapping } from '#server/domain/group-mappings/rules/mapping.ts'
import { valueChanges, type ValueChange } from '#server/domain/group-mappings/rules/value-change.ts'
import {
  counterCte,
  counterValues,
  eventsValue,
  logCte,
} from '#server/domain/provisioning-log/append-events.sql.ts'
import type { NewEvent } from '#server/domain/provisioning-log/rules/event.ts'
import { sumOf, type Tally } from '#server/domain/provisioning-log/rules/tally.ts'
import { mappingMoved } from '#server/domain/group-mappings/rules/refusals.ts'
import { columnsOf } from './rules/columns.ts'
import { signInMove } from './rules/sign-in-key.ts'
import type { StoredUser, User } from './rules/user.ts'

export interface UserChange {
  readonly user: User
  readonly events: readonly NewEvent[]
  readonly tally: Tally
  /** What it was decided by; the write is refused when there is another one by now. */
  readonly mapping: Mapping
}

/** A person as they are to be, with the mapping that says which of their attributes is the value. */
type Decided = Pick<UserChange, 'user' | 'mapping'>
type Writer = Pick<Context, 'orgId' | 'sql' | 'actor' | 'clock'>

// Parameters from 2 on are the columns, the same for all statements; then the counter, the events, the mapping's
// version, the values, the guard.
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
const mappingAt = eventsAt + 1
const valuesAt = eventsAt + 2
const guardAt = eventsAt + 3

const insert: Statement = {
  name: 'insert-user',
  text: `WITH ${counterCte(afterColumns, placedBy(mappingAt))}, ${logCte(eventsAt)}, ${valuesCte(valuesAt)},
    stored AS (INSERT INTO users (org_id, ${columns}) SELECT $1, ${placeholders} FROM counter)
    SELECT base FROM counter`,
}

const names = columns.split(',').map(name => name.trim())
const record = names.map((name, index) => `${name} ${casts[index] ?? 'text'}`).join(', ')

const insertMany: Statement = {
  name: 'insert-users',
  text: `WITH ${counterCte(2, placedBy(9))}, ${logCte(8)}, ${valuesCte(10)},
    stored AS (INSERT INTO users (org_id, ${columns})
      SELECT $1, ${columns} FROM counter, jsonb_to_recordset($11::jsonb) AS r(${record}))
    SELECT base FROM counter`,
}

const updateText = (more = ''): string => `WITH current AS (
      SELECT id FROM users WHERE org_id = $1 AND id = $2 AND revision = $${String(guardAt)}::int FOR UPDATE),
    ${counterCte(afterColumns, `EXISTS (SELECT 1 FROM current) AND ${placedBy(mappingAt)}`)}, ${logCte(eventsAt)},
    ${valuesCte(valuesAt)},
    stored AS (UPDATE users SET (${columns}) = (${placeholders}) FROM counter WHERE org_id = $1 AND id = $2),
    ended AS (DELETE FROM sessions USING counter
      WHERE org_id = $1 AND user_id = $2 AND $3::text IN ('deactivated', 'deleted'))${more}
    SELECT (SELECT count(*)::int FROM current) AS current, (SELECT base FROM counter) AS base`

const update: Statement = { name: 'update-user', text: updateText() }

// Whoever signs in under the name that is changed signs in under the new one from then on.
const updateRenamed: Statement = {
  name: 'update-renamed-user',
  text: updateText(`,
    renamed AS (UPDATE credentials SET login_key = $${String(guardAt + 2)} FROM counter
      WHERE org_id = $1 AND user_id = $2 AND login_key = $${String(guardAt + 1)})`),
}

const insertAlone: Statement = {
  name: 'insert-user-row',
  text: `INSERT INTO users (org_id, ${columns}) VALUES ($1, ${placeholders})`,
}
const rename: Statement = {
  name: 'rename-sign-in',
  text: 'UPDATE credentials SET login_key = $4 WHERE org_id = $1 AND user_id = $2 AND login_key = $3',
}
const updateAlone: Statement = {
  name: 'update-user-row',
  text: `UPDATE users SET (${columns}) = (${placeholders})
    WHERE org_id = $1 AND id = $2 AND revision = $${String(afterColumns)}::int RETURNING id`,
}

/**
 * Inserts a person. False when no seat is free; throws the database's duplicate error when the name is taken, and
 * `group-mappings/moved` when the mapping that this process knows is out of date.
 */
export async function insertUser(writer: Writer, change: UserChange): Promise<boolean> {
  const rows = await writer.sql.run<{ base: string }>(insert, valuesOf(writer, change, null))
  if (rows.length === 0 && (await renewMapping(writer, change.mapping))) throw mappingMoved()
  return rows.length === 1
}

/**
 * Inserts several people, all of them or none. False when there are not enough seats or the mapping has changed, even
 * between their decisions; throws the database's duplicate error when one of the names is taken or given twice.
 */
export async function insertUsers(writer: Writer, changes: readonly UserChange[]): Promise<boolean> {
  const [first] = changes
  if (first === undefined) return true
  const { mapping } = first
  if (changes.some(change => change.mapping.version !== mapping.version)) return false
  const people = changes.map(({ user }) => {
    const values = rowOf({ user, mapping }).map((value, index) => [names[index] ?? '', value] as const)
    return { ...Object.fromEntries(values), document: user.document }
  })
  const events = changes.flatMap(change => change.events)
  const carried = changes.flatMap(({ user }) => carriedChanges({ user, mapping, before: null }))
  const rows = await writer.sql.run<{ base: string }>(insertMany, [
    ...counterValues(events.length, sumOf(changes.map(({ tally }) => tally))),
    eventsValue(writer, events),
    mapping.version,
    valuesValue(carried, writer.clock.now()),
    JSON.stringify(people),
  ])
  return rows.length === 1
}

/**
 * Replaces a person's row if its revision is still that of `before`; whoever loses access loses all sessions with it.
 * Answers what stood in the way: `lost-race` when someone else wrote first or the mapping has changed, `no-seat` when
 * the change needs a seat that is not free.
 */
export async function updateUser(
  writer: Writer,
  change: UserChange & { before: StoredUser },
): Promise<'stored' | 'lost-race' | 'no-seat'> {
  const { before } = change
  const values = [...valuesOf(writer, change, before), before.revision]
  const move = signInMove(before.document, change.user.document)
  const [row] = await writer.sql.run<{ current: number; base: string | null }>(
    move === null ? update : updateRenamed,
    move === null ? values : [...values, move.from, move.to],
  )
  if (row === undefined || row.current === 0) return 'lost-race'
  if (row.base !== null) return 'stored'
  return (await renewMapping(writer, change.mapping)) ? 'lost-race' : 'no-seat'
}

/** The row alone, for a transaction that does the rest. Throws the database's duplicate error when the name is taken. */
export async function insertUserRow(writer: Writer, decided: Decided): Promise<void> {
  await writer.sql.run(insertAlone, rowOf(decided))
}

/** The row alone, if its revision is still that of `before`; false when it is not. */
export async function updateUserRow(
  writer: Writer,
  change: Decided & { before: StoredUser },
): Promise<boolean> {
  const { user, before } = change
  const stored = await writer.sql.run(updateAlone, [...rowOf(change), before.revision])
  if (stored.length === 0) return false
  const move = signInMove(before.document, user.document)
  if (move !== null) await writer.sql.run(rename, [user.id, move.from, move.to])
  return true
}

/** The values that a person would carry after a change, as received; none once they are deleted. */
export function carriedBy({ user, mapping }: Decided): readonly string[] {
  if (user.status === 'deleted') return []
  return columnsOf(user.document, mapping.source).identityProviderGroups
}

/** What a change does to the number of people who carry each value. */
export function carriedChanges(change: Decided & { before: StoredUser | null }): ValueChange[] {
  const { before } = change
  const had = before === null || before.status === 'deleted' ? [] : before.identityProviderGroups
  return valueChanges(had, carriedBy(change))
}

function valuesOf(writer: Writer, change: UserChange, before: StoredUser | null): unknown[] {
  return [
    ...rowOf(change),
    ...counterValues(change.events.length, change.tally),
    eventsValue(writer, change.events),
    change.mapping.version,
    valuesValue(carriedChanges({ ...change, before }), writer.clock.now()),
  ]
}

function rowOf({ user, mapping }: Decided): unknown[] {
  const derived = columnsOf(user.document, mapping.source)
  return [
    user.id, user.status, user.role, JSON.stringify(user.document), user.version, user.revision,
    user.linkedAt, user.createdAt, user.lastModified, user.activatedAt,
    user.provisionedAt, user.deactivatedAt, user.deletedAt, user.purgeAt,
    derived.userName, derived.userNameKey, derived.externalId, derived.displayName, derived.email,
    derived.emailKeys, derived.givenName, derived.familyName, derived.title, derived.department,
    derived.identityProviderGroups, derived.searchKey,
  ] // prettier-ignore
}

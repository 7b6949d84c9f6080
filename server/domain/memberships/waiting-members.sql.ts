// Members who are not provisioned yet: kept by what the identity provider calls them, until they arrive.
import type { Sql, Statement } from '#server/domain/context.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for what can be an id of ours; ids compare exactly. */
export function isId(value: string): boolean {
  return uuid.test(value)
}

const match: Statement = {
  name: 'match-people',
  text: `WITH sent AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS s(value text, key text, id uuid)),
    found AS (
      SELECT s.value, u.id, 1 AS rank FROM sent s JOIN users u ON u.org_id = $1 AND u.id = s.id WHERE u.deleted_at IS NULL
      UNION ALL
      SELECT s.value, u.id, 2 FROM sent s JOIN users u ON u.org_id = $1 AND u.external_id = s.value
       WHERE u.deleted_at IS NULL
      UNION ALL
      SELECT s.value, u.id, 3 FROM sent s JOIN users u ON u.org_id = $1 AND u.user_name_key = s.key
       WHERE u.deleted_at IS NULL)
    SELECT DISTINCT ON (value) value, id FROM found ORDER BY value, rank, id`,
}

/** The people whom values mean, by id, externalId or userName, in this order. Values without a person are missing. */
export async function matchPeople(sql: Sql, values: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (values.length === 0) return new Map()
  const sent = values.map(value => ({ value, key: nameKey(value), id: isId(value) ? value : null }))
  const rows = await sql.run<{ value: string; id: string }>(match, [JSON.stringify(sent)])
  return new Map(rows.map(({ value, id }) => [value, id]))
}

const wait: Statement = {
  name: 'wait-for-members',
  text: `INSERT INTO waiting_members (org_id, group_id, value, value_key, created_at)
    SELECT $1, $2::uuid, s.value, s.key, $4::timestamptz FROM jsonb_to_recordset($3::jsonb) AS s(value text, key text)
    ON CONFLICT DO NOTHING RETURNING value`,
}

/** Remembers values for a locked group; answers how many are new. */
export async function waitForMembers(
  sql: Sql,
  what: { groupId: string; values: readonly string[]; at: Date },
): Promise<number> {
  if (what.values.length === 0) return 0
  const sent = what.values.map(value => ({ value, key: nameKey(value) }))
  return (await sql.run(wait, [what.groupId, JSON.stringify(sent), what.at])).length
}

const forget = (name: string, condition: string): Statement => ({
  name,
  text: `DELETE FROM waiting_members w WHERE w.org_id = $1 AND w.group_id = $2::uuid
    AND ${condition} (SELECT 1 FROM jsonb_array_elements_text($3::jsonb) AS s(value) WHERE s.value = w.value)
    RETURNING w.value`,
})
const forgetThese = forget('forget-waiting', 'EXISTS')
const forgetOthers = forget('forget-other-waiting', 'NOT EXISTS')

/** Stops waiting for these values, or for all but these; answers how many there were. */
export async function forgetWaiting(
  sql: Sql,
  what: { groupId: string; values: readonly string[]; others: boolean },
): Promise<number> {
  const statement = what.others ? forgetOthers : forgetThese
  return (await sql.run(statement, [what.groupId, JSON.stringify(what.values)])).length
}

const awaiting: Statement = {
  name: 'groups-awaiting',
  text: `SELECT w.group_id AS id, w.value FROM waiting_members w
    WHERE w.org_id = $1 AND w.value_key = ANY(ARRAY[$2::text, $3::text]) AND (w.value = $4::text OR w.value_key = $2::text)
    ORDER BY w.group_id`,
}

/** Groups that wait for a person, with the value by which they do. */
export function groupsAwaiting(
  sql: Sql,
  person: { userName: string; externalId: string | null },
): Promise<{ id: string; value: string }[]> {
  const { userName, externalId } = person
  return sql.run(awaiting, [nameKey(userName), nameKey(externalId ?? userName), externalId])
}

const hold: Statement = {
  name: 'hold-arrivals',
  text: 'SELECT sequence FROM organization_streams WHERE org_id = $1 FOR UPDATE',
}

/** Until the end of the transaction nobody can arrive: every creation of a person takes the counter. */
export async function holdArrivals(sql: Sql): Promise<void> {
  await sql.run(hold, [])
}

// Stores the demonstration in blocks, one statement each, through the same counters as every other change.
import type { Sql, Statement } from '#server/domain/context.ts'
import { counterCte, counterValues, logCte } from '#server/domain/provisioning-log/append-events.sql.ts'
import { noTally, type Tally } from '#server/domain/provisioning-log/rules/tally.ts'
import { valuesCte, valuesValue } from '#server/domain/group-mappings/count-values.sql.ts'
import { valueChanges } from '#server/domain/group-mappings/rules/value-change.ts'
import { columnsOf, type UserColumns } from '#server/domain/users/rules/columns.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import type { DemoFact } from './demo-history.ts'

const peopleInBlock = 500
const factsInBlock = 2_000

const people: Statement = {
  text: `WITH ${counterCte(2, 'true')}, ${valuesCte(9)}
    INSERT INTO users (org_id, id, status, role, document, version, revision, linked_at, created_at, last_modified,
      activated_at, last_sign_in_at, provisioned_at, deactivated_at, deleted_at, purge_at, user_name, user_name_key,
      external_id, display_name, email, email_keys, given_name, family_name, title, department,
      identity_provider_groups, search_key)
    SELECT $1, p.id, p.status, p.role, p.document, p.version, p.version, p."linkedAt", p."createdAt", p."lastModified",
      p."activatedAt", p."activatedAt", p."provisionedAt", p."deactivatedAt", p."deletedAt", p."purgeAt", p."userName",
      p."userNameKey", p."externalId", p."displayName", p.email, p."emailKeys", p."givenName", p."familyName", p.title,
      p.department, p."identityProviderGroups", p."searchKey"
      FROM counter, jsonb_to_recordset($8::jsonb) AS p(id uuid, status text, role text, document jsonb, version int,
        "linkedAt" timestamptz, "createdAt" timestamptz, "lastModified" timestamptz, "activatedAt" timestamptz,
        "provisionedAt" timestamptz, "deactivatedAt" timestamptz, "deletedAt" timestamptz, "purgeAt" timestamptz,
        "userName" text, "userNameKey" text, "externalId" text, "displayName" text, email text, "emailKeys" text[],
        "givenName" text, "familyName" text, title text, department text, "identityProviderGroups" text[],
        "searchKey" text)`,
}

/** Stores people and counts them. */
export async function loadPeople(sql: Sql, users: readonly User[]): Promise<void> {
  for (const block of blocks(users, peopleInBlock)) {
    const rows = block.map(user => ({ ...user, ...columnsOf(user.document) }))
    const values = [...counterValues(0, tallyOfBlock(block)), JSON.stringify(rows), carriedIn(rows)]
    await sql.run(people, values)
  }
}

/** What the block's people carry, last seen when one of them was last changed. */
function carriedIn(rows: readonly (User & UserColumns)[]): string {
  const living = rows.filter(row => row.status !== 'deleted')
  const seen = Math.max(0, ...living.map(row => row.lastModified.getTime()))
  return valuesValue(
    living.flatMap(row => valueChanges([], row.identityProviderGroups)),
    new Date(seen),
  )
}

function tallyOfBlock(block: readonly User[]): Tally {
  const tally = { ...noTally }
  for (const user of block) tally[user.status] += 1
  return tally
}

const facts: Statement = { text: `WITH ${counterCte(2, 'true')}, ${logCte(8)} SELECT base FROM counter` }

/** Appends facts to the provisioning log in the order given. */
export async function loadFacts(sql: Sql, told: readonly DemoFact[]): Promise<void> {
  for (const block of blocks(told, factsInBlock)) {
    await sql.run(facts, [...counterValues(block.length, noTally), JSON.stringify(block.map(rowOf))])
  }
}

function rowOf(fact: DemoFact, index: number): Record<string, unknown> {
  return {
    n: index + 1,
    at: fact.at,
    type: fact.type,
    actor_kind: fact.actor.kind,
    actor_id: fact.actor.id,
    actor_name: fact.actor.name,
    user_id: fact.userId,
    group_id: null,
    exchange_id: fact.exchangeId,
    detail: fact.detail,
  }
}

/** Cuts a list into pieces of at most `size`. */
export function blocks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  )
}

const firstFact: Statement = {
  text: 'UPDATE provisioning_events SET occurred_at = $2::timestamptz WHERE org_id = $1',
}

/** Dates back what was written so far, so that time and numbers agree. */
export async function dateBack(sql: Sql, to: Date): Promise<void> {
  await sql.run(firstFact, [to])
}

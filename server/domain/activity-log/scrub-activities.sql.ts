// Takes the names of purged people off what they did and out of the mails to them; who it was stays as an id.
import type { Sql, Statement } from '#server/domain/context.ts'
import { withoutThem, type Forgotten } from '#server/domain/provisioning-log/rules/forgotten.ts'

/** What somebody is called in the logs once they were purged. */
export const formerMember = 'A former member'

const atOnce = 500

interface Row {
  readonly id: string
  readonly actorId: string | null
  readonly actorName: string
  readonly ip: string | null
  readonly before: unknown
  readonly after: unknown
}

const read: Statement = {
  text: `SELECT id, actor_id AS "actorId", actor_name AS "actorName", ip, before, after FROM activities
    WHERE org_id = $1 AND id > $2::uuid ORDER BY activities.id LIMIT ${String(atOnce)}`,
}

const rewrite: Statement = {
  text: `UPDATE activities a
      SET actor_name = x."actorName", ip = x.ip, before = NULLIF(x.before, 'null'::jsonb),
          after = NULLIF(x.after, 'null'::jsonb)
     FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, "actorName" text, ip text, before jsonb, after jsonb)
    WHERE a.org_id = $1 AND a.id = x.id`,
}

/** Walks the activity log block by block; doing it again changes nothing. */
export async function scrubActivities(sql: Sql, forgotten: Forgotten): Promise<void> {
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await sql.run<Row>(read, [last])
    const changed = rows.flatMap(row => scrubbed(row, forgotten) ?? [])
    if (changed.length > 0) await sql.run(rewrite, [JSON.stringify(changed)])
    if (rows.length < atOnce) return
    last = rows.at(-1)?.id ?? last
  }
}

function scrubbed(row: Row, forgotten: Forgotten): Row | null {
  const theirs = row.actorId !== null && forgotten.ids.has(row.actorId)
  const [before, after] = [withoutThem(row.before, forgotten), withoutThem(row.after, forgotten)]
  const same = JSON.stringify([before, after]) === JSON.stringify([row.before, row.after])
  if (same && !theirs) return null
  return { ...row, before, after, ...(theirs && { actorName: formerMember, ip: null }) }
}

const signed = (table: string, name: string, id: string): Statement => ({
  text: `UPDATE ${table} SET ${name} = $3::text WHERE org_id = $1 AND ${id} = $2::uuid`,
})
const signatures = [
  signed('change_sets', 'actor_name', 'actor_id'),
  signed('jobs', 'actor_name', 'actor_id'),
  signed('scim_tokens', 'created_by_name', 'created_by_id'),
  signed('oauth_clients', 'created_by_name', 'created_by_id'),
  signed('api_keys', 'created_by_name', 'created_by_id'),
]
const mails: Statement = { text: 'DELETE FROM mails WHERE org_id = $1 AND user_id = $2::uuid' }

/** What they made keeps their id only; mails to them go. */
export async function scrubSignatures(sql: Sql, userId: string): Promise<void> {
  for (const statement of signatures) await sql.run(statement, [userId, formerMember])
  await sql.run(mails, [userId])
}

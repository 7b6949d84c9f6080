// What the deletion of the SCIM configuration does to groups: rows and links go, memberships stay as if made by hand.
import type { Statement } from '#server/domain/context.ts'
import { cancelMappingJobs } from '#server/domain/jobs/jobs.sql.ts'
import type { SqlTransaction } from '#server/domain/transact.ts'
import { lockMapping, writeRows } from './write-mapping.sql.ts'

const switchOff: Statement = {
  text: 'UPDATE group_mappings SET enabled = FALSE, default_group_id = NULL WHERE org_id = $1',
}
const lockAll: Statement = {
  text: `WITH locked AS (SELECT g.id FROM groups g WHERE g.org_id = $1 ORDER BY g.id FOR UPDATE OF g)
    SELECT count(*)::int AS count FROM locked`,
}
const unlink: Statement = {
  text: 'UPDATE groups SET linked_at = NULL WHERE org_id = $1 AND linked_at IS NOT NULL',
}
const stopWaiting: Statement = { text: 'DELETE FROM waiting_members WHERE org_id = $1' }
const byHand: Statement = {
  text: `INSERT INTO membership_sources (org_id, group_id, user_id, kind, detail, granted_at)
    SELECT $1, s.group_id, s.user_id, 'manual', '{}', min(s.granted_at) FROM membership_sources s
     WHERE s.org_id = $1 GROUP BY s.group_id, s.user_id ON CONFLICT DO NOTHING`,
}
const others: Statement = {
  text: `WITH gone AS (DELETE FROM membership_sources WHERE org_id = $1 AND kind <> 'manual' RETURNING user_id)
    SELECT count(*)::int AS count FROM gone`,
}

/** Answers how many reasons for memberships became manual. */
export async function forgetMapping(tx: SqlTransaction, _input: Record<string, never>): Promise<number> {
  await lockMapping(tx.sql)
  // Values go on being read: whoever comes to a mapping again finds them all of one attribute.
  await cancelMappingJobs(tx.sql, tx.clock.now())
  await writeRows(tx.sql, [])
  for (const statement of [switchOff, lockAll, unlink, stopWaiting, byHand]) await tx.sql.run(statement, [])
  const [row] = await tx.sql.run<{ count: number }>(others, [])
  tx.remap()
  return row?.count ?? 0
}

// Keeps an organization's row for oneself, so that two admins' changes of its settings both last.
import type { Sql, Statement } from '#server/domain/context.ts'

const lock: Statement = {
  name: 'lock-organization',
  text: 'SELECT id FROM organizations WHERE id = $1 FOR NO KEY UPDATE',
}

/** Until the end of the transaction. Whoever only refers to the organization is not held up. */
export async function lockOrganization(sql: Sql): Promise<void> {
  await sql.run(lock, [])
}

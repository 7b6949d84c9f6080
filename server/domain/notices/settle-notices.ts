// Ends notices in the transaction that mends what they tell of, so that nobody is reminded of what they just did.
import type { SqlTransaction } from '#server/domain/transact.ts'
import { findNoticePlan } from './find-notice-plan.ts'
import { markNotices } from './notices.sql.ts'

/** To be called last in the transaction; what is to be told is left to the server's next look. */
export async function settleNotices(tx: SqlTransaction, _input: Record<string, never> = {}): Promise<void> {
  const now = tx.clock.now()
  const { settle } = await findNoticePlan(tx.sql, now)
  await markNotices(tx.sql, settle, now)
}

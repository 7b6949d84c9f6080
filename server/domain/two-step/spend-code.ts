// Uses up a code: of the app, once a time step and person, or one of the ten on paper.
import { recoveryCodeHash } from '#server/domain/sessions/recovery-code-hash.ts'
import type { Transaction } from '#server/domain/transact.ts'
import { spendAppCode, type Spending } from './spend-app-code.ts'

export type CodeKind = 'app' | 'recovery_code'

/**
 * Which kind of code it was; null when it is wrong or was used. Of parallel calls with one code, in however many
 * processes, exactly one gets it: the database compares and sets the last used step.
 */
export async function spendCode(tx: Transaction, input: Spending): Promise<CodeKind | null> {
  const { orgId } = tx
  const { userId, code } = input
  const { count } = await tx.db.twoStepCode.updateMany({
    where: { orgId, userId, hash: recoveryCodeHash(userId, code), usedAt: null },
    data: { usedAt: tx.clock.now() },
  })
  if (count === 1) return 'recovery_code'
  return (await spendAppCode(tx, input)) ? 'app' : null
}

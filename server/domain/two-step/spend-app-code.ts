// Uses up a code of the app: only time steps later than the last one count.
import type { Context } from '#server/domain/context.ts'
import type { Transaction } from '#server/domain/transact.ts'
import { noMasterKey, otherMasterKey } from './refusals.ts'
import { sealedFor } from './rules/sealed-for.ts'
import { stepOfCode } from './totp.ts'

export interface Spending {
  readonly userId: string
  readonly code: string
  readonly vault: Context['vault']
}

/** False when it is wrong or was used. Throws `two-step/no-master-key`, `two-step/other-master-key`. */
export async function spendAppCode(tx: Transaction, { userId, code, vault }: Spending): Promise<boolean> {
  const { orgId } = tx
  const found = await tx.db.twoStep.findUnique({ where: { orgId_userId: { orgId, userId } } })
  if (found === null) return false
  if (vault === null) throw noMasterKey()
  const bytes = vault.open(found.sealed, sealedFor({ orgId, userId }))
  if (bytes === null) throw otherMasterKey()
  const step = stepOfCode(bytes, code, tx.clock.now())
  if (step === null) return false
  const { count } = await tx.db.twoStep.updateMany({
    where: { orgId, userId, sealed: found.sealed, lastStep: { lt: step } },
    data: { lastStep: step },
  })
  return count === 1
}

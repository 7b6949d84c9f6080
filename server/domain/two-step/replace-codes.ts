// Ten codes for the day the telephone is lost; older ones end.
import { randomBytes } from 'node:crypto'
import { recoveryCodeHash } from '#server/domain/sessions/recovery-code-hash.ts'
import {
  recoveryCodeBytes,
  recoveryCodeCount,
  recoveryCodeText,
} from '#server/domain/sessions/rules/recovery-code.ts'
import type { Transaction } from '#server/domain/transact.ts'

/** The codes, to be shown once. */
export async function replaceCodes(
  tx: Transaction,
  { userId }: { userId: string },
): Promise<readonly string[]> {
  const { orgId } = tx
  const codes = Array.from({ length: recoveryCodeCount }, () =>
    recoveryCodeText(randomBytes(recoveryCodeBytes)),
  )
  await tx.db.twoStepCode.deleteMany({ where: { orgId, userId } })
  await tx.db.twoStepCode.createMany({
    data: codes.map(code => ({ orgId, userId, hash: recoveryCodeHash(userId, code) })),
  })
  return codes
}

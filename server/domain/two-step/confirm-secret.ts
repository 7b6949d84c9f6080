// Turns the second step on: a first code proves that the secret arrived in the app.
import type { Context, InstallationContext } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { allowCodeTry } from './allow-code-try.ts'
import { forgetCodeTries } from './forget-code-tries.ts'
import { notStarted, wrongCode } from './refusals.ts'
import { replaceCodes } from './replace-codes.ts'
import { spendAppCode } from './spend-app-code.ts'

interface Confirming {
  /** The person, inside their organization. */
  readonly own: Context
  readonly userId: string
  readonly code: string
}

/** Their ten recovery codes, shown once. Throws `two-step/not-started`, `two-step/wrong-code`. */
export async function confirmSecret(
  ctx: InstallationContext,
  { own, userId, code }: Confirming,
): Promise<readonly string[]> {
  const whose = { orgId: own.orgId, userId }
  await allowCodeTry(ctx, whose)
  const codes = await transact(own, async tx => {
    const waiting = await tx.db.twoStep.count({ where: { ...whose, confirmedAt: null } })
    if (waiting === 0) throw notStarted()
    if (!(await spendAppCode(tx, { userId, code, vault: own.vault }))) throw wrongCode()
    await tx.db.twoStep.updateMany({
      where: { ...whose, confirmedAt: null },
      data: { confirmedAt: tx.clock.now() },
    })
    tx.note({ action: 'two_step.turn_on', subjectKind: 'user', subjectId: userId })
    return replaceCodes(tx, { userId })
  })
  await forgetCodeTries(ctx, whose)
  return codes
}

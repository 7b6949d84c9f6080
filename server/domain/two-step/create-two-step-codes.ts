// Ten new recovery codes of someone's own second step.
import type { Context } from '#server/domain/context.ts'
import { demandPerson } from '#server/domain/sessions/demand-person.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { hasTwoStep } from './has-two-step.ts'
import { notOn } from './refusals.ts'
import { replaceCodes } from './replace-codes.ts'

/** The codes, shown once; older ones end. Throws `two-step/not-on`, `sessions/reauthenticate`. */
export async function createTwoStepCodes(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<readonly string[]> {
  const { userId } = demandPerson(ctx.actor)
  if (!(await hasTwoStep(ctx, { userId }))) throw notOn()
  await demandRecentProof(ctx)
  return transact(ctx, async tx => {
    tx.note({ action: 'two_step.create_codes', subjectKind: 'user', subjectId: userId })
    return replaceCodes(tx, { userId })
  })
}

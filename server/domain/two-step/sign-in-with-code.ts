// The second step of a sign-in by password: a code of the app, or a recovery code.
import type { InstallationContext } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { allowCodeTry } from './allow-code-try.ts'
import { forgetCodeTries } from './forget-code-tries.ts'
import { findSignInStep } from './find-sign-in-step.ts'
import { finishSignInStep, type SteppedIn } from './finish-sign-in-step.ts'
import { wrongCode } from './refusals.ts'
import { spendCode } from './spend-code.ts'

export interface SignInWithCodeInput {
  readonly code: string
  /** What the browser kept of the first step; null without it. */
  readonly step: string | null
}

/** Throws `two-step/ended`, `two-step/wrong-code`, `two-step/too-many-codes`; without the first step nothing is said. */
export async function signInWithCode(
  ctx: InstallationContext,
  { code, step }: SignInWithCodeInput,
): Promise<SteppedIn> {
  const waiting = await findSignInStep(ctx, { secret: step, missing: 'code' })
  const { own, person } = waiting
  const { userId } = person
  const whose = { orgId: own.orgId, userId }
  await allowCodeTry(ctx, whose)
  const kind = await transact(own, async tx => {
    const spent = await spendCode(tx, { userId, code, vault: own.vault })
    const action = spent === null ? 'two_step.refused' : 'two_step.pass'
    tx.note({ action, subjectKind: 'user', subjectId: userId, ...(spent && { after: { by: spent } }) })
    return spent
  })
  if (kind === null) throw wrongCode()
  await forgetCodeTries(ctx, whose)
  return finishSignInStep(ctx, waiting)
}

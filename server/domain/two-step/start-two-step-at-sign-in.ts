// The organization demands a second step of someone who has none: they set it up before they are let in.
import type { InstallationContext } from '#server/domain/context.ts'
import { findSignInStep } from './find-sign-in-step.ts'
import { prepareSecret, type PreparedSecret } from './prepare-secret.ts'

/** `step` is what the browser kept of the first step. Throws `two-step/ended` and what `prepareSecret` throws. */
export async function startTwoStepAtSignIn(
  ctx: InstallationContext,
  { step }: { step: string | null },
): Promise<PreparedSecret> {
  const { own, person } = await findSignInStep(ctx, { secret: step, missing: 'set_up' })
  return prepareSecret(own, person)
}

// The first code of a second step that the organization demanded: it is on, and its person is in.
import type { InstallationContext } from '#server/domain/context.ts'
import { confirmSecret } from './confirm-secret.ts'
import { findSignInStep } from './find-sign-in-step.ts'
import { finishSignInStep, type SteppedIn } from './finish-sign-in-step.ts'
import type { SignInWithCodeInput } from './sign-in-with-code.ts'

/** With their ten recovery codes. Throws `two-step/ended` and what `confirmSecret` throws. */
export async function confirmTwoStepAtSignIn(
  ctx: InstallationContext,
  { code, step }: SignInWithCodeInput,
): Promise<SteppedIn & { readonly codes: readonly string[] }> {
  const waiting = await findSignInStep(ctx, { secret: step, missing: 'set_up' })
  const { own, person } = waiting
  const codes = await confirmSecret(ctx, { own, userId: person.userId, code })
  return { ...(await finishSignInStep(ctx, waiting)), codes }
}

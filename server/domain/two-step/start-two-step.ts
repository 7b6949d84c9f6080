// Someone who is signed in wants a second step: a secret for their app.
import type { Context } from '#server/domain/context.ts'
import { demandPassword } from '#server/domain/sessions/demand-password.ts'
import { demandPerson } from '#server/domain/sessions/demand-person.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { prepareSecret, type PreparedSecret } from './prepare-secret.ts'

/** Throws `sessions/people-only`, `sessions/no-password`, `sessions/reauthenticate` and what `prepareSecret` throws. */
export async function startTwoStep(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<PreparedSecret> {
  const { userId } = demandPerson(ctx.actor)
  await demandPassword(ctx, { userId })
  await demandRecentProof(ctx)
  return prepareSecret(ctx, { userId })
}

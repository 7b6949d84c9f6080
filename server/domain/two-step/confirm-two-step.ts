// Someone who is signed in turns their second step on with a first code.
import type { InstallationContext } from '#server/domain/context.ts'
import { demandPerson } from '#server/domain/sessions/demand-person.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { confirmSecret } from './confirm-secret.ts'

/** Their ten recovery codes. Throws `sessions/people-only`, `sessions/reauthenticate` and what `confirmSecret` throws. */
export async function confirmTwoStep(
  ctx: InstallationContext,
  { code }: { code: string },
): Promise<readonly string[]> {
  const { orgId, userId } = demandPerson(ctx.actor)
  const own = ctx.within(orgId)
  await demandRecentProof(own)
  return confirmSecret(ctx, { own, userId, code })
}

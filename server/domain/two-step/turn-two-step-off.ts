// Someone gives their second step up.
import type { InstallationContext } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandPerson } from '#server/domain/sessions/demand-person.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { hasTwoStep } from './has-two-step.ts'
import { proveSecondStep } from './prove-second-step.ts'
import { notOn } from './refusals.ts'
import { isDemandedOf } from './rules/demanded.ts'

/**
 * Needs a code of the app or a recovery code, and a fresh proof. Throws `sessions/reauthenticate`, `two-step/not-on`,
 * `two-step/demanded` (by the organization), `two-step/wrong-code`.
 */
export async function turnTwoStepOff(ctx: InstallationContext, { code }: { code: string }): Promise<void> {
  const { orgId, userId, role } = demandPerson(ctx.actor)
  const own = ctx.within(orgId)
  if (!(await hasTwoStep(own, { userId }))) throw notOn()
  const organization = await own.db.organization.findUniqueOrThrow({ where: { id: orgId } })
  if (isDemandedOf(role, organization)) throw demanded()
  await demandRecentProof(own)
  await proveSecondStep(ctx, { code })
  await transact(own, async tx => {
    await tx.db.twoStep.deleteMany({ where: { orgId, userId } })
    await tx.db.twoStepCode.deleteMany({ where: { orgId, userId } })
    tx.note({ action: 'two_step.turn_off', subjectKind: 'user', subjectId: userId })
  })
}

function demanded(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'two-step/demanded',
    message:
      'Your organization demands two-step sign-in of owner and admins. It can be turned off after the organization no longer does.',
  })
}

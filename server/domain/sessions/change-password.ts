// Someone chooses another password; whoever else is signed in as them is out.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { demandPassword } from './demand-password.ts'
import { demandPerson } from './demand-person.ts'
import { demandRecentProof } from './demand-recent-proof.ts'
import { hashPassword } from './hash-password.ts'
import { checkPassword } from './rules/password.ts'

/**
 * The old one is asked for as the fresh proof: `sessions/reauthenticate` without it. Throws `sessions/no-password`,
 * `sessions/weak-password`.
 */
export async function changePassword(
  ctx: Context,
  { password }: { password: string },
): Promise<{ ended: number }> {
  const { orgId, userId, name, sessionHash } = demandPerson(ctx.actor)
  const { loginKey } = await demandPassword(ctx, { userId })
  await demandRecentProof(ctx)
  const organization = await ctx.db.organization.findUniqueOrThrow({ where: { id: orgId } })
  checkPassword(password, [organization.name, name, ...loginKey.split(/[@.]/)])
  const passwordHash = await hashPassword(password)
  return transact(ctx, async tx => {
    await tx.db.credential.updateMany({
      where: { orgId, userId },
      data: { passwordHash, changedAt: tx.clock.now() },
    })
    await tx.db.signInStep.deleteMany({ where: { orgId, userId } })
    const hash = { not: new Uint8Array(sessionHash) }
    const { count } = await tx.db.session.deleteMany({ where: { orgId, userId, hash } })
    tx.note({
      action: 'password.change',
      subjectKind: 'user',
      subjectId: userId,
      after: { sessionsEnded: count },
    })
    return { ended: count }
  })
}

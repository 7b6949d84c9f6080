// Break-glass: whoever has a shell on the server gives the owner a new password, and takes the second step away.
import { randomBytes } from 'node:crypto'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'
import { caseKey, nameKey } from '#server/domain/users/rules/normal-form.ts'
import { hashPassword } from './hash-password.ts'
import { recoveryCodeBytes, recoveryCodeText } from './rules/recovery-code.ts'

/**
 * The new password, to be shown once; it works also while single sign-on is enforced. All sessions, recovery codes and
 * the second step of the owner end. For the server itself only. Throws `sessions/not-the-owner`.
 */
export async function resetOwner(ctx: Context, input: { email: string }): Promise<{ password: string }> {
  if (ctx.actor.kind !== 'system') throw notTheOwner()
  const { orgId } = ctx
  const loginKey = nameKey(input.email.trim())
  const owner = await ctx.db.user.findFirst({
    where: {
      orgId,
      role: 'owner',
      OR: [{ emailKeys: { has: caseKey(input.email.trim()) } }, { credential: { loginKey } }],
    },
    select: { id: true },
  })
  if (owner === null) throw notTheOwner()
  const whose = { orgId, userId: owner.id }
  const password = recoveryCodeText(randomBytes(recoveryCodeBytes))
  const changed = { loginKey, passwordHash: await hashPassword(password), changedAt: ctx.clock.now() }
  await transact(ctx, async tx => {
    await tx.db.credential.upsert({
      where: { orgId_userId: whose },
      create: { ...whose, ...changed },
      update: changed,
    })
    await tx.db.twoStep.deleteMany({ where: whose })
    await tx.db.twoStepCode.deleteMany({ where: whose })
    await tx.db.recoveryCode.deleteMany({ where: whose })
    await tx.db.signInStep.deleteMany({ where: whose })
    const sessions = await tx.db.session.deleteMany({ where: whose })
    tx.note({
      action: 'password.reset',
      subjectKind: 'user',
      subjectId: owner.id,
      after: { sessionsEnded: sessions.count },
    })
  })
  return { password }
}

function notTheOwner(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'sessions/not-the-owner',
    message:
      'The owner of this organization has another address. Name the organization and the address of its owner.',
  })
}

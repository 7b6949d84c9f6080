// The owner signs in with one of their recovery codes, also while single sign-on is enforced.
import type { PersonActor, Role } from '#server/domain/actor.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { isActive, type UserStatus } from '#server/domain/users/rules/user.ts'
import { forgetSignInFailures } from './forget-sign-in-failures.ts'
import { limitSignIns } from './limit-sign-ins.ts'
import { openSession } from './open-session.ts'
import { recoveryCodeHash } from './recovery-code-hash.ts'
import { recordSignInFailure } from './record-sign-in-failure.ts'
import type { StartedSession } from './start-session.ts'

/** Each code once. Throws `sessions/wrong-recovery-code`, `sessions/too-many-failures`; what was wrong is never said. */
export async function signInWithRecoveryCode(
  ctx: InstallationContext,
  input: { email: string; code: string },
): Promise<{ session: StartedSession; actor: PersonActor }> {
  const who = { loginKey: nameKey(input.email.trim()) }
  await limitSignIns(ctx, who)
  const candidates = await ctx.installation.credential.findMany({
    where: { loginKey: who.loginKey, user: { role: 'owner' } },
    take: 10,
    select: { orgId: true, userId: true, user: { select: { displayName: true, role: true, status: true } } },
  })
  for (const { orgId, userId, user } of candidates) {
    if (!isActive(user.status as UserStatus)) continue
    const { count } = await ctx.installation.recoveryCode.updateMany({
      where: { orgId, userId, hash: recoveryCodeHash(userId, input.code), usedAt: null },
      data: { usedAt: ctx.clock.now() },
    })
    if (count !== 1) continue
    await forgetSignInFailures(ctx, who)
    const person = { userId, name: user.displayName, role: user.role as Role }
    return openSession(ctx.within(orgId), { person, via: 'recovery_code' })
  }
  await recordSignInFailure(ctx, who)
  throw new DomainError({
    kind: 'forbidden',
    code: 'sessions/wrong-recovery-code',
    message: 'E-mail or recovery code is not right, or the code was used before. Try another one.',
  })
}

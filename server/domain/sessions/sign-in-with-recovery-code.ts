// The owner signs in with one of their recovery codes, also while single sign-on is enforced.
import type { PersonActor, Role } from '#server/domain/actor.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { caseKey, nameKey } from '#server/domain/users/rules/normal-form.ts'
import { isActive, type UserStatus } from '#server/domain/users/rules/user.ts'
import { countSignInTry } from './count-sign-in-try.ts'
import { forgetFailures } from './forget-failures.ts'
import { openSession } from './open-session.ts'
import { recoveryCodeHash } from './recovery-code-hash.ts'
import { recoverySubject } from './rules/failure-subjects.ts'
import type { StartedSession } from './start-session.ts'

/** Each code once. Throws `sessions/wrong-recovery-code`, `sessions/too-many-failures`; what was wrong is never said. */
export async function signInWithRecoveryCode(
  ctx: InstallationContext,
  input: { email: string; code: string },
): Promise<{ session: StartedSession; actor: PersonActor }> {
  const accounts = [recoverySubject(nameKey(input.email.trim()))]
  const tried = await countSignInTry(ctx, { accounts })
  const candidates = await ownersWithCodes(ctx, input.email.trim())
  for (const { orgId, id: userId, ...user } of candidates) {
    if (!isActive(user.status as UserStatus)) continue
    const { count } = await ctx.installation.recoveryCode.updateMany({
      where: { orgId, userId, hash: recoveryCodeHash(userId, input.code), usedAt: null },
      data: { usedAt: ctx.clock.now() },
    })
    if (count !== 1) continue
    await forgetFailures(ctx, { tried, accounts })
    const person = { userId, name: user.displayName, role: user.role as Role }
    return openSession(ctx.within(orgId), { person, via: 'recovery_code' })
  }
  throw new DomainError({
    kind: 'forbidden',
    code: 'sessions/wrong-recovery-code',
    message: 'E-mail or recovery code is not right, or the code was used before. Try another one.',
  })
}

/**
 * Owners who are called so: whoever came by the identity provider has no password that would name them. Few, for an
 * organization has one owner; whoever has no code left is not asked for one.
 */
function ownersWithCodes(ctx: InstallationContext, typed: string) {
  return ctx.installation.user.findMany({
    where: {
      role: 'owner',
      deletedAt: null,
      recoveryCodes: { some: { usedAt: null } },
      OR: [
        { userNameKey: nameKey(typed) },
        { emailKeys: { has: caseKey(typed) } },
        { credential: { loginKey: nameKey(typed) } },
      ],
    },
    select: { orgId: true, id: true, displayName: true, role: true, status: true },
  })
}

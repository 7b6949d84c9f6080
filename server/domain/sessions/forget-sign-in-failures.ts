// Clears an account's failures after a good sign-in.
import type { InstallationContext } from '#server/domain/context.ts'
import { accountSubject } from './rules/failure-subjects.ts'

/** Forgets an account's failures after a good sign-in. */
export async function forgetSignInFailures(
  ctx: InstallationContext,
  who: { loginKey: string },
): Promise<void> {
  await ctx.installation.signInFailure.deleteMany({ where: { subject: accountSubject(who.loginKey) } })
}

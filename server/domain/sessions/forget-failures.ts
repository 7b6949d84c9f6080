// A good sign-in forgets the failures of the accounts that it was right for, and itself at its client address.
import type { InstallationContext } from '#server/domain/context.ts'
import { addressSubjects, type FailureSubject } from './rules/failure-subjects.ts'
import type { SignInTry } from './count-sign-in-try.ts'

/**
 * At accounts of the same address in other organizations the try stays a failure: whoever may choose the password in one
 * organization must not learn with it, as often as they like, whether it is that of another.
 */
export async function forgetFailures(
  ctx: InstallationContext,
  { tried, accounts }: { tried: SignInTry; accounts: readonly FailureSubject[] },
): Promise<void> {
  const right = accounts.map(({ subject }) => subject)
  const addresses = addressSubjects(ctx.actor.origin.ip).map(({ subject }) => subject)
  await ctx.installation.signInFailure.deleteMany({
    where: { OR: [{ subject: { in: right } }, { id: tried.id, subject: { in: addresses } }] },
  })
}

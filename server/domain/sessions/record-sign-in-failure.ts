// Writes a failed sign-in down for the account and for the address it came from.
import type { InstallationContext } from '#server/domain/context.ts'
import { failureSubjects } from './rules/failure-subjects.ts'

/** `loginKey` is the normal form of the address that was tried. */
export async function recordSignInFailure(
  ctx: InstallationContext,
  who: { loginKey: string },
): Promise<void> {
  await ctx.installation.signInFailure.createMany({
    data: failureSubjects(who.loginKey, ctx.actor.origin.ip).map(({ subject }) => ({
      subject,
      id: ctx.clock.newId(),
      occurredAt: ctx.clock.now(),
    })),
  })
}

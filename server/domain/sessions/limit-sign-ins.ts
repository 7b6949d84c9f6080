// Counts failed sign-ins in the database: five an account and twenty an address in fifteen minutes.
import type { InstallationContext } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { failureSubjects } from './rules/failure-subjects.ts'

const window = 15 * 60_000

/** Throws `sessions/too-many-failures` while the account or the client address has failed too often. */
export async function limitSignIns(ctx: InstallationContext, who: { loginKey: string }): Promise<void> {
  const since = new Date(ctx.clock.now().getTime() - window)
  for (const { subject, limit } of failureSubjects(who.loginKey, ctx.actor.origin.ip)) {
    const failures = await ctx.installation.signInFailure.count({
      where: { subject, occurredAt: { gt: since } },
    })
    if (failures >= limit) throw tooManyFailures()
  }
}

function tooManyFailures(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'sessions/too-many-failures',
    message: 'Too many failed sign-ins. Wait 15 minutes and try again.',
  })
}

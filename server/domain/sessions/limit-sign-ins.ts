// Counts failed sign-ins in the database: five an account and twenty an address in fifteen minutes.
import type { InstallationContext } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'

const window = 15 * 60_000
const limits = { account: 5, address: 20 } as const

/** Throws `sessions/too-many-failures` while the account or the client address has failed too often. */
export async function limitSignIns(ctx: InstallationContext, who: { loginKey: string }): Promise<void> {
  const since = new Date(ctx.clock.now().getTime() - window)
  for (const { subject, limit } of subjects(ctx, who.loginKey)) {
    const failures = await ctx.installation.signInFailure.count({
      where: { subject, occurredAt: { gt: since } },
    })
    if (failures >= limit) throw tooManyFailures()
  }
}

/** Writes a failure down for the account and for the address. */
export async function recordSignInFailure(
  ctx: InstallationContext,
  who: { loginKey: string },
): Promise<void> {
  await ctx.installation.signInFailure.createMany({
    data: subjects(ctx, who.loginKey).map(({ subject }) => ({
      subject,
      id: ctx.clock.newId(),
      occurredAt: ctx.clock.now(),
    })),
  })
}

/** Forgets an account's failures after a good sign-in. */
export async function forgetSignInFailures(
  ctx: InstallationContext,
  who: { loginKey: string },
): Promise<void> {
  await ctx.installation.signInFailure.deleteMany({ where: { subject: accountSubject(who.loginKey) } })
}

function subjects(ctx: InstallationContext, loginKey: string): { subject: string; limit: number }[] {
  const { ip } = ctx.actor.origin
  const account = { subject: accountSubject(loginKey), limit: limits.account }
  return ip === null ? [account] : [account, { subject: `address:${ip}`, limit: limits.address }]
}

function accountSubject(loginKey: string): string {
  return `account:${loginKey.slice(0, 280)}`
}

function tooManyFailures(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'sessions/too-many-failures',
    message: 'Too many failed sign-ins. Wait 15 minutes and try again.',
  })
}

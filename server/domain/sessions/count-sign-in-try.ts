// Counts a try to sign in in the database, before it is looked at, so that parallel ones count, too.
import type { InstallationContext } from '#server/domain/context.ts'
import { addressSubjects, type FailureSubject } from './rules/failure-subjects.ts'
import { tooManyFailures } from './refusals.ts'
import { takeTryBack } from './take-try-back.ts'

const window = 15 * 60_000

/** A try that counts as a failure until it is taken back. */
export interface SignInTry {
  readonly id: string
  readonly subjects: readonly string[]
  /** Accounts that failed too often: not to be looked at. */
  readonly closed: ReadonlySet<string>
}

/**
 * Five failures an account and twenty a client address in fifteen minutes. Throws `sessions/too-many-failures` when the
 * address or each of the accounts had them; a try that is refused does not count.
 */
export async function countSignInTry(
  ctx: InstallationContext,
  { accounts }: { accounts: readonly FailureSubject[] },
): Promise<SignInTry> {
  const addresses = addressSubjects(ctx.actor.origin.ip)
  const all = [...accounts, ...addresses]
  const [id, occurredAt] = [ctx.clock.newId(), ctx.clock.now()]
  const subjects = all.map(({ subject }) => subject)
  await ctx.installation.signInFailure.createMany({
    data: subjects.map(subject => ({ subject, id, occurredAt })),
  })
  const counted = await ctx.installation.signInFailure.groupBy({
    by: ['subject'],
    where: { subject: { in: subjects }, occurredAt: { gt: new Date(occurredAt.getTime() - window) } },
    _count: true,
  })
  const tries = new Map(counted.map(({ subject, _count }) => [subject, _count]))
  const over = all.filter(({ subject, limit }) => (tries.get(subject) ?? 0) > limit)
  const closed = new Set(over.map(({ subject }) => subject))
  const refused = addresses.some(isIn(closed)) || accounts.every(isIn(closed))
  if (closed.size > 0) await takeTryBack(ctx, { id, subjects: refused ? subjects : [...closed] })
  if (refused) throw tooManyFailures()
  return { id, subjects, closed }
}

function isIn(closed: ReadonlySet<string>): (one: FailureSubject) => boolean {
  return ({ subject }) => closed.has(subject)
}

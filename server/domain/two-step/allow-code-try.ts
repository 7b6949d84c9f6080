// Counts tries of codes in the database, before they are looked at, so that parallel ones count, too.
import type { InstallationContext } from '#server/domain/context.ts'
import { codeSubject } from './rules/code-subject.ts'
import { tooManyCodes } from './refusals.ts'

const window = 15 * 60_000
const most = 5

/** Throws `two-step/too-many-codes` at the sixth try in fifteen minutes, however many come at once. */
export async function allowCodeTry(
  ctx: InstallationContext,
  whose: { orgId: string; userId: string },
): Promise<void> {
  const { signInFailure } = ctx.installation
  const subject = codeSubject(whose)
  const now = ctx.clock.now()
  await signInFailure.create({ data: { subject, id: ctx.clock.newId(), occurredAt: now } })
  const since = new Date(now.getTime() - window)
  const tries = await signInFailure.count({ where: { subject, occurredAt: { gt: since } } })
  if (tries > most) throw tooManyCodes()
}

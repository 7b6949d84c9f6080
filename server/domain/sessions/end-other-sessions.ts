// Signs someone out everywhere but here.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { demandPerson } from './demand-person.ts'

/** How many ended. */
export async function endOtherSessions(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<{ ended: number }> {
  const { userId, sessionHash } = demandPerson(ctx.actor)
  return transact(ctx, async tx => {
    const hash = { not: new Uint8Array(sessionHash) }
    const { count } = await tx.db.session.deleteMany({ where: { orgId: tx.orgId, userId, hash } })
    if (count > 0)
      tx.note({
        action: 'session.end_others',
        subjectKind: 'user',
        subjectId: userId,
        before: { sessions: count },
      })
    return { ended: count }
  })
}

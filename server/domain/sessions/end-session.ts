// Signs someone out elsewhere: one of their own sessions ends.
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'
import { demandPerson } from './demand-person.ts'
import { sessionId } from './session-id.ts'

/** `sessionId` as the list shows it. Throws `sessions/unknown` for one that has ended, and for those of others. */
export async function endSession(ctx: Context, input: { sessionId: string }): Promise<void> {
  const { userId } = demandPerson(ctx.actor)
  await transact(ctx, async tx => {
    const where = { orgId: tx.orgId, userId }
    const own = await tx.db.session.findMany({ where, select: { hash: true } })
    const found = own.find(({ hash }) => sessionId(hash) === input.sessionId)
    if (found === undefined) throw unknownSession()
    await tx.db.session.deleteMany({ where: { ...where, hash: found.hash } })
    tx.note({ action: 'session.end', subjectKind: 'user', subjectId: userId, before: { sessions: 1 } })
  })
}

function unknownSession(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'sessions/unknown',
    message: 'This session has ended already. Load the list again.',
  })
}

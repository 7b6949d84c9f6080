// Puts a notice away for one person; the others still see it.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandPerson } from '#server/domain/sessions/demand-person.ts'

/** Twice is the same as once. Throws `notices/unknown`, `sessions/people-only`, `actor/not-permitted`. */
export async function dismissNotice(ctx: Context, input: { noticeId: string }): Promise<void> {
  demand(ctx.actor, 'notices:read')
  const { userId } = demandPerson(ctx.actor)
  const { orgId } = ctx
  const key = { orgId, userId, noticeId: input.noticeId }
  const notice = await ctx.db.notice.findFirst({
    where: { orgId, id: input.noticeId, OR: [{ audienceId: null }, { audienceId: userId }] },
    select: { id: true },
  })
  if (notice === null) throw unknownNotice()
  await ctx.db.noticeDismissal.createMany({
    data: [{ ...key, dismissedAt: ctx.clock.now() }],
    skipDuplicates: true,
  })
  ctx.ring()
}

function unknownNotice(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'notices/unknown',
    message: 'There is no such notice in this organization. Load the page again.',
  })
}

// Whether invitations go out by mail; where single sign-on is enough, people need none.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'

export interface ConfigureInvitationsInput {
  readonly byMail: boolean
}

/** Off, whoever invites is shown the links. Nothing happens to invitations that went out already. */
export async function configureInvitations(ctx: Context, input: ConfigureInvitationsInput): Promise<void> {
  demand(ctx.actor, 'users:write')
  await transact(ctx, async tx => {
    const where = { id: tx.orgId }
    const before = await tx.db.organization.findUniqueOrThrow({ where })
    if (before.mailInvitations === input.byMail) return
    await tx.db.organization.update({
      where,
      data: { mailInvitations: input.byMail, updatedAt: tx.clock.now() },
    })
    tx.note({
      action: 'invitations.configure',
      before: { byMail: before.mailInvitations },
      after: { byMail: input.byMail },
    })
  })
}

// Reminds people of their invitation: once, a week after it was sent, by mail. Run by the server itself.
import type { Invitation, Organization } from '#prisma/client.ts'
import type { Context } from '#server/domain/context.ts'
import { hashSecret, mintSecret } from '#server/domain/secrets/secret.ts'
import { transact } from '#server/domain/transact.ts'
import { mailInvitation } from './mail-invitation.ts'
import { addressOf } from './rules/address.ts'
import { remindedBefore } from './rules/invitation.ts'

const atOnce = 100

/**
 * Answers how many were reminded. Whatever was sent again counts from then; whoever was reminded once is left alone for
 * good. The reminder brings a link of its own, because nobody keeps the first; both end on the same day.
 */
export async function remindInvited(ctx: Context, _input: Record<string, never> = {}): Promise<number> {
  if (!ctx.sendsMail) return 0
  const organization = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
  if (!organization.mailInvitations) return 0
  for (let reminded = 0; ;) {
    const due = await dueIn(ctx)
    for (const invitation of due) reminded += await remind(ctx, { organization, invitation })
    if (due.length < atOnce) return reminded
  }
}

function dueIn({ orgId, db, clock }: Context): Promise<Due[]> {
  const now = clock.now()
  return db.invitation.findMany({
    where: {
      orgId,
      remindedAt: null,
      sentAt: { lte: remindedBefore(now) },
      expiresAt: { gt: now },
      user: { status: 'pending' },
    },
    include: { user: { select: { displayName: true, userName: true, email: true } } },
    take: atOnce,
  })
}

type Due = Invitation & {
  readonly user: { readonly displayName: string; readonly userName: string; readonly email: string | null }
}

/** Whoever of several servers marks the invitation is the one that mails; a newer one is left alone. */
async function remind(
  ctx: Context,
  { organization, invitation }: { organization: Organization; invitation: Due },
): Promise<0 | 1> {
  const { userId, hash, expiresAt, user } = invitation
  const { orgId } = ctx
  const secret = mintSecret('invite', organization.key)
  return transact(ctx, async tx => {
    const marked = await tx.db.invitation.updateMany({
      where: { orgId, userId, hash, remindedAt: null },
      data: { remindedAt: tx.clock.now(), reminderHash: hashSecret(secret) },
    })
    if (marked.count !== 1) return 0
    const person = { userId, name: user.displayName, address: addressOf(user) ?? '' }
    await mailInvitation(tx, { organization, person, secret: secret.text, expiresAt, reminder: true })
    const detail = { subject: user.displayName, words: { way: 'reminder' } }
    tx.record({ type: 'user.invited', userId, detail })
    return 1
  })
}

// Issues a bearer token for an identity provider; the secret is in this answer and nowhere else.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { demandSsoFirst } from '#server/domain/sso/rules/first.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { insertToken, type IssuedToken } from './insert-token.ts'
import { expiryOf, isLive, maxLiveTokens, tokenName, type ExpiryChoice } from './rules/token.ts'

export interface IssueScimTokenInput extends ExpiryChoice {
  readonly name: string
}

/**
 * Makes a token. At most two are live, so that a rotation has no gap: `scim-tokens/too-many` otherwise. Throws
 * `scim-tokens/bad-name`, `scim-tokens/bad-expiry`, `sso/first`, `organizations/not-in-plan`, `actor/not-permitted`.
 */
export async function issueScimToken(ctx: Context, input: IssueScimTokenInput): Promise<IssuedToken> {
  demand(ctx.actor, 'tokens:write')
  await demandRecentProof(ctx)
  const name = tokenName(input.name)
  const expiresAt = expiryOf(input, ctx.clock.now())
  return transact(ctx, async tx => {
    await demandRoomForToken(tx)
    const issued = await insertToken(tx, { name, expiresAt })
    tx.record({ type: 'scim_token.issued', detail: { subject: name } })
    tx.note({
      action: 'scim_token.issue',
      subjectKind: 'scim_token',
      subjectId: issued.tokenId,
      after: { name, expiresAt: expiresAt?.toISOString() ?? null },
    })
    await settleNotices(tx)
    return issued
  })
}

async function demandRoomForToken(tx: Transaction): Promise<void> {
  const organization = await tx.db.organization.update({
    where: { id: tx.orgId },
    data: { updatedAt: tx.clock.now() },
    include: { ssoConnection: { select: { status: true } } },
  })
  demandEntitlement(organization, 'scim')
  demandSsoFirst(organization)
  const tokens = await tx.db.scimToken.findMany({ where: { orgId: tx.orgId, revokedAt: null } })
  const live = tokens.filter(token => isLive(token, tx.clock.now()))
  if (live.length < maxLiveTokens) return
  throw new DomainError({
    kind: 'conflict',
    code: 'scim-tokens/too-many',
    message: 'Two tokens are live already. Revoke one of them first, then generate the new one.',
  })
}

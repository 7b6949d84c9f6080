// Replaces a token without a gap: the new one works at once, the old one ends when the admin chose.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { insertToken, type IssuedToken } from './insert-token.ts'
import {
  endOfOldToken,
  expiryOf,
  isLive,
  maxLiveTokens,
  tokenName,
  type ExpiryChoice,
  type TokenOverlap,
} from './rules/token.ts'
import { unknownToken } from './unknown-token.ts'

export interface RotateScimTokenInput extends ExpiryChoice {
  readonly tokenId: string
  readonly name: string
  readonly oldEnds: TokenOverlap
}

/** Rotates. Throws `scim-tokens/unknown`, `scim-tokens/not-live`, `scim-tokens/too-many` and issue's refusals. */
export async function rotateScimToken(ctx: Context, input: RotateScimTokenInput): Promise<IssuedToken> {
  demand(ctx.actor, 'tokens:write')
  await demandRecentProof(ctx)
  const now = ctx.clock.now()
  const name = tokenName(input.name)
  const expiresAt = expiryOf(input, now)
  return transact(ctx, async tx => {
    const organization = await tx.db.organization.update({
      where: { id: ctx.orgId },
      data: { updatedAt: now },
    })
    demandEntitlement(organization, 'scim')
    const tokens = await tx.db.scimToken.findMany({ where: { orgId: ctx.orgId, revokedAt: null } })
    const live = tokens.filter(token => isLive(token, now))
    const old = live.find(token => token.id === input.tokenId)
    if (old === undefined) throw notLive(tokens.some(token => token.id === input.tokenId))
    if (live.length >= maxLiveTokens) throw secondIsLive()
    const issued = await insertToken(tx, { name, expiresAt })
    const ends = endOfOldToken(input.oldEnds, { now, expiresAt: old.expiresAt })
    await tx.db.scimToken.update({
      where: { orgId_id: { orgId: ctx.orgId, id: old.id } },
      data: { replacedById: issued.tokenId, expiresAt: ends, endsOnFirstUse: input.oldEnds === 'first-use' },
    })
    tx.record({ type: 'scim_token.rotated', detail: { subject: name, words: { old: old.name } } })
    tx.note({
      action: 'scim_token.rotate',
      subjectKind: 'scim_token',
      subjectId: issued.tokenId,
      before: { name: old.name },
      after: { name, oldEnds: input.oldEnds, expiresAt: expiresAt?.toISOString() ?? null },
    })
    await settleNotices(tx)
    return issued
  })
}

function notLive(known: boolean): DomainError {
  if (!known) return unknownToken()
  return new DomainError({
    kind: 'conflict',
    code: 'scim-tokens/not-live',
    message: 'This token has expired. Generate a new one instead of rotating it.',
  })
}

function secondIsLive(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'scim-tokens/too-many',
    message: 'Two tokens are live already, so this rotation is under way. Revoke one of them first.',
  })
}

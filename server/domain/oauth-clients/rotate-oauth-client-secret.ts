// Gives a client a second secret, so that the identity provider can change over without a gap.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { isLive } from '#server/domain/scim-tokens/rules/token.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { findLiveClient } from './find-live-client.ts'
import { insertSecret, type IssuedSecret } from './insert-secret.ts'
import {
  endOfOldSecret,
  endOfSecret,
  maxLiveSecrets,
  type SecretLifetime,
  type SecretOverlap,
} from './rules/client.ts'

export interface RotateOauthClientSecretInput {
  readonly clientId: string
  readonly expiresIn?: SecretLifetime | null
  readonly oldEnds: SecretOverlap
}

/**
 * Makes the new secret; the old one, if one is live, ends as chosen. Throws `oauth-clients/unknown`,
 * `oauth-clients/revoked`, `oauth-clients/no-secret` for a client that signs, `oauth-clients/two-secrets`,
 * `actor/not-permitted`.
 */
export async function rotateOauthClientSecret(
  ctx: Context,
  input: RotateOauthClientSecretInput,
): Promise<IssuedSecret> {
  demand(ctx.actor, 'tokens:write')
  await demandRecentProof(ctx)
  const now = ctx.clock.now()
  return transact(ctx, async tx => {
    const client = await findLiveClient(tx, input.clientId)
    if (client.authentication !== 'client_secret') throw signsItself()
    await endOld(tx, { clientId: client.id, oldEnds: input.oldEnds })
    const expiresAt = endOfSecret(input.expiresIn, now)
    const issued = await insertSecret(tx, { clientId: client.id, expiresAt })
    tx.record({ type: 'oauth_client.secret_rotated', detail: { subject: client.name } })
    tx.note({
      action: 'oauth_client.rotate_secret',
      subjectKind: 'oauth_client',
      subjectId: client.id,
      after: { name: client.name, oldEnds: input.oldEnds, expiresAt: expiresAt.toISOString() },
    })
    await settleNotices(tx)
    return issued
  })
}

async function endOld(tx: Transaction, what: { clientId: string; oldEnds: SecretOverlap }): Promise<void> {
  const now = tx.clock.now()
  const { clientId } = what
  const secrets = await tx.db.oauthClientSecret.findMany({
    where: { orgId: tx.orgId, clientId, revokedAt: null },
  })
  const live = secrets.filter(secret => isLive(secret, now))
  if (live.length >= maxLiveSecrets) throw twoAreLive()
  for (const { id, expiresAt } of live) {
    await tx.db.oauthClientSecret.update({
      where: { orgId_id: { orgId: tx.orgId, id } },
      data: { expiresAt: endOfOldSecret(what.oldEnds, { now, expiresAt }) },
    })
  }
}

function signsItself(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'oauth-clients/no-secret',
    message: 'This client signs with its own key and has no secret. Replace its public keys instead.',
  })
}

function twoAreLive(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'oauth-clients/two-secrets',
    message: 'Two secrets are live already, so this rotation is under way. Revoke one of them first.',
  })
}

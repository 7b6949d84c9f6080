// Replaces the public keys of a client that signs; access tokens of keys that are gone end at once.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { chosenKeys, keyColumns, type KeyChoice } from './chosen-keys.ts'
import { findLiveClient } from './find-live-client.ts'
import { thumbprintOf } from './public-keys.ts'

export interface ReplaceOauthClientKeysInput extends KeyChoice {
  readonly clientId: string
}

/**
 * To change over without a gap, paste a set with the old and the new key. Throws `oauth-clients/unknown`,
 * `oauth-clients/revoked`, `oauth-clients/has-secret`, the refusals of keys, `actor/not-permitted`.
 */
export async function replaceOauthClientKeys(
  ctx: Context,
  input: ReplaceOauthClientKeysInput,
): Promise<void> {
  demand(ctx.actor, 'tokens:write')
  await demandRecentProof(ctx)
  const chosen = chosenKeys(input)
  const kept = await Promise.all(chosen.keys.map(thumbprintOf))
  await transact(ctx, async tx => {
    const { id, name, authentication } = await findLiveClient(tx, input.clientId)
    if (authentication !== 'private_key_jwt') throw hasSecret()
    await tx.db.oauthClient.update({ where: { orgId_id: { orgId: tx.orgId, id } }, data: keyColumns(chosen) })
    await tx.db.oauthAccessToken.deleteMany({
      where: {
        orgId: tx.orgId,
        clientId: id,
        OR: [{ keyThumbprint: null }, { keyThumbprint: { notIn: kept } }],
      },
    })
    tx.record({ type: 'oauth_client.keys_replaced', detail: { subject: name } })
    tx.note({
      action: 'oauth_client.replace_keys',
      subjectKind: 'oauth_client',
      subjectId: id,
      after: { name, jwksUri: chosen.jwksUri, thumbprints: kept },
    })
  })
}

function hasSecret(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'oauth-clients/has-secret',
    message: 'This client has a secret and no keys. Rotate its secret instead.',
  })
}

// Creates an OAuth client for an identity provider; a secret is in this answer and nowhere else.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { demandSsoFirst } from '#server/domain/sso/rules/first.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { chosenKeys, keyColumns, type KeyChoice } from './chosen-keys.ts'
import { insertSecret } from './insert-secret.ts'
import {
  accessTokenLife,
  clientName,
  endOfSecret,
  type ClientAuthentication,
  type SecretLifetime,
} from './rules/client.ts'

export interface CreateOauthClientInput extends KeyChoice {
  readonly name: string
  readonly authentication: ClientAuthentication
  /** One year without a choice; for secrets only. */
  readonly secretExpiresIn?: SecretLifetime | null
  /** 60 to 360; 60 without a choice. */
  readonly accessTokenMinutes?: number | null
}

export interface CreatedClient {
  readonly clientId: string
  /** Shown once; null for a client that signs with its own key. */
  readonly secret: string | null
}

/** Identity providers are few; a list that grows without end is a mistake or an attack. */
const mostLiveClients = 20

/**
 * Makes a client. Throws `oauth-clients/bad-name`, `oauth-clients/bad-lifetime`, the refusals of keys,
 * `oauth-clients/too-many`, `sso/first`, `organizations/not-in-plan`, `actor/not-permitted`.
 */
export async function createOauthClient(ctx: Context, input: CreateOauthClientInput): Promise<CreatedClient> {
  demand(ctx.actor, 'tokens:write')
  await demandRecentProof(ctx)
  const { authentication } = input
  const name = clientName(input.name)
  const minutes = accessTokenLife(input.accessTokenMinutes)
  const keys = authentication === 'private_key_jwt' ? keyColumns(chosenKeys(input)) : {}
  return transact(ctx, async tx => {
    await demandRoomForClient(tx)
    const clientId = tx.clock.newId()
    await tx.db.oauthClient.create({
      data: {
        ...keys,
        orgId: tx.orgId,
        id: clientId,
        name,
        authentication,
        accessTokenMinutes: minutes,
        createdById: tx.actor.kind === 'person' ? tx.actor.userId : null,
        createdByName: tx.actor.name,
        createdAt: tx.clock.now(),
      },
    })
    const expiresAt = endOfSecret(input.secretExpiresIn, tx.clock.now())
    const secret = authentication === 'client_secret' ? await insertSecret(tx, { clientId, expiresAt }) : null
    tx.record({ type: 'oauth_client.created', detail: { subject: name } })
    tx.note({
      action: 'oauth_client.create',
      subjectKind: 'oauth_client',
      subjectId: clientId,
      after: {
        name,
        authentication,
        accessTokenMinutes: minutes,
        ...(secret === null ? {} : { secretExpiresAt: expiresAt.toISOString() }),
      },
    })
    return { clientId, secret: secret?.secret ?? null }
  })
}

/** Locks the organization, so that the count holds under parallel callers. */
async function demandRoomForClient(tx: Transaction): Promise<void> {
  const organization = await tx.db.organization.update({
    where: { id: tx.orgId },
    data: { updatedAt: tx.clock.now() },
    include: { ssoConnection: { select: { status: true } } },
  })
  demandEntitlement(organization, 'scim')
  demandSsoFirst(organization)
  const live = await tx.db.oauthClient.count({ where: { orgId: tx.orgId, revokedAt: null } })
  if (live < mostLiveClients) return
  throw new DomainError({
    kind: 'conflict',
    code: 'oauth-clients/too-many',
    message: `There are ${String(mostLiveClients)} OAuth clients already. Revoke one that is no longer used first.`,
  })
}

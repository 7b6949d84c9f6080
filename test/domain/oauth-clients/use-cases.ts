// The use cases of OAuth clients that take an id, for the contract between organizations.
import type { Context } from '#server/domain/context.ts'
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { replaceOauthClientKeys } from '#server/domain/oauth-clients/replace-oauth-client-keys.ts'
import { revokeOauthClient } from '#server/domain/oauth-clients/revoke-oauth-client.ts'
import { revokeOauthClientSecret } from '#server/domain/oauth-clients/revoke-oauth-client-secret.ts'
import { rotateOauthClientSecret } from '#server/domain/oauth-clients/rotate-oauth-client-secret.ts'
import type { TestOrganization } from '#test/support/make-world.ts'

type UseCase = (ctx: { owner: Context }, id: string) => Promise<unknown>

export const ofClients: Record<string, UseCase> = {
  revokeOauthClient: ({ owner }, clientId) => revokeOauthClient(owner, { clientId }),
  rotateOauthClientSecret: ({ owner }, clientId) =>
    rotateOauthClientSecret(owner, { clientId, oldEnds: 'keep' }),
  replaceOauthClientKeys: ({ owner }, clientId) =>
    replaceOauthClientKeys(owner, { clientId, jwksUri: 'https://idp.example/keys' }),
}
export const ofSecrets: Record<string, UseCase> = {
  revokeOauthClientSecret: ({ owner }, secretId) => revokeOauthClientSecret(owner, { secretId }),
}
/** A client of the organization and one of its secrets. */
export async function clientOf({ owner }: TestOrganization) {
  const { clientId } = await createOauthClient(owner.ctx, { name: 'Entra', authentication: 'client_secret' })
  return { clientId, ...(await rotateOauthClientSecret(owner.ctx, { clientId, oldEnds: 'keep' })) }
}

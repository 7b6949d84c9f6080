// Our own keys for an organization, made when somebody asks for them: an identity provider, or a question to be signed.
import type { Context } from '#server/domain/context.ts'
import { ensureSpKey } from '#server/domain/sso/ensure-sp-key.ts'
import { findConnection } from '#server/domain/sso/find-connection.ts'
import { findSpKeys, signingKeyOf, type SpKey } from '#server/domain/sso/find-sp-keys.ts'
import { refusal } from '#server/domain/sso/rules/refusal.ts'

export interface OwnKeys {
  readonly keys: readonly SpKey[]
  readonly signsRequests: boolean
}

/** Both empty for an organization that does not exist, and on an installation without a master key. */
export async function ownKeys(ctx: Context): Promise<OwnKeys> {
  await ensureSpKey(ctx)
  const keys = await findSpKeys(ctx)
  const found = await findConnection(ctx)
  return { keys, signsRequests: keys.length > 0 && (found?.connection.signRequests ?? true) }
}

/** PEM. Throws `sso/no-key`. */
export async function ownSigningKey(ctx: Context): Promise<string> {
  await ensureSpKey(ctx)
  const key = signingKeyOf(await findSpKeys(ctx))
  if (key === null) throw refusal('no-key')
  return key
}

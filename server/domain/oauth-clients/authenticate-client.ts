// Tells which client asks for an access token: by its secret or by an assertion that it signed.
import type { OauthClient, OauthClientSecret } from '#prisma/client.ts'
import type { Context } from '#server/domain/context.ts'
import { isLive } from '#server/domain/scim-tokens/rules/token.ts'
import { hashSecret, parseSecret, sameHash } from '#server/domain/secrets/secret.ts'
import { checkAssertion, type CheckedAssertion, type ClientKeys, type RemoteKeys } from './check-assertion.ts'
import { storedKeys } from './public-keys.ts'
import { takeAssertion } from './take-assertion.ts'

/** What a client shows of itself; the door has made sure that it is one thing only. */
export type ClientCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'assertion'; readonly assertion: string; readonly audiences: readonly string[] }

export interface AuthenticateClientInput {
  readonly clientId: string
  readonly credential: ClientCredential
  readonly remoteKeys: RemoteKeys
}

/** What an access token is bound to. */
export interface AuthenticatedClient {
  readonly id: string
  readonly name: string
  readonly accessTokenMinutes: number
  /** The secret that was shown, with its end. */
  readonly secret: { readonly id: string; readonly expiresAt: Date } | null
  /** The pasted key that signed. */
  readonly keyThumbprint: string | null
}

/** `reason` is for the provisioning log, in words for an admin; the caller is told nothing of it. */
export type ClientAuthentication =
  | { readonly reason: string; readonly known: { readonly id: string; readonly name: string } | null }
  | { readonly reason: null; readonly client: AuthenticatedClient }

type Row = OauthClient & { readonly secrets: readonly OauthClientSecret[] }
type Proof = Pick<AuthenticatedClient, 'secret' | 'keyThumbprint'>

/** Checks a client against the context's organization. An assertion that was taken is not taken again. */
export async function authenticateClient(
  ctx: Context,
  input: AuthenticateClientInput,
): Promise<ClientAuthentication> {
  const row = await readClient(ctx, input.clientId)
  if (row === null) return { reason: 'no client of this organization has this client id', known: null }
  const known = { id: row.id, name: row.name }
  if (row.revokedAt !== null) return { reason: 'this client is revoked', known }
  const proof = await proofOf(ctx, row, input)
  if (typeof proof === 'string') return { reason: proof, known }
  return { reason: null, client: { ...known, accessTokenMinutes: row.accessTokenMinutes, ...proof } }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

async function readClient(ctx: Context, clientId: string): Promise<Row | null> {
  if (!uuid.test(clientId)) return null
  const key = { orgId: ctx.orgId, id: clientId }
  return ctx.db.oauthClient.findUnique({ where: { orgId_id: key }, include: { secrets: true } })
}

/** The proof, or why there is none. */
async function proofOf(ctx: Context, row: Row, input: AuthenticateClientInput): Promise<Proof | string> {
  const { credential } = input
  if (credential.kind === 'secret') {
    if (row.authentication !== 'client_secret') {
      return 'a secret was sent, but this client signs assertions with its key'
    }
    return secretOf(row, { text: credential.secret, now: ctx.clock.now() })
  }
  if (row.authentication !== 'private_key_jwt') {
    return 'a signed assertion was sent, but this client has a secret'
  }
  const checked = await checkAssertion(credential.assertion, {
    clientId: row.id,
    audiences: credential.audiences,
    keys: keysOf(row, input.remoteKeys),
    now: ctx.clock.now(),
  })
  return 'fault' in checked ? checked.fault : taken(ctx, row.id, checked)
}

function secretOf(row: Row, shown: { text: string; now: Date }): Proof | string {
  const secret = parseSecret(shown.text)
  if (secret?.kind !== 'client') return 'the client secret is mistyped'
  const hash = hashSecret(secret)
  const found = row.secrets.find(each => sameHash(each.hash, hash))
  if (found === undefined) return 'the client secret is wrong'
  if (found.revokedAt !== null) return 'the client secret is revoked'
  if (!isLive(found, shown.now)) return 'the client secret has expired'
  return { secret: { id: found.id, expiresAt: found.expiresAt }, keyThumbprint: null }
}

function keysOf(row: Row, remoteKeys: RemoteKeys): ClientKeys {
  if (row.jwksUri !== null) return { kind: 'remote', keys: remoteKeys(row.jwksUri) }
  return { kind: 'pasted', keys: storedKeys(row.publicKeys) }
}

async function taken(ctx: Context, clientId: string, checked: CheckedAssertion): Promise<Proof | string> {
  const isNew = await takeAssertion(ctx, { clientId, jti: checked.jti, keepUntil: checked.keepUntil })
  if (!isNew) return 'the assertion was used before; each one is good once'
  return { secret: null, keyThumbprint: checked.keyThumbprint }
}

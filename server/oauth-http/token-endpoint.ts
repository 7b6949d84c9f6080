// The token endpoint: client credentials in, a short-lived access token for SCIM out (RFC 6749 section 4.4).
import type { FastifyRequest } from 'fastify'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import {
  authenticateClient,
  type AuthenticatedClient,
} from '#server/domain/oauth-clients/authenticate-client.ts'
import { issueAccessToken, type AccessToken } from '#server/domain/oauth-clients/issue-access-token.ts'
import { oauthAddresses } from '#server/domain/oauth-clients/rules/addresses.ts'
import { scimScope } from '#server/domain/oauth-clients/rules/client.ts'
import { InvalidClient, invalidRequest, OauthError } from './oauth-error.ts'
import { readCredential } from './read-credential.ts'
import { readForm, type Form } from './read-form.ts'
import type { OauthDoorSettings } from './settings.ts'

export interface Granted {
  readonly client: { readonly id: string; readonly name: string }
  readonly accessToken: AccessToken
}

/** Answers with a token, or throws an `OauthError`. The order: shape, grant, client, limits, organization. */
export async function grant(
  ctx: Context,
  request: FastifyRequest,
  settings: OauthDoorSettings,
): Promise<Granted> {
  const form = readForm(request)
  const { issuer, tokenUrl } = oauthAddresses(settings.publicUrl, ctx.orgId)
  demandGrant(form)
  demandScope(form)
  demandTarget(form, issuer)
  const { authorization } = request.headers
  const { basic, ...shown } = readCredential({ authorization, form }, [tokenUrl, issuer])
  const { remoteKeys } = settings
  const found = await authenticateClient(ctx, { ...shown, remoteKeys })
  if (found.reason !== null) throw new InvalidClient({ ...found, basic })
  const { client } = found
  const wait = await settings.limitGrants(request, client.id)
  if (wait !== null) throw tooMany(wait)
  return { client, accessToken: await issued(ctx, client) }
}

/** Says "try again", with the seconds to wait. */
export function tooMany(seconds: number): OauthError {
  return new OauthError({
    error: 'temporarily_unavailable',
    status: 429,
    description: `Too many requests. Wait ${String(seconds)} seconds, and use each access token until it ends.`,
    headers: { 'retry-after': String(seconds) },
  })
}

function demandGrant(form: Form): void {
  const type = form.get('grant_type')
  if (type === undefined) throw invalidRequest('Send grant_type as client_credentials.')
  if (type === 'client_credentials') return
  throw new OauthError({
    error: 'unsupported_grant_type',
    description: 'Only the grant type client_credentials is offered.',
  })
}

function demandScope(form: Form): void {
  const asked = (form.get('scope') ?? scimScope).split(' ')
  if (asked.every(scope => scope === scimScope)) return
  throw new OauthError({
    error: 'invalid_scope',
    description: `The only scope is ${scimScope}. Ask for it, or leave scope out.`,
  })
}

/** RFC 8707: a client may say where it wants to use the token. */
function demandTarget(form: Form, resource: string): void {
  const asked = form.get('resource')
  if (asked === undefined || asked.replace(/\/$/, '') === resource) return
  throw new OauthError({
    error: 'invalid_target',
    description: `Tokens of this endpoint are good for ${resource} only.`,
  })
}

/** An organization that may not use SCIM now has a good client that may not have a token. */
async function issued(ctx: Context, client: AuthenticatedClient): Promise<AccessToken> {
  try {
    return await issueAccessToken(ctx, { client })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const description = error.message.replaceAll('"', "'")
    throw new RefusedClient({ description, client })
  }
}

/** A good client that may not have a token now. */
export class RefusedClient extends OauthError {
  readonly client: Granted['client']

  constructor(what: { description: string; client: Granted['client'] }) {
    super({ error: 'unauthorized_client', description: what.description })
    this.client = what.client
  }
}

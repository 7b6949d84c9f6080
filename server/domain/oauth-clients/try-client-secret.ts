// Fetches an access token as an identity provider would, to test a connection with a client secret.
import type { Context } from '#server/domain/context.ts'
import { field } from '#server/domain/scim-tokens/rules/connection-test.ts'
import type { Probe, TestedStep } from '#server/domain/scim-tokens/rules/probe.ts'
import { hashSecret, type Secret } from '#server/domain/secrets/secret.ts'

export interface TriedSecret {
  readonly step: TestedStep
  /** Null when the step failed. */
  readonly token: string | null
}

const refused =
  'The client secret was refused: it has expired, is revoked, or belongs to another organization. Copy all of it, or rotate it.'

/** Asks the own token endpoint. The secret alone is enough: it is known to which client it belongs. */
export async function tryClientSecret(
  ctx: Context,
  input: { secret: Secret; probe: Probe },
): Promise<TriedSecret> {
  const { secret, probe } = input
  const known = await ctx.db.oauthClientSecret.findFirst({
    where: { orgId: ctx.orgId, hash: hashSecret(secret) },
    select: { clientId: true },
  })
  const answer = await probe({
    method: 'POST',
    path: `/scim/v2/${ctx.orgId}/oauth/token`,
    form: {
      grant_type: 'client_credentials',
      client_id: known?.clientId ?? '',
      client_secret: secret.text,
    },
  })
  const token = field(answer.body, 'access_token')
  const ok = answer.status === 200 && typeof token === 'string'
  const said = field(answer.body, 'error_description')
  const fault = answer.status === 401 || typeof said !== 'string' ? refused : said
  return {
    token: ok ? token : null,
    step: {
      name: 'Get an access token',
      ok,
      detail: ok ? 'The client secret was exchanged for an access token.' : fault,
      durationMs: answer.durationMs,
    },
  }
}

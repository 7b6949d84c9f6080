// Writes a token request into the provisioning log: who asked and how it ended, nothing that opens a door.
import type { FastifyRequest } from 'fastify'
import type { Context } from '#server/domain/context.ts'
import type { ExchangeRecorder } from '#server/domain/provisioning-log/exchange-recorder.ts'
import { redactedHeaders, storableText } from '#server/domain/provisioning-log/rules/redact.ts'
import { InvalidClient, type OauthError } from './oauth-error.ts'
import { RefusedClient, type Granted } from './token-endpoint.ts'

export interface FinishedRequest {
  readonly request: FastifyRequest
  readonly ctx: Context
  readonly outcome: Granted | OauthError
  readonly startedAt: Date
  readonly durationMs: number
}

/** Hands the exchange to the recorder; the answer does not wait for it. */
export function logTokenRequest(recorder: ExchangeRecorder, finished: FinishedRequest): void {
  const { request, outcome } = finished
  const granted = 'accessToken' in outcome
  recorder.record(finished.ctx, {
    id: request.id,
    occurredAt: finished.startedAt,
    token: clientOf(outcome),
    method: request.method,
    path: '/oauth/token',
    query: null,
    status: granted ? 200 : outcome.status,
    scimType: null,
    durationMs: Math.round(finished.durationMs * 100) / 100,
    identityProvider: null,
    client: storableText(request.headers['user-agent'] ?? '').slice(0, 200) || null,
    ip: request.ip,
    userId: null,
    summary: summaryOf(outcome),
    requestHeaders: redactedHeaders(request.headers),
    requestBody: null,
    responseBody: granted ? null : JSON.stringify(outcome.toBody()),
    changes: null,
    quirks: [],
    changedNothing: false,
  })
}

function clientOf(outcome: Granted | OauthError): { id: string; name: string } | null {
  if ('accessToken' in outcome) return { id: outcome.client.id, name: outcome.client.name }
  if (outcome instanceof InvalidClient) return outcome.known
  return outcome instanceof RefusedClient ? { id: outcome.client.id, name: outcome.client.name } : null
}

function summaryOf(outcome: Granted | OauthError): string {
  if ('accessToken' in outcome) {
    const minutes = Math.floor(outcome.accessToken.expiresIn / 60)
    return `Gave ${outcome.client.name} an access token for ${String(minutes)} minutes`
  }
  if (outcome instanceof InvalidClient) return `Refused an access token: ${outcome.reason}`
  return `Refused an access token: ${outcome.message}`.slice(0, 500)
}

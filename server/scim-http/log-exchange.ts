// Writes a call and its answer into the provisioning log: redacted, with a plain sentence of what happened.
import type { FastifyRequest } from 'fastify'
import type { Context } from '#server/domain/context.ts'
import type { ExchangeRecorder } from '#server/domain/provisioning-log/exchange-recorder.ts'
import { redactedBody, redactedHeaders, redactedQuery } from '#server/domain/provisioning-log/rules/redact.ts'
import type { ScimError } from '#server/scim/index.ts'
import { clientOf } from './authenticate.ts'
import type { Answer, Call } from './call.ts'
import { identifyProvider } from './identify-provider.ts'

export interface Finished {
  readonly call: Call
  readonly ctx: Context
  readonly token: { readonly id: string; readonly name: string } | null
  readonly answer: Answer
  /** Present when the call was refused or failed. */
  readonly problem: ScimError | null
  readonly startedAt: Date
  readonly durationMs: number
}

/** Hands the exchange to the recorder; the answer does not wait for it. */
export function logExchange(recorder: ExchangeRecorder, finished: Finished): void {
  const { call, answer, problem, ctx } = finished
  const { request, notes } = call
  recorder.record(ctx, {
    id: request.id,
    occurredAt: finished.startedAt,
    token: finished.token,
    method: request.method,
    path: pathOf(request),
    query: redactedQuery(queryOf(request)),
    status: answer.status,
    scimType: problem?.scimType ?? null,
    durationMs: Math.round(finished.durationMs * 100) / 100,
    identityProvider: identifyProvider(call),
    client: clientOf(request),
    ip: request.ip,
    userId: notes.userId,
    summary: summaryOf(finished),
    requestHeaders: redactedHeaders(request.headers),
    requestBody: redactedBody(call.body),
    responseBody: redactedBody(answer.body),
    changes: notes.changes === null || notes.changes.length === 0 ? null : notes.changes,
    quirks: notes.quirks,
    changedNothing: notes.changedNothing && problem === null,
  })
}

/** Method and path below the base URL, without query. */
export function pathOf(request: FastifyRequest): string {
  const path = request.url.split('?', 1)[0] ?? ''
  return path.replace(/^\/scim\/v2\/[^/]+/, '').slice(0, 500) || '/'
}

function queryOf(request: FastifyRequest): string {
  const at = request.url.indexOf('?')
  return at < 0 ? '' : request.url.slice(at + 1)
}

function summaryOf({ call, problem }: Finished): string {
  const { notes, request } = call
  if (problem !== null) return problem.detail.slice(0, 500)
  if (notes.summary !== null) return notes.summary.slice(0, 500)
  const who = notes.subject ?? 'someone'
  switch (request.method) {
    case 'POST':
      return `Created ${who}`
    case 'DELETE':
      return `Deleted ${who}`
    case 'PUT':
    case 'PATCH':
      return changeSummary(who, call)
    default:
      return notes.subject === null ? `Read ${pathOf(request)}` : `Read ${who}`
  }
}

function changeSummary(who: string, { notes }: Call): string {
  if (notes.changedNothing) return `Changed nothing about ${who}`
  const active = notes.changes?.find(change => change.path === 'active')
  if (active !== undefined) return active.after === true ? `Reactivated ${who}` : `Deactivated ${who}`
  return `Changed ${who}`
}

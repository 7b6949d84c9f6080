// The question that an answer claims to answer, if it is still open.
import type { Context } from '#server/domain/context.ts'
import { hashOf } from './one-time-secret.ts'

export interface OpenRequest {
  readonly purpose: 'sign_in' | 'test'
  /** Of the connection when it was asked. */
  readonly revision: number
  readonly startedByName: string | null
}

/** Null for an id that is unknown, used or too old. */
export async function findRequest(ctx: Context, input: { requestId: string }): Promise<OpenRequest | null> {
  const request = await ctx.db.samlRequest.findUnique({
    where: { orgId_hash: { orgId: ctx.orgId, hash: hashOf(input.requestId) } },
  })
  if (request?.browserHash == null || request.expiresAt <= ctx.clock.now()) return null
  const { revision, startedByName } = request
  return { purpose: request.purpose === 'test' ? 'test' : 'sign_in', revision, startedByName }
}

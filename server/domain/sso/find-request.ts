// The question that an answer claims to answer, if it is still open.
import type { Context } from '#server/domain/context.ts'
import { hashOf } from './one-time-secret.ts'

/** `prove` is about a session that there is. */
export type RequestPurpose = 'sign_in' | 'test' | 'prove'

export interface OpenRequest {
  readonly purpose: RequestPurpose
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
  const { purpose, revision, startedByName } = request
  return { purpose: purpose as RequestPurpose, revision, startedByName }
}

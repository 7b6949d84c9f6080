// Puts a question to the identity provider: remembers its id, the browser that asks and where it wanted to go.
import type { Context } from '#server/domain/context.ts'
import { hashOf, newRequestId } from './one-time-secret.ts'
import { returnPath } from './rules/connection.ts'

/** Milliseconds in which the identity provider has to answer. */
export const requestLife = 600_000

export interface SignInBegun {
  /** ID of the AuthnRequest. */
  readonly requestId: string
}

/** `browser` is the secret in the browser's cookie; the answer is worth something in that browser only. */
export async function beginSignIn(
  ctx: Context,
  input: { browser: string; revision: number; wanted: string | undefined },
): Promise<SignInBegun> {
  const requestId = newRequestId()
  await ctx.db.samlRequest.create({
    data: {
      orgId: ctx.orgId,
      hash: hashOf(requestId),
      purpose: 'sign_in',
      revision: input.revision,
      browserHash: hashOf(input.browser),
      returnPath: returnPath(input.wanted),
      expiresAt: new Date(ctx.clock.now().getTime() + requestLife),
    },
  })
  return { requestId }
}

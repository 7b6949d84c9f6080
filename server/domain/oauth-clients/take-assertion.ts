// Takes an assertion once: whoever is first with its id has it, also among several servers.
import { createHash } from 'node:crypto'
import type { Context } from '#server/domain/context.ts'

export interface TakenAssertion {
  readonly clientId: string
  readonly jti: string
  readonly keepUntil: Date
}

/** False when the id was taken before (RFC 7523 section 3, rule 7). */
export async function takeAssertion(ctx: Context, input: TakenAssertion): Promise<boolean> {
  const { clientId, jti, keepUntil } = input
  const hash = new Uint8Array(createHash('sha256').update(jti).digest())
  const { count } = await ctx.db.oauthAssertion.createMany({
    data: [{ orgId: ctx.orgId, clientId, hash, expiresAt: keepUntil }],
    skipDuplicates: true,
  })
  return count === 1
}

// Someone who signed in through the identity provider is sent there once more, to prove that it is still them.
import type { Context } from '#server/domain/context.ts'
import { demandPerson } from '#server/domain/sessions/demand-person.ts'
import { requestLife, type SignInBegun } from './begin-sign-in.ts'
import { hashOf, newRequestId } from './one-time-secret.ts'
import { refusal } from './rules/refusal.ts'

/**
 * A question about the session of the caller, which has to be one that began at the identity provider. Throws
 * `sso/session-ended`, `sso/other-way`, `sessions/people-only`.
 */
export async function beginProof(
  ctx: Context,
  input: { browser: string; revision: number },
): Promise<SignInBegun> {
  const { orgId, sessionHash } = demandPerson(ctx.actor)
  const hash = new Uint8Array(sessionHash)
  const session = await ctx.db.session.findUnique({ where: { orgId_hash: { orgId, hash } } })
  if (session === null) throw refusal('session-ended')
  if (session.via !== 'sso') throw refusal('other-way')
  const requestId = newRequestId()
  await ctx.db.samlRequest.create({
    data: {
      orgId,
      hash: hashOf(requestId),
      purpose: 'prove',
      revision: input.revision,
      browserHash: hashOf(input.browser),
      sessionHash: hash,
      returnPath: '/',
      expiresAt: new Date(ctx.clock.now().getTime() + requestLife),
    },
  })
  return { requestId }
}

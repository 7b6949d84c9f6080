// The browser that shows a test's ticket becomes the browser of the test.
import type { Context } from '#server/domain/context.ts'
import type { SignInBegun } from './begin-sign-in.ts'
import { hashOf, newRequestId } from './one-time-secret.ts'
import { refusal } from './rules/refusal.ts'

/** Once a ticket. Throws `sso/unknown-request`. */
export async function openSsoTest(
  ctx: Context,
  input: { ticket: string; browser: string },
): Promise<SignInBegun> {
  const requestId = newRequestId()
  const { count } = await ctx.db.samlRequest.updateMany({
    where: {
      orgId: ctx.orgId,
      hash: hashOf(input.ticket),
      browserHash: null,
      expiresAt: { gt: ctx.clock.now() },
    },
    data: { hash: hashOf(requestId), browserHash: hashOf(input.browser) },
  })
  if (count !== 1) throw refusal('unknown-request')
  return { requestId }
}

// Writes a refused sign-in into the activity log: which rule refused it, and nothing that the answer carried.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'

/** `code` such as `sso/signature`. For organizations without a connection there is nobody to tell. */
export async function noteRefusal(ctx: Context, input: { code: string }): Promise<void> {
  await transact(ctx, tx => {
    tx.note({ action: 'saml.refused', after: { reason: input.code } })
    return Promise.resolve()
  })
}

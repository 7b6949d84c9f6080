// A new secret for someone's app, of no use until a first code confirmed it.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { alreadyOn, noMasterKey } from './refusals.ts'
import { sealedFor } from './rules/sealed-for.ts'
import { newTotp } from './totp.ts'

/** Shown once: for the QR code, and for typing. */
export interface PreparedSecret {
  readonly uri: string
  readonly text: string
}

/** Replaces one that was never confirmed. Throws `two-step/already-on`, `two-step/no-master-key`. */
export async function prepareSecret(ctx: Context, { userId }: { userId: string }): Promise<PreparedSecret> {
  const { orgId, vault } = ctx
  if (vault === null) throw noMasterKey()
  return transact(ctx, async tx => {
    const { email, organization } = await tx.db.user.findUniqueOrThrow({
      where: { orgId_id: { orgId, id: userId } },
      select: { email: true, organization: { select: { name: true } } },
    })
    const { bytes, text, uri } = newTotp({ issuer: `Rollcall (${organization.name})`, label: email ?? 'you' })
    const row = { sealed: vault.seal(bytes, sealedFor({ orgId, userId })), createdAt: tx.clock.now() }
    const { count } = await tx.db.twoStep.updateMany({
      where: { orgId, userId, confirmedAt: null },
      data: { ...row, lastStep: 0 },
    })
    if (count === 0) {
      const made = await tx.db.twoStep.createMany({ data: [{ orgId, userId, ...row }], skipDuplicates: true })
      if (made.count === 0) throw alreadyOn()
    }
    return { uri, text }
  })
}

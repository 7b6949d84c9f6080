// Ends a change-over of our own key: the old one signs and opens nothing any more.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { ownConnection } from './own-connection.ts'
import { storedCertificate } from './read-certificate.ts'

/** `fingerprint` of its certificate, as lists show it. Throws `sessions/reauthenticate`, `sso/none`, `sso/unknown-key`, `sso/last-key`. */
export async function removeSpKey(ctx: Context, input: { fingerprint: string }): Promise<void> {
  demand(ctx.actor, 'sso:write')
  await demandRecentProof(ctx)
  const { orgId } = ctx
  await transact(ctx, async tx => {
    await ownConnection(tx)
    const keys = await tx.db.samlKey.findMany({ where: { orgId }, select: { id: true, certificate: true } })
    const key = keys.find(each => storedCertificate(each.certificate).fingerprint === input.fingerprint)
    if (key === undefined) throw unknownKey()
    if (keys.length === 1) throw lastKey()
    await tx.db.samlKey.deleteMany({ where: { orgId, id: key.id } })
    tx.note({ action: 'sso.remove_key', before: { fingerprint: input.fingerprint } })
  })
}

function unknownKey(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'sso/unknown-key',
    message: 'There is no such key any more. Load the page again.',
  })
}

function lastKey(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'sso/last-key',
    message: 'This is the only key. Begin a change of keys first.',
  })
}

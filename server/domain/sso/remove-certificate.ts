// Ends a certificate after a change-over; the last one stays.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { changedBy } from './rules/changed.ts'
import { ownConnection } from './own-connection.ts'
import { storedCertificate } from './read-certificate.ts'

/** `fingerprint` as lists show it. Throws `sso/none`, `sso/unknown-certificate`, `sso/last-certificate`. */
export async function removeCertificate(ctx: Context, input: { fingerprint: string }): Promise<void> {
  demand(ctx.actor, 'sso:write')
  await demandRecentProof(ctx)
  await transact(ctx, async tx => {
    const { certificates } = await ownConnection(tx)
    const left = certificates.filter(body => storedCertificate(body).fingerprint !== input.fingerprint)
    if (left.length === certificates.length) throw unknownCertificate()
    if (left.length === 0) throw lastCertificate()
    const data = { certificates: left, ...changedBy(tx.actor, tx.clock.now()) }
    await tx.db.ssoConnection.update({ where: { orgId: tx.orgId }, data })
    tx.note({ action: 'sso.remove_certificate', before: { fingerprint: input.fingerprint } })
    await settleNotices(tx)
  })
}

function unknownCertificate(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'sso/unknown-certificate',
    message: 'There is no such certificate any more. Load the page again.',
  })
}

function lastCertificate(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'sso/last-certificate',
    message: 'This is the only certificate. Add the new one of the identity provider first.',
  })
}

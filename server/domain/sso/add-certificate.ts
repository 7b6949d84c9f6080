// A second certificate beside the first, so that the identity provider can change over without a gap.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { changedBy } from './rules/changed.ts'
import { ownConnection } from './own-connection.ts'
import { readCertificate } from './read-certificate.ts'

/** Nothing has to be tested again: the old one stays good. Throws `sso/none`, `sso/too-many-certificates`, `sso/bad-certificate`. */
export async function addCertificate(ctx: Context, input: { certificate: string }): Promise<void> {
  demand(ctx.actor, 'sso:write')
  await demandRecentProof(ctx)
  const { body, fingerprint } = readCertificate(input.certificate, 'certificate')
  await transact(ctx, async tx => {
    const { certificates } = await ownConnection(tx)
    if (certificates.includes(body)) return
    if (certificates.length >= 2) throw tooMany()
    await tx.db.ssoConnection.update({
      where: { orgId: tx.orgId },
      data: { certificates: [...certificates, body], ...changedBy(tx.actor, tx.clock.now()) },
    })
    tx.note({ action: 'sso.add_certificate', after: { fingerprint } })
    await settleNotices(tx)
  })
}

function tooMany(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'sso/too-many-certificates',
    message: 'Two certificates are saved already. Remove the one that is no longer used first.',
  })
}

// Ten codes with which the owner gets in when the identity provider fails; older ones end.
import { randomBytes } from 'node:crypto'
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'
import { demandRecentProof } from './demand-recent-proof.ts'
import { recoveryCodeHash } from './recovery-code-hash.ts'
import { recoveryCodeBytes, recoveryCodeCount, recoveryCodeText } from './rules/recovery-code.ts'

/** The codes, shown once. For the owner themselves only: `sessions/owner-only`. */
export async function createRecoveryCodes(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<readonly string[]> {
  demand(ctx.actor, 'sso:write')
  const { actor } = ctx
  if (actor.kind !== 'person' || actor.role !== 'owner') throw ownerOnly()
  await demandRecentProof(ctx)
  const codes = Array.from({ length: recoveryCodeCount }, () =>
    recoveryCodeText(randomBytes(recoveryCodeBytes)),
  )
  await transact(ctx, async tx => {
    const { orgId } = tx
    await tx.db.recoveryCode.deleteMany({ where: { orgId } })
    const createdAt = tx.clock.now()
    await tx.db.recoveryCode.createMany({
      data: codes.map(code => ({
        orgId,
        userId: actor.userId,
        hash: recoveryCodeHash(actor.userId, code),
        createdAt,
      })),
    })
    tx.note({ action: 'recovery_codes.create', subjectKind: 'user', subjectId: actor.userId })
  })
  return codes
}

function ownerOnly(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'sessions/owner-only',
    message: 'Recovery codes are for the owner of the organization. Ask the owner to download them.',
  })
}

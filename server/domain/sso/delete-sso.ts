// Deletes the connection to the identity provider, and the SCIM configuration that needs it.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError, invalidInput } from '#server/domain/error.ts'
import { removeProvisioning } from '#server/domain/organizations/remove-provisioning.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { endSsoSessions } from './end-sso-sessions.ts'
import { ownConnection } from './own-connection.ts'

export interface DeleteSsoInput {
  /** The organization's exact name. */
  readonly confirmName: string
  /** Agrees that tokens, OAuth clients and mapping go along. */
  readonly deleteProvisioning: boolean
}

/** Every membership may be rewritten. */
const longest = 120_000

/** People and groups stay. Throws `sso/none`, `sso/name-differs`, `sso/scim-depends`. */
export async function deleteSso(ctx: Context, input: DeleteSsoInput): Promise<void> {
  demand(ctx.actor, 'sso:write')
  await demandRecentProof(ctx)
  await transact(ctx, tx => remove(tx, input), { timeout: longest })
}

async function remove(tx: Transaction, input: DeleteSsoInput): Promise<void> {
  const { orgId } = tx
  const { issuer, status } = await ownConnection(tx)
  const organization = await tx.db.organization.findUniqueOrThrow({ where: { id: orgId } })
  if (organization.name !== input.confirmName) {
    const message = `Type the organization's exact name, "${organization.name}", to delete single sign-on.`
    throw invalidInput('sso/name-differs', [{ path: 'confirmName', message }])
  }
  if (organization.requireSso && (await hasProvisioning(tx, organization.scimEnforced))) {
    if (!input.deleteProvisioning) throw scimDepends()
    await removeProvisioning(tx)
  }
  await tx.db.ssoConnection.deleteMany({ where: { orgId } })
  await tx.db.samlRequest.deleteMany({ where: { orgId } })
  await tx.db.samlArrival.deleteMany({ where: { orgId } })
  await tx.db.samlKey.deleteMany({ where: { orgId } })
  const sessions = await endSsoSessions(tx)
  tx.note({ action: 'sso.delete', before: { entityId: issuer, status }, after: { sessions } })
  await settleNotices(tx)
}

async function hasProvisioning(tx: Transaction, enforced: boolean): Promise<boolean> {
  const { orgId } = tx
  return (
    enforced ||
    (await tx.db.scimToken.count({ where: { orgId } })) > 0 ||
    (await tx.db.oauthClient.count({ where: { orgId } })) > 0
  )
}

function scimDepends(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'sso/scim-depends',
    message:
      'User provisioning needs single sign-on. Deleting it deletes the SCIM configuration, too: tokens, OAuth clients and ' +
      'mapping rows. People and their memberships stay. Confirm that to go on.',
  })
}

// Removes an organization's SCIM configuration: tokens, OAuth clients and identity provider links go, people stay.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { removeProvisioning } from './remove-provisioning.ts'

/** Every membership is rewritten. */
const longest = 120_000

/** `confirmName` is the organization's exact name. Throws `organizations/name-differs`. */
export async function deleteProvisioningConfiguration(
  ctx: Context,
  input: { confirmName: string },
): Promise<void> {
  demand(ctx.actor, 'provisioning:write')
  await transact(ctx, tx => remove(tx, input), { timeout: longest })
}

async function remove(tx: Transaction, input: { confirmName: string }): Promise<void> {
  const { orgId } = tx
  const { name } = await tx.db.organization.findUniqueOrThrow({ where: { id: orgId } })
  if (name !== input.confirmName) {
    const message = `Type the organization's exact name, "${name}", to delete the SCIM configuration.`
    throw invalidInput('organizations/name-differs', [{ path: 'confirmName', message }])
  }
  await removeProvisioning(tx)
}

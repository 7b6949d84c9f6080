// Sees to it that an organization has a key of its own for SAML: made when it is first needed.
import type { Context } from '#server/domain/context.ts'
import { lockOrganization } from '#server/domain/organizations/lock-organization.sql.ts'
import { transact } from '#server/domain/transact.ts'
import { newSpKey } from './new-sp-key.ts'

/** Nothing for an organization that does not exist, and on an installation without a master key. */
export async function ensureSpKey(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const { orgId, vault } = ctx
  if (vault === null || (await ctx.db.samlKey.count({ where: { orgId } })) > 0) return
  if ((await ctx.db.organization.count({ where: { id: orgId } })) === 0) return
  const made = await newSpKey(ctx, vault)
  await transact(ctx, async tx => {
    await lockOrganization(tx.sql)
    if ((await tx.db.samlKey.count({ where: { orgId } })) === 0) await tx.db.samlKey.create({ data: made })
  })
}

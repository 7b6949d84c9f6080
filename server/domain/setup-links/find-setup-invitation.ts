// What a setup link is for; the link itself is the proof.
import type { InstallationContext } from '#server/domain/context.ts'
import { hashSecret, parseSecret } from '#server/domain/secrets/secret.ts'

export interface SetupInvitation {
  readonly orgId: string
  readonly organizationName: string
  readonly ownerEmail: string | null
  readonly expiresAt: Date
}

/** The invitation, or null when the link is malformed, unknown, used, expired or overtaken by an owner. */
export async function findSetupInvitation(
  ctx: InstallationContext,
  input: { secret: string },
): Promise<SetupInvitation | null> {
  const secret = parseSecret(input.secret)
  if (secret?.kind !== 'setup') return null
  const organization = await ctx.installation.organization.findUnique({ where: { key: secret.orgKey } })
  if (organization === null) return null
  const orgId = organization.id
  const { db } = ctx.within(orgId)
  const link = await db.setupLink.findUnique({ where: { orgId_hash: { orgId, hash: hashSecret(secret) } } })
  if (link === null || link.usedAt !== null || link.expiresAt <= ctx.clock.now()) return null
  const owner = await db.user.findFirst({ where: { orgId, role: 'owner', deletedAt: null } })
  if (owner !== null) return null
  return {
    orgId,
    organizationName: organization.name,
    ownerEmail: organization.ownerEmail,
    expiresAt: link.expiresAt,
  }
}

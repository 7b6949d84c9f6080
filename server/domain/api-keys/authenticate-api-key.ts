// Tells whose API key this is; a key dies with its creator's right to have made it.
import { may, type ApiKeyActor, type ApiKeyScope, type Origin, type Role } from '#server/domain/actor.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { hashSecret, parseSecret, sameHash } from '#server/domain/secrets/secret.ts'
import { isLive } from '#server/domain/scim-tokens/rules/token.ts'
import { isActive, type UserStatus } from '#server/domain/users/rules/user.ts'

const writeAgainAfter = 5 * 60_000

/**
 * The key's actor, or null for anything malformed, unknown, expired or revoked, and for keys whose creator was
 * deactivated, deleted or lost the right to make keys.
 */
export async function authenticateApiKey(
  ctx: InstallationContext,
  input: { bearer: string; origin: Origin },
): Promise<ApiKeyActor | null> {
  const secret = parseSecret(input.bearer)
  if (secret?.kind !== 'key') return null
  const organization = await ctx.installation.organization.findUnique({ where: { key: secret.orgKey } })
  if (organization === null) return null
  const hash = hashSecret(secret)
  const { db } = ctx.within(organization.id)
  const key = await db.apiKey.findUnique({ where: { orgId_hash: { orgId: organization.id, hash } } })
  const now = ctx.clock.now()
  if (key === null || !sameHash(key.hash, hash) || !isLive(key, now)) return null
  if (!(await creatorStands(ctx, { orgId: organization.id, userId: key.createdById }))) return null
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() > writeAgainAfter) {
    const use = { lastUsedAt: now, lastUsedIp: input.origin.ip }
    await db.apiKey.update({ where: { orgId_id: { orgId: organization.id, id: key.id } }, data: use })
  }
  const scopes = key.scopes as ApiKeyScope[]
  return {
    kind: 'api-key',
    orgId: organization.id,
    keyId: key.id,
    name: key.name,
    scopes,
    origin: input.origin,
  }
}

async function creatorStands(
  ctx: InstallationContext,
  creator: { orgId: string; userId: string | null },
): Promise<boolean> {
  if (creator.userId === null) return true
  const { orgId, userId } = creator
  const user = await ctx.within(orgId).db.user.findUnique({ where: { orgId_id: { orgId, id: userId } } })
  if (user === null || !isActive(user.status as UserStatus)) return false
  const probe = {
    kind: 'person',
    orgId,
    userId,
    name: '',
    role: user.role as Role,
    sessionHash: new Uint8Array(),
  } as const
  return may({ ...probe, origin: { requestId: '', ip: null, client: null } }, 'api-keys:write')
}

// Tells who a session cookie belongs to; a session dies with its person's access.
import type { Origin, PersonActor, Role } from '#server/domain/actor.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { hashSecret, parseSecret } from '#server/domain/secrets/secret.ts'
import { isActive, type UserStatus } from '#server/domain/users/rules/user.ts'
import { sessionHours } from './start-session.ts'

const writeAgainAfter = 60_000

/**
 * The person behind the cookie, or null for anything unknown, expired, idle for too long or without access. A silent
 * look does not count as use: it keeps no session alive.
 */
export async function resumeSession(
  ctx: InstallationContext,
  input: { cookie: string; origin: Origin; silent?: boolean },
): Promise<PersonActor | null> {
  const secret = parseSecret(input.cookie)
  if (secret?.kind !== 'session') return null
  const hash = hashSecret(secret)
  const organization = await ctx.installation.organization.findUnique({ where: { key: secret.orgKey } })
  if (organization === null) return null
  const { db } = ctx.within(organization.id)
  const session = await db.session.findUnique({
    where: { orgId_hash: { orgId: organization.id, hash } },
    include: { user: { select: { status: true, role: true, displayName: true } } },
  })
  if (session === null || !isActive(session.user.status as UserStatus)) return null
  const now = ctx.clock.now()
  const idleEnd = session.seenAt.getTime() + sessionHours.idle * 3_600_000
  if (session.expiresAt <= now || idleEnd <= now.getTime()) return null
  if (input.silent !== true && now.getTime() - session.seenAt.getTime() > writeAgainAfter) {
    await db.session.updateMany({ where: { orgId: session.orgId, hash }, data: { seenAt: now } })
  }
  return {
    kind: 'person',
    orgId: session.orgId,
    userId: session.userId,
    name: session.user.displayName,
    role: session.user.role as Role,
    sessionHash: hash,
    origin: input.origin,
  }
}

// Starts a session for a person who has proven who they are.
import type { Context } from '#server/domain/context.ts'
import { hashSecret, mintSecret } from '#server/domain/secrets/secret.ts'

export const sessionHours = { idle: 8, absolute: 12 } as const

export interface StartedSession {
  /** For the cookie; only its hash is stored. */
  readonly secret: string
  readonly expiresAt: Date
}

/** Stores a new session; it ends twelve hours after sign-in, or eight hours after its last use. */
export async function startSession(ctx: Context, person: { userId: string }): Promise<StartedSession> {
  const { key } = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.orgId },
    select: { key: true },
  })
  const secret = mintSecret('session', key)
  const now = ctx.clock.now()
  const expiresAt = new Date(now.getTime() + sessionHours.absolute * 3_600_000)
  await ctx.db.session.create({
    data: {
      orgId: ctx.orgId,
      hash: hashSecret(secret),
      userId: person.userId,
      createdAt: now,
      seenAt: now,
      authAt: now,
      expiresAt,
      ip: ctx.actor.origin.ip,
      client: ctx.actor.origin.client,
    },
  })
  return { secret: secret.text, expiresAt }
}

// Starts a session for a person who has proven who they are.
import type { Context } from '#server/domain/context.ts'
import { hashSecret, mintSecret } from '#server/domain/secrets/secret.ts'

export const sessionHours = { idle: 8, absolute: 12 } as const

/** How someone proved who they are. */
export type SessionVia = 'password' | 'sso' | 'recovery_code'

export interface NewSession {
  readonly userId: string
  /** A password without it. */
  readonly via?: SessionVia
  /** Twelve hours from now without it. */
  readonly endsAt?: Date
}

export interface StartedSession {
  /** For the cookie; only its hash is stored. */
  readonly secret: string
  readonly hash: Uint8Array
  readonly expiresAt: Date
}

/** Stores a new session; it ends at its end, or eight hours after its last use. */
export async function startSession(ctx: Context, wanted: NewSession): Promise<StartedSession> {
  const { key } = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.orgId },
    select: { key: true },
  })
  const secret = mintSecret('session', key)
  const hash = hashSecret(secret)
  const now = ctx.clock.now()
  const expiresAt = wanted.endsAt ?? new Date(now.getTime() + sessionHours.absolute * 3_600_000)
  await ctx.db.session.create({
    data: {
      orgId: ctx.orgId,
      hash,
      userId: wanted.userId,
      via: wanted.via ?? 'password',
      createdAt: now,
      seenAt: now,
      authAt: now,
      expiresAt,
      ip: ctx.actor.origin.ip,
      client: ctx.actor.origin.client,
    },
  })
  return { secret: secret.text, hash, expiresAt }
}

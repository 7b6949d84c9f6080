// Where someone is signed in: their own sessions that still work, the latest used first.
import type { PersonActor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { demandPerson } from './demand-person.ts'
import { sessionId } from './session-id.ts'
import { sessionHours, type SessionVia } from './start-session.ts'

export interface OwnSession {
  readonly id: string
  /** The one that asks. */
  readonly current: boolean
  readonly via: SessionVia
  readonly createdAt: Date
  readonly seenAt: Date
  /** When it ends if it is used; after eight hours without use it ends earlier. */
  readonly expiresAt: Date
  readonly ip: string | null
  readonly client: string | null
}

const most = 100

/** People only: everybody else has none. */
export async function listSessions(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<readonly OwnSession[]> {
  const actor = demandPerson(ctx.actor)
  const now = ctx.clock.now()
  const rows = await ctx.db.session.findMany({
    where: {
      orgId: ctx.orgId,
      userId: actor.userId,
      expiresAt: { gt: now },
      seenAt: { gt: new Date(now.getTime() - sessionHours.idle * 3_600_000) },
    },
    orderBy: [{ seenAt: 'desc' }, { createdAt: 'desc' }],
    take: most,
  })
  return rows.map(({ hash, via, createdAt, seenAt, expiresAt, ip, client }) => ({
    ...{ createdAt, seenAt, expiresAt, ip, client },
    id: sessionId(hash),
    current: isOwn(actor, hash),
    via: via as SessionVia,
  }))
}

function isOwn({ sessionHash }: PersonActor, hash: Uint8Array): boolean {
  return Buffer.from(sessionHash).equals(Buffer.from(hash))
}

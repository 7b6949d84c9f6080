// The activity log: what an admin, an API key or the operator did, written in the change's transaction.
import type { Prisma } from '#prisma/client.ts'
import { authorOf, type Actor } from '#server/domain/actor.ts'
import type { Clock, Db } from '#server/domain/context.ts'

export interface NewActivity {
  /** Verb and noun, e.g. `scim_token.issue`. */
  readonly action: string
  readonly subjectKind?: string
  readonly subjectId?: string
  readonly before?: Prisma.InputJsonObject
  readonly after?: Prisma.InputJsonObject
}

/** Writes the lines; never the secret, only ids, names and settings belong into before and after. */
export async function writeActivities(
  tx: { orgId: string; db: Db; clock: Clock; actor: Actor },
  activities: readonly NewActivity[],
): Promise<void> {
  if (activities.length === 0) return
  const { actor } = tx
  const author = authorOf(actor)
  await tx.db.activity.createMany({
    data: activities.map(activity => ({
      ...activity,
      orgId: tx.orgId,
      id: tx.clock.newId(),
      occurredAt: tx.clock.now(),
      actorKind: author.kind,
      actorId: author.id,
      actorName: author.name,
      requestId: actor.origin.requestId,
      ip: actor.origin.ip,
    })),
  })
}

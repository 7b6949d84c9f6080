// Whom people are to ask about what they may not do themselves.
import type { Db } from '#server/domain/context.ts'

/** The name of the organization's owner; null while there is none. */
export async function findContact(db: Db, orgId: string): Promise<string | null> {
  const owner = await db.user.findFirst({
    where: { orgId, role: 'owner', deletedAt: null },
    select: { displayName: true },
  })
  return owner?.displayName ?? null
}

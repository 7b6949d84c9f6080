// Whoever is deleted has no invitation any more: a link that comes back to life would let in whom nobody expects.
import type { Sql, Statement } from '#server/domain/context.ts'

const end: Statement = {
  name: 'end-invitation',
  text: 'DELETE FROM invitations WHERE org_id = $1 AND user_id = $2::uuid',
}

/** Its link opens nothing from now on. */
export async function endInvitation(sql: Sql, userId: string): Promise<void> {
  await sql.run(end, [userId])
}

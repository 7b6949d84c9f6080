// Finds one person by id for SCIM clients.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { readUser } from './read-user.sql.ts'
import { unknownUser } from './rules/refusals.ts'
import type { SeenUser } from './rules/user.ts'

/** The person, inactive people included. Throws `users/unknown` for unknown, deleted and foreign ids alike. */
export async function findUser(
  ctx: Context,
  input: { userId: string; withGroups?: boolean },
): Promise<SeenUser> {
  demand(ctx.actor, 'scim')
  const user = await readUser(ctx.sql, { id: input.userId, withGroups: input.withGroups === true })
  if (user === null) throw unknownUser(input.userId)
  return user
}

// A person as the database keeps them, deleted people in their grace period included.
import type { Context } from '#server/domain/context.ts'
import { readAnyUser } from '#server/domain/users/read-user.sql.ts'
import type { User } from '#server/domain/users/rules/user.ts'

/** The whole row; fails the test when there is none. */
export async function storedUser(ctx: Context, id: string): Promise<User> {
  const user = await readAnyUser(ctx.sql, id)
  if (user === null) throw new Error(`There is no person with id ${id}.`)
  return user
}

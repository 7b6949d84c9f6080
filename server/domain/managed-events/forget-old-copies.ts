// Deletes copies of managed events that nobody can come back to any more. Run by the server itself.
import type { Context } from '#server/domain/context.ts'
import { forgetCopies } from './copy.sql.ts'
import { keptSince } from './rules/return.ts'

/** What was taken away more than 30 days ago. */
export async function forgetOldCopies(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  await forgetCopies(ctx.sql, keptSince(ctx.clock.now()))
}

// Whether someone is asked for a code after their password.
import type { Context } from '#server/domain/context.ts'

export async function hasTwoStep(
  ctx: Pick<Context, 'db' | 'orgId'>,
  { userId }: { userId: string },
): Promise<boolean> {
  const where = { orgId: ctx.orgId, userId, confirmedAt: { not: null } }
  return (await ctx.db.twoStep.count({ where })) > 0
}

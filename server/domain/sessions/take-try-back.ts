// A try to sign in that was not looked at is as if it had never been.
import type { InstallationContext } from '#server/domain/context.ts'

export async function takeTryBack(
  ctx: InstallationContext,
  tried: { id: string; subjects: readonly string[] },
): Promise<void> {
  const { id, subjects } = tried
  await ctx.installation.signInFailure.deleteMany({ where: { id, subject: { in: [...subjects] } } })
}

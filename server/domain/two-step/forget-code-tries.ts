// Forgets the tries that led to a right code.
import type { InstallationContext } from '#server/domain/context.ts'
import { codeSubject } from './rules/code-subject.ts'

export async function forgetCodeTries(
  ctx: InstallationContext,
  whose: { orgId: string; userId: string },
): Promise<void> {
  await ctx.installation.signInFailure.deleteMany({ where: { subject: codeSubject(whose) } })
}

// Asks for a code of someone who is signed in, where the password alone is not enough.
import type { InstallationContext } from '#server/domain/context.ts'
import { demandPerson } from '#server/domain/sessions/demand-person.ts'
import { transact } from '#server/domain/transact.ts'
import { allowCodeTry } from './allow-code-try.ts'
import { forgetCodeTries } from './forget-code-tries.ts'
import { wrongCode } from './refusals.ts'
import { spendCode } from './spend-code.ts'

/** Throws `two-step/wrong-code`, `two-step/too-many-codes`. */
export async function proveSecondStep(ctx: InstallationContext, { code }: { code: string }): Promise<void> {
  const { orgId, userId } = demandPerson(ctx.actor)
  const own = ctx.within(orgId)
  await allowCodeTry(ctx, { orgId, userId })
  const kind = await transact(own, tx => spendCode(tx, { userId, code, vault: own.vault }))
  if (kind === null) throw wrongCode()
  await forgetCodeTries(ctx, { orgId, userId })
}

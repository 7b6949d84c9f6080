// The password was right and a second step is missing: what the browser keeps until it is done.
import type { Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { hashSecret, mintSecret } from '#server/domain/secrets/secret.ts'
import { hasTwoStep } from './has-two-step.ts'
import { isDemandedOf } from './rules/demanded.ts'

/** Milliseconds for the second step. */
const stepLife = 5 * 60_000

export type MissingStep = 'code' | 'set_up'

export interface SignInStepBegun {
  readonly missing: MissingStep
  /** For the cookie; only its hash is stored. */
  readonly secret: string
  readonly expiresAt: Date
}

interface RightPassword {
  readonly userId: string
  readonly role: Role
  readonly organization: { readonly key: string; readonly requireTwoStep: boolean }
}

/** Null when the password is all that is asked. */
export async function beginSignInStep(ctx: Context, person: RightPassword): Promise<SignInStepBegun | null> {
  const missing = await missingStep(ctx, person)
  if (missing === null) return null
  const secret = mintSecret('step', person.organization.key)
  const expiresAt = new Date(ctx.clock.now().getTime() + stepLife)
  const { orgId } = ctx
  await ctx.db.signInStep.create({
    data: { orgId, hash: hashSecret(secret), userId: person.userId, purpose: missing, expiresAt },
  })
  return { missing, secret: secret.text, expiresAt }
}

async function missingStep(ctx: Context, person: RightPassword): Promise<MissingStep | null> {
  if (await hasTwoStep(ctx, person)) return 'code'
  return isDemandedOf(person.role, person.organization) ? 'set_up' : null
}

// Whose sign-in waits for its second step, by what their browser kept.
import type { PersonActor, Role } from '#server/domain/actor.ts'
import type { Context, InstallationContext } from '#server/domain/context.ts'
import { hashSecret, parseSecret } from '#server/domain/secrets/secret.ts'
import { ssoEnforced } from '#server/domain/sessions/refusals.ts'
import { passwordIsTaken } from '#server/domain/sessions/rules/password-is-taken.ts'
import { isActive, type UserStatus } from '#server/domain/users/rules/user.ts'
import type { MissingStep } from './begin-sign-in-step.ts'
import { stepEnded } from './refusals.ts'

export interface WaitingSignIn {
  readonly hash: Uint8Array<ArrayBuffer>
  readonly person: { readonly userId: string; readonly name: string; readonly role: Role }
  /** Their organization, with them as the one who acts. They have no session yet. */
  readonly own: Context
}

/**
 * `secret` is what the browser's cookie holds. Throws `two-step/ended` for unknown, old and finished ones, and
 * `sessions/sso-enforced` where single sign-on was enforced since the password.
 */
export async function findSignInStep(
  ctx: InstallationContext,
  { secret, missing }: { secret: string | null; missing: MissingStep },
): Promise<WaitingSignIn> {
  const parsed = parseSecret(secret ?? '')
  if (parsed?.kind !== 'step') throw stepEnded()
  const organization = await ctx.installation.organization.findUnique({
    where: { key: parsed.orgKey },
    include: { ssoConnection: { select: { status: true } } },
  })
  if (organization === null) throw stepEnded()
  const orgId = organization.id
  const hash = hashSecret(parsed)
  const found = await ctx.within(orgId).db.signInStep.findUnique({
    where: { orgId_hash: { orgId, hash } },
    include: { user: { select: { status: true, role: true, displayName: true } } },
  })
  if (found?.purpose !== missing || found.expiresAt <= ctx.clock.now()) throw stepEnded()
  const { userId, user } = found
  if (!isActive(user.status as UserStatus)) throw stepEnded()
  if (!passwordIsTaken(user.role as Role, organization)) throw ssoEnforced()
  const person = { userId, name: user.displayName, role: user.role as Role }
  const { origin } = ctx.actor
  const actor: PersonActor = { kind: 'person', orgId, ...person, sessionHash: new Uint8Array(), origin }
  return { hash, person, own: ctx.within(orgId, actor) }
}

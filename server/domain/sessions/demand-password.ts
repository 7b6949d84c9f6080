// What only those have who sign in by password.
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import type { Role } from '#server/domain/actor.ts'
import { passwordIsTaken } from './rules/password-is-taken.ts'

export interface OwnPassword {
  readonly loginKey: string
  readonly passwordHash: string
}

/** The stored password of a person whom it lets in. Throws `sessions/no-password`. */
export async function demandPassword(ctx: Context, { userId }: { userId: string }): Promise<OwnPassword> {
  const { orgId } = ctx
  const found = await ctx.db.credential.findUnique({
    where: { orgId_userId: { orgId, userId } },
    select: {
      loginKey: true,
      passwordHash: true,
      user: { select: { role: true } },
      organization: {
        select: { plan: true, entitlements: true, ssoConnection: { select: { status: true } } },
      },
    },
  })
  if (found !== null && passwordIsTaken(found.user.role as Role, found.organization)) return found
  throw new DomainError({
    kind: 'conflict',
    code: 'sessions/no-password',
    message:
      'You do not sign in with a password here: your identity provider decides how you prove who you are.',
  })
}

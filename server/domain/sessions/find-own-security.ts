// How someone signs in, and what their proof must consist of when they are asked again.
import type { Context } from '#server/domain/context.ts'
import { isDemandedOf } from '#server/domain/two-step/rules/demanded.ts'
import { demandPerson } from './demand-person.ts'
import { passwordIsTaken } from './rules/password-is-taken.ts'

export interface OwnSecurity {
  /** Null for people without a password, and where it lets nobody in. */
  readonly passwordChangedAt: Date | null
  readonly twoStepSince: Date | null
  readonly codesLeft: number
  readonly twoStepDemanded: boolean
  /** Whether there is a key to keep secrets with. */
  readonly keepsSecrets: boolean
}

/** People only. */
export async function findOwnSecurity(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<OwnSecurity> {
  const { orgId, userId, role } = demandPerson(ctx.actor)
  const whose = { orgId, userId }
  const organization = await ctx.db.organization.findUniqueOrThrow({
    where: { id: orgId },
    include: { ssoConnection: { select: { status: true } } },
  })
  const credential = await ctx.db.credential.findUnique({ where: { orgId_userId: whose } })
  const twoStep = await ctx.db.twoStep.findUnique({ where: { orgId_userId: whose } })
  const since = twoStep?.confirmedAt ?? null
  return {
    passwordChangedAt: passwordIsTaken(role, organization) ? (credential?.changedAt ?? null) : null,
    twoStepSince: since,
    codesLeft: since ? await ctx.db.twoStepCode.count({ where: { ...whose, usedAt: null } }) : 0,
    twoStepDemanded: isDemandedOf(role, organization),
    keepsSecrets: ctx.vault !== null,
  }
}

// How someone signs in, and what their proof must consist of when they are asked again.
import type { Context } from '#server/domain/context.ts'
import { entitlementsOf } from '#server/domain/organizations/rules/entitlements.ts'
import { signsIn, type SsoStatus } from '#server/domain/sso/rules/connection.ts'
import { isDemandedOf } from '#server/domain/two-step/rules/demanded.ts'
import { demandPerson } from './demand-person.ts'
import { proofIsFresh } from './rules/proof-is-fresh.ts'
import { passwordIsTaken } from './rules/password-is-taken.ts'

export interface OwnSecurity {
  /** Null for people without a password, and where it lets nobody in. */
  readonly passwordChangedAt: Date | null
  readonly twoStepSince: Date | null
  readonly codesLeft: number
  readonly twoStepDemanded: boolean
  /** Whether there is a key to keep secrets with. */
  readonly keepsSecrets: boolean
  /** Whether the proof of this session is fresh enough for what is sensitive. */
  readonly proven: boolean
  /** Whether the identity provider can prove it anew: this session began there. */
  readonly provesBySso: boolean
}

/** People only. */
export async function findOwnSecurity(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<OwnSecurity> {
  const { orgId, userId, role, sessionHash } = demandPerson(ctx.actor)
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
    ...(await proofOf(ctx, { sessionHash, organization })),
  }
}

interface Asking {
  readonly sessionHash: Uint8Array
  readonly organization: {
    readonly plan: string
    readonly entitlements: unknown
    readonly ssoConnection: { readonly status: string } | null
  }
}

async function proofOf(
  { orgId, db, clock }: Context,
  { sessionHash, organization }: Asking,
): Promise<Pick<OwnSecurity, 'proven' | 'provesBySso'>> {
  const hash = new Uint8Array(sessionHash)
  const session = await db.session.findUnique({ where: { orgId_hash: { orgId, hash } } })
  const open = signsIn(organization.ssoConnection?.status as SsoStatus | undefined)
  return {
    proven: session !== null && proofIsFresh(session.authAt, clock.now()),
    provesBySso: session?.via === 'sso' && open && entitlementsOf(organization).sso,
  }
}

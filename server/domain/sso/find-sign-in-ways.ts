// How someone with this e-mail address may sign in: decided by the part behind the @, so that it tells of no account.
import type { InstallationContext } from '#server/domain/context.ts'
import { entitlementsOf } from '#server/domain/organizations/rules/entitlements.ts'

export interface SsoWay {
  readonly orgId: string
  readonly organizationName: string
  /** Whether passwords are refused there, but for the owner's. */
  readonly enforced: boolean
}

const most = 10

/**
 * The organizations whose owner or admins have an address of the same domain and where single sign-on works. The same
 * answer for every address of a domain, whether it has an account or not.
 */
export async function findSignInWays(ctx: InstallationContext, input: { email: string }): Promise<SsoWay[]> {
  const domain = /@([^\s@%_\\]+)$/u.exec(input.email.trim().toLowerCase())?.[1]
  if (domain === undefined || domain.length > 253) return []
  const found = await ctx.installation.credential.findMany({
    where: {
      loginKey: { endsWith: `@${domain}` },
      user: { role: { in: ['owner', 'admin'] } },
      organization: { ssoConnection: { status: { in: ['tested', 'enforced'] } } },
    },
    distinct: ['orgId'],
    take: most,
    select: {
      organization: {
        select: {
          id: true,
          name: true,
          plan: true,
          entitlements: true,
          ssoConnection: { select: { status: true } },
        },
      },
    },
  })
  return found
    .map(({ organization }) => organization)
    .filter(organization => entitlementsOf(organization).sso)
    .map(({ id, name, ssoConnection }) => ({
      orgId: id,
      organizationName: name,
      enforced: ssoConnection?.status === 'enforced',
    }))
}

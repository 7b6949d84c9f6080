// Prints a new setup link for an organization that has no owner yet.
import { StartupError } from '#server/db/startup-error.ts'
import { DomainError } from '#server/domain/error.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { prepareFirstStart } from '#server/domain/organizations/prepare-first-start.ts'
import { issueSetupLink } from '#server/domain/setup-links/issue-setup-link.ts'
import type { SystemActor } from '#server/domain/actor.ts'

/** Whoever can run this command on the server may set the organization up. */
const shell: SystemActor = {
  kind: 'system',
  name: 'Command line',
  origin: { requestId: 'cli', ip: null, client: null },
}

interface Wanted {
  /** The only organization when left out. */
  readonly orgId: string | null
  readonly publicUrl: string
}

/** The text to print. Throws `StartupError` when the organization has an owner or cannot be told. */
export async function newSetupLink(
  world: { installationFor: (actor: SystemActor) => InstallationContext },
  wanted: Wanted,
): Promise<string> {
  const ctx = world.installationFor(shell)
  const first = await prepareFirstStart(ctx)
  if (first !== null) return linkText(wanted, first)
  const orgId = wanted.orgId ?? (await onlyOrganization(ctx))
  try {
    const { secret } = await issueSetupLink(ctx.within(orgId))
    return linkText(wanted, secret)
  } catch (error) {
    throw error instanceof DomainError ? new StartupError(error.message) : error
  }
}

function linkText(wanted: Wanted, secret: string): string {
  return `Set up the organization within 24 hours (the link works once):\n  ${wanted.publicUrl}/setup#${secret}`
}

async function onlyOrganization(ctx: InstallationContext): Promise<string> {
  const organizations = await ctx.installation.organization.findMany({
    select: { id: true, name: true },
    take: 50,
  })
  const [only, another] = organizations
  if (only !== undefined && another === undefined) return only.id
  const list = organizations.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  throw new StartupError(`Say which organization: npm start -- setup-link <id>\n${list}`)
}

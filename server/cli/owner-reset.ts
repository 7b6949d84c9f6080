// "npm start -- owner-reset <organization id> <e-mail>": a way in for an owner who has lost every other.
import { StartupError } from '#server/db/startup-error.ts'
import type { SystemActor } from '#server/domain/actor.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { resetOwner } from '#server/domain/sessions/reset-owner.ts'

const shell: SystemActor = {
  kind: 'system',
  name: 'Command line',
  origin: { requestId: 'cli', ip: null, client: null },
}
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

interface Wanted {
  readonly orgId: string
  readonly email: string
}

/** The text to print. Throws `StartupError` when this is not the owner of such an organization. */
export async function resetOwnerByShell(
  world: { installationFor: (actor: SystemActor) => InstallationContext },
  { orgId, email }: Wanted,
): Promise<string> {
  if (!uuid.test(orgId)) throw new StartupError(`"${orgId}" is no organization id.`)
  try {
    const { password } = await resetOwner(world.installationFor(shell).within(orgId), { email })
    return (
      `The owner signs in with this password, also while single sign-on is enforced:\n  ${password}\n` +
      'Sessions, recovery codes and two-step sign-in of the owner have ended. Choose another password under ' +
      '"Your profile > Security".'
    )
  } catch (error) {
    throw error instanceof DomainError ? new StartupError(error.message) : error
  }
}

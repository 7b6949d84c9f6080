// What mutations of single sign-on share: they change something and answer how it stands now.
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { declared } from '../problems.ts'
import { Sso, type SsoView } from './sso.ts'

export function payload(name: string, description: string) {
  return builder.objectRef<SsoView>(name).implement({
    description,
    authScopes: { anyone: true },
    fields: t => ({
      sso: t.field({ type: Sso, description: 'How single sign-on stands now.', resolve: view => view }),
    }),
  })
}

/** Runs the change and reads what it left. */
export function change(call: Call, work: () => Promise<void>): Promise<SsoView> {
  return declared(async () => {
    await work()
    const { db, orgId } = call.org
    const organization = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
    return { organization, row: await db.ssoConnection.findUnique({ where: { orgId } }) }
  })
}

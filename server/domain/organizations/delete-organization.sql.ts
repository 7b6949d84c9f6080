// Deletes every row of an organization.
import type { Context, Statement } from '#server/domain/context.ts'

/** References lead from nearly every table here, and their rows go with it. */
const organization: Statement = {
  name: 'delete-organization',
  text: 'DELETE FROM organizations WHERE id = $1',
}
// After the memberships: whoever was about to write one finds nobody any more.
const sources: Statement = {
  name: 'delete-organization-sources',
  text: 'DELETE FROM membership_sources WHERE org_id = $1',
}

/** Milliseconds; large organizations have millions of rows, and each is looked at. */
const timeout = 600_000

/** All of it or nothing. */
export async function deleteOrganizationRows(ctx: Pick<Context, 'inSqlTransaction'>): Promise<void> {
  await ctx.inSqlTransaction(
    async sql => {
      await sql.run(organization, [])
      await sql.run(sources, [])
    },
    { timeout },
  )
}

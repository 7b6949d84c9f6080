// The purge of somebody who administered: what they did stays with their id, their name goes from everywhere.
import { beforeAll, expect, it } from 'vitest'
import { noteActivity } from '#server/domain/activity-log/note-activity.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { queueMail } from '#server/domain/mail/queue-mail.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { transact } from '#server/domain/transact.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { purgeDeletedUsers } from '#server/domain/users/purge-deleted-users.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { systemActor } from '#server/housekeeping.ts'
import type { World } from '#server/world.ts'
import { writeLines } from '#test/support/exchanges.ts'
import { makeWorld, newColleague, newOrganization, type TestOrganization } from '#test/support/make-world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld({ sendsMail: true })
})

/** Rows of any table of the organization that still have the word. */
async function rowsWith(word: string, orgId: string): Promise<string[]> {
  const { pool } = world.database
  const { rows: tables } = await pool.query<{ name: string }>(
    "SELECT quote_ident(table_name) AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'org_id'",
  )
  const found = []
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `SELECT t::text AS row FROM ${name} t WHERE org_id = $1 AND t::text ILIKE $2`,
      [orgId, `%${word}%`],
    )
    found.push(...rows.map(({ row }) => `${name}: ${row}`))
  }
  return found
}

/** Asked for before anybody had the name. */
async function lookedFor(userName: string, { scim }: TestOrganization): Promise<void> {
  const query = `filter=${encodeURIComponent(`userName eq "${userName}"`)}`
  await writeLines(scim, [{ query, summary: `Looked for userName eq "${userName}"` }])
}

it('leaves neither a name nor a former name of an admin anywhere; what they did stays under their id', async () => {
  const org = await newOrganization(world)
  const { orgId, scim } = org
  await lookedFor('old@kanari.example', org)
  const { userId, name, ctx } = await newColleague({ ...org, world }, { role: 'admin', name: 'Vogel Kanari' })
  for (const userName of ['old@kanari.example', 'new@ex.org']) {
    const revise = ({ document, active }: { document: object; active: boolean }) => ({
      active,
      document: { ...document, userName },
    })
    await reviseUser(scim, { userId, settings: provisioningSettings({}), revise })
  }
  await createGroupByHand(ctx, { name: 'Sales' })
  await issueScimToken(ctx, { name: 'Okta of an admin' })
  await scim.db.apiKey.updateMany({ where: { orgId }, data: { createdById: userId, createdByName: name } })
  await noteActivity(org.owner.ctx, {
    action: 'organization.transfer_ownership',
    before: { ownerId: userId, owner: name },
    after: { email: 'old@kanari.example', ids: [userId] },
  })
  const letter = { paragraphs: ['Hello'], action: null }
  await transact(ctx, async tx => {
    const to = { userId, name, email: 'vogel@kanari.example' }
    await queueMail(tx, { kind: 'notice', to, subject: 'Hello', letter, dedupeKey: 'hello' })
  })
  await changeUserRole(org.owner.ctx, { userId, role: 'user' })
  await deleteUser(scim, { userId, graceDays: 0 })
  expect((await rowsWith('kanari', orgId)).length).toBeGreaterThan(8)

  expect(await purgeDeletedUsers(world.contextFor(orgId, systemActor))).toBe(1)
  expect(await rowsWith('kanari', orgId)).toEqual([])
  const theirs = await scim.db.activity.findMany({ where: { orgId, actorId: userId } })
  expect(theirs.map(({ action }) => action).sort()).toEqual(['group.create', 'scim_token.issue'])
  expect(new Set(theirs.map(({ actorName, ip }) => `${actorName} ${String(ip)}`))).toEqual(
    new Set(['A former member null']),
  )
  const handed = await scim.db.activity.findFirst({
    where: { orgId, action: 'organization.transfer_ownership' },
  })
  expect(handed).toMatchObject({
    actorName: org.owner.name,
    before: { ownerId: userId },
    after: { email: '[purged]', ids: [userId] },
  })
})

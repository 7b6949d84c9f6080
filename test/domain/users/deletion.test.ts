// The end of a person: deactivation ends access, deletion frees the name, the purge forgets, the owner restores.
import { beforeAll, describe, expect, it } from 'vitest'
import { createGroup } from '#server/domain/groups/create-group.ts'
import type { NewExchange } from '#server/domain/provisioning-log/rules/exchange.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { writeExchanges } from '#server/domain/provisioning-log/write-exchanges.sql.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { findUser } from '#server/domain/users/find-user.ts'
import { purgeDeletedUsers } from '#server/domain/users/purge-deleted-users.ts'
import { purgeUser } from '#server/domain/users/purge-user.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import { reviseUser, type ReviseUserInput } from '#server/domain/users/revise-user.ts'
import type { World } from '#server/world.ts'
import { newExchange } from '#test/support/exchanges.ts'
import { day, fakeClock, type FakeClock } from '#test/support/fake-clock.ts'
import { makeWorld, newColleague, newOrganization, newPerson, testOrigin } from '#test/support/make-world.ts'
import { storedUser } from './stored-user.ts'

let world: World
let clock: FakeClock
beforeAll(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
})

const settings = provisioningSettings({})
const idle = (userId: string): ReviseUserInput => ({
  userId,
  settings,
  revise: current => ({ ...current, active: false }),
})

const system = (orgId: string) =>
  world.contextFor(orgId, { kind: 'system', name: 'Rollcall', origin: testOrigin })

describe('a deactivated person', () => {
  it('Z7: loses every session at once, and again when it happens twice', async () => {
    const org = await newOrganization(world)
    const colleague = await newColleague({ ...org, world }, { role: 'admin' })
    const cookie = { cookie: colleague.cookie, origin: testOrigin }
    const installation = world.installationFor(org.owner.actor)
    expect(await resumeSession(installation, cookie)).toMatchObject({ userId: colleague.userId })
    await reviseUser(org.scim, idle(colleague.userId))
    expect(await resumeSession(installation, cookie)).toBeNull()
    expect(await org.scim.db.session.count({ where: { orgId: org.orgId, userId: colleague.userId } })).toBe(0)
    expect(await reviseUser(org.scim, idle(colleague.userId))).toMatchObject({ changed: false })
  })

  it('keeps everything and comes back with it', async () => {
    const { scim } = await newOrganization(world)
    const { id, document } = await newPerson(scim, { title: 'Analyst' })
    await reviseUser(scim, idle(id))
    expect(await storedUser(scim, id)).toMatchObject({ status: 'deactivated', document })
    await reviseUser(scim, { userId: id, settings, revise: current => ({ ...current, active: true }) })
    expect(await storedUser(scim, id)).toMatchObject({
      status: 'pending',
      document,
      deactivatedAt: null,
    })
  })
})

describe('the owner', () => {
  it('DL7: can neither be deactivated nor deleted, nor get another role', async () => {
    const org = await newOrganization(world)
    const { userId } = org.owner
    const refusal = { kind: 'forbidden', code: 'users/owner-protected' }
    await expect(reviseUser(org.scim, idle(userId))).rejects.toMatchObject(refusal)
    await expect(deleteUser(org.scim, { userId, graceDays: 7 })).rejects.toMatchObject(refusal)
    await expect(changeUserRole(org.admin.ctx, { userId, role: 'user' })).rejects.toMatchObject(refusal)
    await expect(
      changeUserRole(org.admin.ctx, { userId: org.admin.userId, role: 'owner' }),
    ).rejects.toMatchObject({ code: 'users/one-owner' })
    expect(await storedUser(org.scim, userId)).toMatchObject({ status: 'active', role: 'owner' })
  })
})

describe('a deleted person', () => {
  it('is unknown at once, and the name is free', async () => {
    const { scim } = await newOrganization(world)
    const { id } = await newPerson(scim, { userName: 'gone@ex.org' })
    await deleteUser(scim, { userId: id, graceDays: 7 })
    await expect(findUser(scim, { userId: id })).rejects.toMatchObject({ code: 'users/unknown' })
    const again = await newPerson(scim, { userName: 'GONE@ex.org' })
    expect(again.id).not.toBe(id)
  })

  it('leaves every group, and no reason for a membership behind', async () => {
    const { scim, orgId } = await newOrganization(world)
    const { id } = await newPerson(scim)
    const names = { displayName: 'Sales', externalId: null }
    await createGroup(scim, { names, members: [id, (await newPerson(scim)).id], settings })
    await deleteUser(scim, { userId: id, graceDays: 7 })
    const left = { where: { orgId, userId: id } }
    expect(await scim.db.membership.count(left)).toBe(0)
    expect(await scim.db.membershipSource.count(left)).toBe(0)
  })

  it('comes back within the grace period: deactivated, with everything', async () => {
    const org = await newOrganization(world)
    const { id, document } = await newPerson(org.scim, { title: 'Analyst' })
    await deleteUser(org.scim, { userId: id, graceDays: 7 })
    clock.advance(6 * day)
    expect(await purgeDeletedUsers(system(org.orgId))).toBe(0)
    expect(await purgeUser(system(org.orgId), { userId: id })).toBe(false)
    await restoreUser(org.owner.ctx, { userId: id })
    expect(await purgeUser(system(org.orgId), { userId: id })).toBe(false)
    expect(await storedUser(org.scim, id)).toMatchObject({
      status: 'deactivated',
      document,
      purgeAt: null,
    })
    await expect(restoreUser(org.owner.ctx, { userId: id })).rejects.toMatchObject({
      code: 'users/not-deleted',
    })
  })

  it('cannot come back while someone new has the name, nor by an admin', async () => {
    const org = await newOrganization(world)
    const { id } = await newPerson(org.scim, { userName: 'gone@ex.org' })
    await deleteUser(org.scim, { userId: id, graceDays: 7 })
    await newPerson(org.scim, { userName: 'gone@ex.org' })
    await expect(restoreUser(org.owner.ctx, { userId: id })).rejects.toMatchObject({
      code: 'users/user-name-taken',
    })
    await expect(restoreUser(org.admin.ctx, { userId: id })).rejects.toMatchObject({
      code: 'actor/not-permitted',
    })
  })

  it('with a grace period of 0 is purged at the next round', async () => {
    const { scim, orgId } = await newOrganization(world)
    const { id } = await newPerson(scim)
    await deleteUser(scim, { userId: id, graceDays: 0 })
    expect(await purgeDeletedUsers(system(orgId))).toBe(1)
  })
})

describe('the purge', () => {
  const names = {
    userName: "o'canary+x@kanari.example",
    displayName: 'Vogelfrau Kanari',
    externalId: 'ext-kanari',
    title: 'Kanaria',
  }
  const emails = [{ value: 'Kanari@Home.example' }, { value: 'zweite@kanari.example', primary: true }]

  const exchange = (rest: Partial<NewExchange>) => newExchange({ clock }, rest)

  it('takes everything personal out of every table; ids, times and outcomes stay', async () => {
    const org = await newOrganization(world)
    const { id } = await newPerson(org.scim, { ...names, emails, name: { familyName: 'Kanari' } })
    await reviseUser(org.scim, {
      userId: id,
      settings,
      revise: current => ({ ...current, document: { ...current.document, nickName: 'Kanarienvogel' } }),
    })
    const query = (text: string) => `filter=${encodeURIComponent(text)}`
    await writeExchanges(org.scim.sql, [
      exchange({ query: query(`userName eq "${names.userName}"`), summary: `Looked for ${names.userName}` }),
      exchange({ query: query('emails.value eq "KANARI@home.example"'), summary: 'Looked for Kanari' }),
      exchange({
        requestBody: JSON.stringify({ externalId: names.externalId }),
        status: 400,
        summary: 'Kanari refused',
      }),
      exchange({
        userId: id,
        responseBody: JSON.stringify(names),
        changes: [{ path: 'title', before: null, after: 'Kanaria' }],
      }),
      exchange({
        path: `/Users/${id}`,
        method: 'PATCH',
        status: 404,
        requestBody: '{"value":"Vogelfrau Kanari"}',
      }),
      exchange({ query: query('userName eq "someone-else@ex.org"'), summary: 'Kept' }),
    ])
    await deleteUser(org.scim, { userId: id, graceDays: 7 })
    clock.advance(7 * day)
    expect(await purgeDeletedUsers(system(org.orgId))).toBe(1)

    const { rows: tables } = await world.database.pool.query<{ name: string }>(
      "SELECT quote_ident(table_name) AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'org_id'",
    )
    expect(tables.length).toBeGreaterThan(10)
    for (const { name } of tables) {
      const { rows } = await world.database.pool.query(
        `SELECT t::text FROM ${name} t WHERE org_id = $1 AND t::text ILIKE '%kanari%'`,
        [org.orgId],
      )
      expect(rows, name).toEqual([])
    }
    const events = await org.scim.db.provisioningEvent.findMany({
      where: { orgId: org.orgId, userId: id },
      orderBy: { sequence: 'asc' },
    })
    expect(events.map(event => event.type)).toEqual([
      'user.created',
      'user.updated',
      'user.deleted',
      'user.purged',
    ])
    const exchanges = await org.scim.db.exchange.findMany({
      where: { orgId: org.orgId },
      orderBy: { sequence: 'asc' },
    })
    expect(exchanges.map(each => each.status)).toEqual([200, 200, 400, 200, 404, 200])
    expect(exchanges.at(-1)?.summary).toBe('Kept')
    await expect(restoreUser(org.owner.ctx, { userId: id })).rejects.toMatchObject({ code: 'users/unknown' })
  })

  it('touches nobody else, in this organization or another', async () => {
    const [one, other] = [await newOrganization(world), await newOrganization(world)]
    const twins = [
      await newPerson(one.scim, { userName: 'twin@ex.org' }),
      await newPerson(other.scim, { userName: 'twin@ex.org' }),
    ]
    await deleteUser(one.scim, { userId: twins[0]?.id ?? '', graceDays: 0 })
    expect(await purgeDeletedUsers(system(other.orgId))).toBe(0)
    expect(await purgeDeletedUsers(system(one.orgId))).toBe(1)
    expect(await storedUser(other.scim, twins[1]?.id ?? '')).toMatchObject({ status: 'pending' })
    const [created] = await other.scim.db.provisioningEvent.findMany({
      where: { orgId: other.orgId, userId: twins[1]?.id ?? '' },
    })
    expect(created?.detail).toMatchObject({ subject: 'twin@ex.org' })
  })
})

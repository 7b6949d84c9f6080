// Many people at once: roles, invitations, and who is passed over with which reason.
import { beforeAll, describe, expect, it } from 'vitest'
import type { AnonymousActor, ApiKeyActor, Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { findInvitation } from '#server/domain/invitations/find-invitation.ts'
import { inviteUsers } from '#server/domain/invitations/invite-users.ts'
import { resendInvitations } from '#server/domain/invitations/resend-invitations.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { previewGroupMembers } from '#server/domain/memberships/preview-group-members.ts'
import { removeGroupMembers } from '#server/domain/memberships/remove-group-members.ts'
import { changeUserRoles } from '#server/domain/users/change-user-roles.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import type { World } from '#server/world.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { day, fakeClock } from '#test/support/fake-clock.ts'
import {
  makeWorld,
  newColleague,
  newOrganization,
  newPerson,
  testOrigin,
  type TestOrganization,
} from '#test/support/make-world.ts'
import { address, codeOf, input, shown } from '../invitations/guests.ts'

const clock = fakeClock()
const anonymous: AnonymousActor = { kind: 'anonymous', name: 'Anonymous', origin: testOrigin }
const door = () => world.installationFor(anonymous)
let world: World
let org: TestOrganization
let owner: Context
let stranger: string

beforeAll(async () => {
  world = await makeWorld({ clock })
  org = await newOrganization(world, { enforced: false })
  owner = org.owner.ctx
  stranger = (await newPerson((await newOrganization(world)).scim)).id
})

const someone = async (): Promise<string> => (await newPerson(org.scim)).id
const some = async (count: number): Promise<string[]> => {
  const ids: string[] = []
  while (ids.length < count) ids.push(await someone())
  return ids
}
const rolesOf = async (ids: readonly string[]): Promise<string[]> => {
  const rows = await owner.db.user.findMany({ where: { orgId: org.orgId, id: { in: [...ids] } } })
  return ids.map(id => rows.find(row => row.id === id)?.role ?? 'nobody')
}
const key = (scopes: ApiKeyActor['scopes']): Context => {
  const { orgId } = org
  return world.contextFor(orgId, {
    kind: 'api-key', orgId, keyId: org.apiKey.id, scopes, name: 'Key', origin: testOrigin,
  }) // prettier-ignore
}
const tooMany = Array.from(
  { length: 1001 },
  (_, n) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
)

describe('the role of many people', () => {
  it('changes for everybody who has another one, with one event and one line of the activity log each', async () => {
    const [ada, bob, eve] = (await some(3)) as [string, string, string]
    await changeUserRoles(owner, { userIds: [eve], role: 'admin' })
    const done = await changeUserRoles(owner, { userIds: [ada, bob, ada, eve], role: 'admin' })
    expect(done.changed.map(({ userId, before }) => [userId, before]).sort()).toEqual(
      [ada, bob].map(id => [id, 'user']).sort(),
    )
    expect(done.passed).toEqual([])
    expect(await rolesOf([ada, bob, eve])).toEqual(['admin', 'admin', 'admin'])
    const told = await owner.db.provisioningEvent.findMany({
      where: { orgId: org.orgId, userId: { in: [ada, bob] }, type: 'user.role_changed' },
    })
    expect(told.map(({ userId, actorName }) => [userId, actorName]).sort()).toEqual(
      [ada, bob].map(id => [id, org.owner.name]).sort(),
    )
    const noted = await owner.db.activity.findMany({
      where: { orgId: org.orgId, subjectId: ada, action: 'user.change_role' },
    })
    expect(noted).toMatchObject([{ before: { role: 'user' }, after: { role: 'admin' } }])
  })

  it('is undone by the roles that it answers', async () => {
    const people = await some(2)
    const { changed } = await changeUserRoles(owner, { userIds: people, role: 'group_admin' })
    await changeUserRoles(owner, { userIds: changed.map(({ userId }) => userId), role: 'user' })
    expect(await rolesOf(people)).toEqual(['user', 'user'])
  })

  it('passes over the owner, the caller and whoever is unknown, and changes the others', async () => {
    const ada = await someone()
    const gone = await someone()
    await deleteUser(org.scim, { userId: gone, graceDays: 7 })
    const admin = await newColleague({ ...org, world }, { role: 'admin' })
    const userIds = [org.owner.userId, admin.userId, ada, gone, stranger, 'nonsense']
    const done = await changeUserRoles(admin.ctx, { userIds, role: 'user' })
    expect(done.passed.map(({ userId, name, reason }) => [userId, name, reason])).toEqual([
      [org.owner.userId, org.owner.name, 'owner'],
      [admin.userId, admin.name, 'yourself'],
      [gone, null, 'unknown'],
      [stranger, null, 'unknown'],
      ['nonsense', null, 'unknown'],
    ])
    expect(await rolesOf([org.owner.userId, admin.userId])).toEqual(['owner', 'admin'])
  })

  it.each<[string, () => Context, Role, readonly string[], string]>([
    ['ownership', () => owner, 'owner', [], 'users/one-owner'],
    ['more than 1,000 people', () => owner, 'user', tooMany, 'users/too-many'],
    ['by a key that may not give roles', () => key(['users:write']), 'admin', [], 'actor/not-permitted'],
  ])('is refused: %s', async (_what, ctx, role, userIds, code) => {
    expect(await changeUserRoles(ctx(), { userIds, role }).catch(codeOf)).toBe(code)
  })

  it('takes no more statements for twenty people than for one', async () => {
    const [one, many] = [await some(1), await some(20)]
    const cost = async (userIds: string[]) => {
      const work = () => changeUserRoles(owner, { userIds, role: 'admin' })
      return (await countStatements(world.database, work)).statements.length
    }
    expect(await cost(many)).toBe(await cost(one))
  })
})

describe('invitations of many people', () => {
  const guests = (count: number) => inviteUsers(owner, input(Array.from({ length: count }, () => address())))

  it('go out again, each with its own new link, and the old ones are dead', async () => {
    const before = (await guests(3)).map(shown)
    const { invited, passed } = await resendInvitations(owner, {
      userIds: before.map(({ userId }) => userId),
    })
    expect(passed).toEqual([])
    expect(invited.map(one => one.address)).toEqual(before.map(one => one.address))
    for (const [n, one] of invited.map(shown).entries()) {
      expect(await findInvitation(door(), { secret: one.secret })).toMatchObject({ state: 'open' })
      const old = before[n]?.secret ?? ''
      expect(await findInvitation(door(), { secret: old })).toBeNull()
    }
  })

  it('keep the day of the first invitation', async () => {
    const [one] = await guests(1)
    const userId = one?.userId ?? ''
    const row = () =>
      owner.db.invitation.findUniqueOrThrow({ where: { orgId_userId: { orgId: org.orgId, userId } } })
    const { invitedAt } = await row()
    clock.advance(day)
    await resendInvitations(owner, { userIds: [userId] })
    expect((await row()).invitedAt).toEqual(invitedAt)
    expect((await row()).sentAt).not.toEqual(invitedAt)
  })

  it('pass over whoever is not pending, has no address, or is above what the caller may give', async () => {
    const [one] = await guests(1)
    const pending = one?.userId ?? ''
    const [admin] = await inviteUsers(owner, input([address()], { role: 'admin' }))
    const above = admin?.userId ?? ''
    const nameless = (await newPerson(org.scim, { userName: 'no-address', emails: [] })).id
    const userIds = [pending, org.owner.userId, nameless, above, stranger]
    const { invited, passed } = await resendInvitations(key(['users:write']), { userIds })
    expect(invited.map(({ userId }) => userId)).toEqual([pending])
    expect(passed.map(({ userId, reason }) => [userId, reason])).toEqual([
      [org.owner.userId, 'not-pending'],
      [nameless, 'no-address'],
      [above, 'not-permitted'],
      [stranger, 'unknown'],
    ])
  })

  it('are at most 1,000', async () => {
    expect(await resendInvitations(owner, { userIds: tooMany }).catch(codeOf)).toBe('users/too-many')
  })
})

describe('many people into a group, or a managed event', () => {
  it('is told beforehand with numbers, and undone without taking what was there before', async () => {
    const groupId = await createGroupByHand(owner, { name: 'Many' })
    const [ada, bob, eve] = (await some(3)) as [string, string, string]
    await addGroupMembers(owner, { groupId, userIds: [ada] })
    const userIds = [ada, bob, eve]
    const wanted = { groupId, userIds: [...userIds, stranger, 'nonsense'] }
    expect(await previewGroupMembers(owner, wanted)).toEqual({
      joining: 2,
      present: 1,
      unknown: [stranger, 'nonsense'],
    })
    const { joined, given } = await addGroupMembers(owner, { groupId, userIds })
    expect([joined, [...given].sort()]).toEqual([2, [bob, eve].sort()])
    await removeGroupMembers(owner, { groupId, userIds: given })
    const left = await owner.db.membership.findMany({ where: { orgId: org.orgId, groupId } })
    expect(left.map(({ userId }) => userId)).toEqual([ada])
  })

  it('answers who is assigned by this call', async () => {
    const managedEventId = await createManagedEvent(owner, { details: { name: 'Intro' } })
    const [ada, bob] = (await some(2)) as [string, string]
    const to = (userIds: string[]) => assignManagedEvent(owner, { managedEventId, groupIds: [], userIds })
    expect((await to([ada])).fresh).toEqual([ada])
    expect((await to([ada, bob])).fresh).toEqual([bob])
  })
})

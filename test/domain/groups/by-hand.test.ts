// Groups by hand: names, members with their reasons, admins, and what a plan without groups refuses.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { createGroup } from '#server/domain/groups/create-group.ts'
import { deleteGroupByHand } from '#server/domain/groups/delete-group-by-hand.ts'
import { findGroup } from '#server/domain/groups/find-group.ts'
import { renameGroup } from '#server/domain/groups/rename-group.ts'
import { setGroupAdmins } from '#server/domain/groups/set-group-admins.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { removeGroupMembers } from '#server/domain/memberships/remove-group-members.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import type { World } from '#server/world.ts'
import {
  makeWorld,
  newColleague,
  newOrganization,
  newPerson,
  operatorActor,
  type TestOrganization,
} from '#test/support/make-world.ts'

const settings = provisioningSettings({})
let world: World
let org: TestOrganization
let owner: Context
let count = 0

beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
  owner = org.owner.ctx
})

const someone = async (): Promise<string> => (await newPerson(org.scim)).id
const newGroup = (): Promise<string> => {
  count += 1
  return createGroupByHand(owner, { name: `Group ${String(count)}` })
}
const pushed = async (members: string[]): Promise<string> => {
  count += 1
  const names = { displayName: `Pushed ${String(count)}`, externalId: null }
  return (await createGroup(org.scim, { names, members, settings })).group.id
}
const members = async (groupId: string): Promise<string[]> =>
  (await org.scim.db.membership.findMany({ where: { orgId: org.orgId, groupId } }))
    .map(({ userId }) => userId)
    .sort()
const sources = async (groupId: string, userId: string): Promise<string[]> =>
  (await org.scim.db.membershipSource.findMany({ where: { orgId: org.orgId, groupId, userId } }))
    .map(({ kind }) => kind)
    .sort()
const roleOf = async (id: string): Promise<string> =>
  (await org.scim.db.user.findUniqueOrThrow({ where: { orgId_id: { orgId: org.orgId, id } } })).role

describe('a name', () => {
  it.each([
    ['', 'groups/bad-name'],
    ['   ', 'groups/bad-name'],
    ['x'.repeat(51), 'groups/bad-name'],
    ['two\nlines', 'groups/bad-name'],
  ])('%j is refused', async (name, code) => {
    await expect(createGroupByHand(owner, { name })).rejects.toMatchObject({ code, kind: 'invalid' })
  })

  it('has up to 50 characters, whatever bytes they take, without edge blanks', async () => {
    const name = '😀'.repeat(50)
    const id = await createGroupByHand(owner, { name: `  ${name} ` })
    expect(await findGroup(org.scim, { groupId: id })).toMatchObject({
      displayName: name,
      linkedAt: null,
      version: 1,
    })
  })

  it('is unique whatever the case, for new groups and renamed ones', async () => {
    await createGroupByHand(owner, { name: 'Straße' })
    await expect(createGroupByHand(owner, { name: 'STRASSE' })).resolves.toBeDefined()
    await expect(createGroupByHand(owner, { name: 'STRAßE' })).rejects.toMatchObject({
      code: 'groups/name-in-use',
    })
    const other = await newGroup()
    await expect(renameGroup(owner, { groupId: other, name: 'straße' })).rejects.toMatchObject({
      code: 'groups/name-in-use',
      kind: 'conflict',
    })
  })

  it('renamed raises the version that SCIM clients see, and the same name again does not', async () => {
    const groupId = await newGroup()
    await renameGroup(owner, { groupId, name: 'Renamed here' })
    await renameGroup(owner, { groupId, name: ' Renamed here ' })
    await renameGroup(owner, { groupId, name: 'renamed here' })
    expect(await findGroup(org.scim, { groupId })).toMatchObject({ displayName: 'renamed here', version: 3 })
  })

  it('of a group that the provider pushes stays the provider’s while SCIM is on', async () => {
    const groupId = await pushed([])
    await expect(renameGroup(owner, { groupId, name: 'Mine' })).rejects.toMatchObject({
      code: 'groups/named-by-idp',
      kind: 'managed-by-idp',
    })
  })
})

describe('members', () => {
  it('join and leave by hand, with a version and one event each time', async () => {
    const groupId = await newGroup()
    const [ada, bob] = [await someone(), await someone()]
    expect(await addGroupMembers(owner, { groupId, userIds: [ada, bob, ada] })).toMatchObject({ joined: 2 })
    expect(await addGroupMembers(owner, { groupId, userIds: [ada] })).toMatchObject({ joined: 0 })
    expect(await removeGroupMembers(owner, { groupId, userIds: [bob] })).toBe(1)
    expect(await removeGroupMembers(owner, { groupId, userIds: [bob] })).toBe(0)
    expect(await members(groupId)).toEqual([ada])
    expect(await findGroup(org.scim, { groupId })).toMatchObject({ version: 3 })
    const told = await org.scim.db.provisioningEvent.findMany({
      where: { orgId: org.orgId, groupId },
      orderBy: { sequence: 'asc' },
    })
    expect(told.map(({ type, actorName }) => [type, actorName])).toEqual([
      ['group.created', org.owner.name],
      ['group.member_added', org.owner.name],
      ['group.member_removed', org.owner.name],
    ])
    const notes = await org.scim.db.activity.findMany({ where: { orgId: org.orgId, subjectId: groupId } })
    expect(notes.map(({ action }) => action).sort()).toEqual([
      'group.add_members',
      'group.create',
      'group.remove_members',
    ])
  })

  it('whom only the provider placed are locked with the reason, and nobody of the list leaves', async () => {
    const [ada, bob] = [await someone(), await someone()]
    const groupId = await pushed([ada])
    await addGroupMembers(owner, { groupId, userIds: [bob] })
    await expect(removeGroupMembers(owner, { groupId, userIds: [ada, bob] })).rejects.toMatchObject({
      code: 'memberships/managed-by-idp',
      message: expect.stringContaining('Remove the person there') as string,
    })
    expect(await members(groupId)).toEqual([ada, bob].sort())
  })

  it('with two reasons stay while one remains', async () => {
    const ada = await someone()
    const groupId = await pushed([ada])
    expect(await addGroupMembers(owner, { groupId, userIds: [ada] })).toMatchObject({ joined: 0 })
    expect(await sources(groupId, ada)).toEqual(['manual', 'scim'])
    expect(await removeGroupMembers(owner, { groupId, userIds: [ada] })).toBe(0)
    expect(await sources(groupId, ada)).toEqual(['scim'])
    expect(await findGroup(org.scim, { groupId })).toMatchObject({ version: 1 })
  })

  it('who do not exist are refused, and nobody joins', async () => {
    const groupId = await newGroup()
    const ada = await someone()
    const stranger = (await newPerson((await newOrganization(world)).scim)).id
    for (const other of ['nonsense', stranger]) {
      await expect(addGroupMembers(owner, { groupId, userIds: [ada, other] })).rejects.toMatchObject({
        code: 'memberships/unknown-person',
      })
    }
    expect(await members(groupId)).toEqual([])
  })
})

describe('group admins', () => {
  it('manage their own groups: members, and nothing else', async () => {
    const [mine, others] = [await newGroup(), await newGroup()]
    const chief = await newColleague({ ...org, world }, { role: 'user' })
    await setGroupAdmins(owner, { groupId: mine, userIds: [chief.userId] })
    expect(await roleOf(chief.userId)).toBe('group_admin')
    const ctx = world.contextFor(org.orgId, { ...chief.actor, role: 'group_admin' })
    const ada = await someone()
    expect(await addGroupMembers(ctx, { groupId: mine, userIds: [ada] })).toMatchObject({ joined: 1 })
    expect(await removeGroupMembers(ctx, { groupId: mine, userIds: [ada] })).toBe(1)
    await expect(addGroupMembers(ctx, { groupId: others, userIds: [ada] })).rejects.toMatchObject({
      code: 'groups/unknown',
    })
    for (const refused of [
      () => renameGroup(ctx, { groupId: mine, name: 'x' }),
      () => deleteGroupByHand(ctx, { groupId: mine }),
      () => setGroupAdmins(ctx, { groupId: mine, userIds: [] }),
      () => createGroupByHand(ctx, { name: 'x' }),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'actor/not-permitted' })
    }
  })

  it('lose the role with their last group, whether it is taken or deleted', async () => {
    const [one, two] = [await newGroup(), await newGroup()]
    const chief = await someone()
    await setGroupAdmins(owner, { groupId: one, userIds: [chief] })
    await setGroupAdmins(owner, { groupId: two, userIds: [chief] })
    await setGroupAdmins(owner, { groupId: one, userIds: [] })
    expect(await roleOf(chief)).toBe('group_admin')
    await deleteGroupByHand(owner, { groupId: two })
    expect(await roleOf(chief)).toBe('user')
  })

  it('who had another role meanwhile manage what they are given now, and nothing from before', async () => {
    const [one, two] = [await newGroup(), await newGroup()]
    const chief = await someone()
    await setGroupAdmins(owner, { groupId: one, userIds: [chief] })
    await changeUserRole(owner, { userId: chief, role: 'user' })
    await setGroupAdmins(owner, { groupId: two, userIds: [chief] })
    const rows = await owner.db.groupAdmin.findMany({ where: { orgId: org.orgId, userId: chief } })
    expect(rows.map(({ groupId }) => groupId)).toEqual([two])
  })

  it('who take their role back at once manage what they managed', async () => {
    const groupId = await newGroup()
    const chief = await someone()
    await setGroupAdmins(owner, { groupId, userIds: [chief] })
    await changeUserRole(owner, { userId: chief, role: 'user' })
    await changeUserRole(owner, { userId: chief, role: 'group_admin' })
    const rows = await owner.db.groupAdmin.findMany({ where: { orgId: org.orgId, userId: chief } })
    expect(rows.map(row => row.groupId)).toEqual([groupId])
  })

  it('cannot be people who manage every group already, or who do not exist', async () => {
    const groupId = await newGroup()
    await expect(setGroupAdmins(owner, { groupId, userIds: [org.admin.userId] })).rejects.toMatchObject({
      code: 'groups/manages-all',
    })
    const unknown = '018f0000-0000-7000-8000-000000000000'
    await expect(setGroupAdmins(owner, { groupId, userIds: [unknown] })).rejects.toMatchObject({
      code: 'groups/unknown-person',
    })
  })

  it('who became admins keep that role when the group is taken from them', async () => {
    const groupId = await newGroup()
    const chief = await someone()
    await setGroupAdmins(owner, { groupId, userIds: [chief] })
    await changeUserRole(owner, { userId: chief, role: 'admin' })
    await setGroupAdmins(owner, { groupId, userIds: [] })
    expect(await roleOf(chief)).toBe('admin')
  })
})

describe('a plan without groups', () => {
  it('refuses changes but deletion', async () => {
    const small = await newOrganization(world)
    const groupId = await createGroupByHand(small.owner.ctx, { name: 'Before' })
    await updateOrganization(world.contextFor(small.orgId, operatorActor), { plan: 'standard' })
    const missing = { code: 'organizations/not-in-plan', detail: { feature: 'groups' } }
    for (const refused of [
      () => createGroupByHand(small.owner.ctx, { name: 'x' }),
      () => renameGroup(small.owner.ctx, { groupId, name: 'x' }),
      () => addGroupMembers(small.owner.ctx, { groupId, userIds: [] }),
      () => removeGroupMembers(small.owner.ctx, { groupId, userIds: [] }),
      () => setGroupAdmins(small.owner.ctx, { groupId, userIds: [] }),
    ]) {
      await expect(refused()).rejects.toMatchObject(missing)
    }
    await deleteGroupByHand(small.owner.ctx, { groupId })
  })
})

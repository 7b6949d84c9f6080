// The life of a group at the SCIM door: create, change members, rename, delete, and what the log says of it.
import { describe, expect, it } from 'vitest'
import { exchangesOf, expectError, idOf, resourcesOf, useDoor } from './client.ts'
import { GROUP, group, makeGroup, member, membersOf, people, values } from './group-client.ts'

const door = useDoor()

describe('creating a group', () => {
  it('OK12, C1: answers 201 with the resource, its address and its version', async () => {
    const tenant = await door.tenant()
    const [ada] = await people(tenant, 1)
    const answer = await tenant.post(
      '/Groups',
      group({ displayName: 'Sales', externalId: 'g-1', members: [member(ada)] }),
    )
    expect(answer.status, answer.text).toBe(201)
    const id = idOf(answer.body)
    expect(answer.body).toMatchObject({
      schemas: [GROUP],
      displayName: 'Sales',
      externalId: 'g-1',
      members: [{ value: ada, $ref: `${tenant.base}/Users/${String(ada)}`, type: 'User' }],
      meta: { resourceType: 'Group', location: `${tenant.base}/Groups/${id}`, version: 'W/"1"' },
    })
    expect(answer.headers).toMatchObject({ location: `${tenant.base}/Groups/${id}`, etag: 'W/"1"' })
    expect((await tenant.get(`/Groups/${id}`)).body).toEqual(answer.body)
  })

  it('EN14, JC6: takes what Entra ID and JumpCloud send', async () => {
    const tenant = await door.tenant()
    const schemas = [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group']
    expect((await tenant.post('/Groups', group({ schemas, meta: { resourceType: 'Group' } }))).status).toBe(
      201,
    )
    expect((await tenant.post('/Groups', { displayName: 'probe group' })).status).toBe(201)
  })

  it('refuses a name that is taken, letter case aside, with 409', async () => {
    const tenant = await door.tenant()
    await makeGroup(tenant, group({ displayName: 'Sales' }))
    expectError(await tenant.post('/Groups', group({ displayName: 'SALES' })), 409, 'uniqueness')
    const other = await door.tenant()
    await makeGroup(other, group({ displayName: 'Sales' }))
  })

  it('DM33: refuses members that do not exist, and makes nothing', async () => {
    const tenant = await door.tenant()
    const stranger = await (await door.tenant()).make()
    for (const value of ['nobody', stranger]) {
      expectError(await tenant.post('/Groups', group({ members: [member(value)] })), 400, 'invalidValue')
    }
    expect((await tenant.get('/Groups')).body).toMatchObject({ totalResults: 0 })
  })
})

describe('changing members', () => {
  it('EN40, EN46, H25, H33: adds and removes, again and again', async () => {
    const tenant = await door.tenant()
    const [ada, bob] = await people(tenant, 2)
    const id = await makeGroup(tenant)
    for (let round = 0; round < 2; round += 1) {
      const added = await tenant.patch(`/Groups/${id}`, [
        { op: 'Add', path: 'members', value: [{ $ref: null, value: ada }] },
      ])
      expect([added.status, added.headers['etag']]).toEqual([204, 'W/"2"'])
    }
    await tenant.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: [member(bob)] }])
    for (let round = 0; round < 2; round += 1) {
      const removed = await tenant.patch(`/Groups/${id}`, [
        { op: 'remove', path: `members[value eq "${String(ada)}"]` },
      ])
      expect([removed.status, removed.headers['etag']]).toEqual([204, 'W/"4"'])
    }
    expect(await membersOf(tenant, id)).toEqual([bob])
  })

  it('OK15, U13, EN45: replaces the list by PATCH and PUT, and empties it', async () => {
    const tenant = await door.tenant()
    const [ada, bob, eve] = await people(tenant, 3)
    const resource = group({ members: [member(ada), member(bob)] })
    const id = await makeGroup(tenant, resource)
    await tenant.patch(`/Groups/${id}`, [
      { op: 'replace', path: 'members', value: [member(bob), member(eve)] },
    ])
    expect(await membersOf(tenant, id)).toEqual([bob, eve])
    const put = await tenant.put(`/Groups/${id}`, { ...resource, members: [member(ada)] })
    expect([put.status, values(put.body)]).toEqual([200, [ada]])
    await tenant.patch(`/Groups/${id}`, [{ op: 'replace', path: 'members', value: null }])
    expect(await membersOf(tenant, id)).toEqual([])
    const { members: _members, ...plain } = resource
    await tenant.patch(`/Groups/${id}`, [{ op: 'add', value: { members: [member(ada)] } }])
    expect(values((await tenant.put(`/Groups/${id}`, plain)).body)).toEqual([])
  })

  it('H4, DM32, DM33: does all or nothing, and says why', async () => {
    const tenant = await door.tenant()
    const [ada] = await people(tenant, 1)
    const id = await makeGroup(tenant)
    const other = await makeGroup(tenant)
    const refused = await tenant.patch(`/Groups/${id}`, [
      { op: 'add', path: 'members', value: [member(ada)] },
      { op: 'add', path: 'members', value: [member(other)] },
    ])
    expectError(refused, 400, 'invalidValue')
    const nested = [{ op: 'add', path: 'members', value: [{ value: other, type: 'Group' }] }]
    expect((await tenant.patch(`/Groups/${id}`, nested)).text).toContain('Groups inside groups')
    expect(await membersOf(tenant, id)).toEqual([])
    expect((await tenant.get(`/Groups/${id}`)).headers['etag']).toBe('W/"1"')
  })

  it('leaves other reasons for a membership alone', async () => {
    const tenant = await door.tenant()
    const { orgId } = tenant.org
    const [ada] = await people(tenant, 1)
    const id = await makeGroup(tenant, group({ members: [member(ada)] }))
    const { db } = door.world.contextFor(orgId, tenant.org.owner.actor)
    const key = { orgId, groupId: id, userId: String(ada) }
    await db.membershipSource.create({ data: { ...key, kind: 'manual', grantedAt: new Date() } })
    await tenant.patch(`/Groups/${id}`, [{ op: 'remove', path: 'members' }])
    expect(await membersOf(tenant, id)).toEqual([ada])
    expect(await db.membershipSource.findMany({ where: { orgId }, select: { kind: true } })).toEqual([
      { kind: 'manual' },
    ])
    expect((await tenant.get(`/Groups/${id}`)).headers['etag']).toBe('W/"1"')
  })

  it('H5, T17: answers the resource when attributes are asked for, and honours Prefer', async () => {
    const tenant = await door.tenant()
    const [ada] = await people(tenant, 1)
    const id = await makeGroup(tenant)
    const add = [{ op: 'add', path: 'members', value: [member(ada)] }]
    const shown = await tenant.patch(`/Groups/${id}?attributes=members`, add)
    expect([shown.status, values(shown.body)]).toEqual([200, [ada]])
    const minimal = await tenant.patch(`/Groups/${id}?attributes=members`, add, { prefer: 'return=minimal' })
    expect([minimal.status, minimal.headers['preference-applied']]).toEqual([204, 'return=minimal'])
  })
})

describe('renaming and deleting a group', () => {
  it('EN44, OK13, AU5: renames, and refuses a name that is taken', async () => {
    const tenant = await door.tenant()
    await makeGroup(tenant, group({ displayName: 'Sales' }))
    const id = await makeGroup(tenant, group({ displayName: 'Support' }))
    expectError(
      await tenant.patch(`/Groups/${id}`, [{ op: 'Replace', path: 'displayName', value: 'sales' }]),
      409,
      'uniqueness',
    )
    const whole = { schemas: [GROUP], id, externalId: 'x', displayName: 'SUPPORT' }
    expect((await tenant.patch(`/Groups/${id}`, [{ op: 'replace', value: whole }])).status).toBe(204)
    expect((await tenant.get(`/Groups/${id}`)).body).toMatchObject({
      displayName: 'SUPPORT',
      externalId: 'x',
    })
  })

  it('ET2: refuses a change of another version with 412', async () => {
    const tenant = await door.tenant()
    const id = await makeGroup(tenant)
    const stale = { 'if-match': 'W/"7"' }
    const rename = [{ op: 'replace', path: 'displayName', value: 'x' }]
    for (const answer of [
      await tenant.patch(`/Groups/${id}`, rename, stale),
      await tenant.put(`/Groups/${id}`, group(), stale),
      await tenant.remove(`/Groups/${id}`, stale),
    ])
      expectError(answer, 412)
    expect((await tenant.patch(`/Groups/${id}`, rename, { 'if-match': 'W/"1"' })).status).toBe(204)
    expect((await tenant.get(`/Groups/${id}`, { 'if-none-match': 'W/"2"' })).status).toBe(304)
  })

  it('OK16, DL1: deletes once, and leaves the people', async () => {
    const tenant = await door.tenant()
    const [ada] = await people(tenant, 1)
    const id = await makeGroup(tenant, group({ members: [member(ada)] }))
    expect((await tenant.remove(`/Groups/${id}`)).status).toBe(204)
    expectError(await tenant.remove(`/Groups/${id}`), 404)
    expectError(await tenant.get(`/Groups/${id}`), 404)
    expectError(await tenant.patch(`/Groups/${id}`, [{ op: 'remove', path: 'members' }]), 404)
    expect((await tenant.get(`/Users/${String(ada)}`)).body['groups']).toBeUndefined()
  })
})

describe('the log', () => {
  it('tells what happened to groups in plain sentences', async () => {
    const tenant = await door.tenant()
    const [ada] = await people(tenant, 3)
    const id = await makeGroup(tenant, group({ displayName: 'Sales' }))
    const all = resourcesOf((await tenant.get('/Users')).body).map(each => ({ value: each['id'] }))
    const count = all.length
    await tenant.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: all }])
    await tenant.patch(`/Groups/${id}`, [
      { op: 'replace', path: 'displayName', value: 'Sales EMEA' },
      { op: 'remove', path: `members[value eq "${String(ada)}"]` },
    ])
    await tenant.patch(`/Groups/${id}`, [{ op: 'remove', path: `members[value eq "${String(ada)}"]` }])
    await tenant.remove(`/Groups/${id}`)
    const rows = await exchangesOf(door.world, tenant, 9)
    const told = rows.slice(-4).map(({ summary }) => summary.replace(/person-\d+@ex.org/, 'Ada'))
    expect(told).toEqual([
      `Added ${String(count)} people to Sales`,
      'Renamed Sales to Sales EMEA, removed Ada from Sales EMEA',
      'Removed nobody from Sales EMEA',
      'Deleted the group Sales EMEA',
    ])
    expect(rows.at(-2)?.changedNothing).toBe(true)
    const { db } = door.world.contextFor(tenant.org.orgId, tenant.org.owner.actor)
    const events = await db.provisioningEvent.findMany({
      where: { orgId: tenant.org.orgId, groupId: id },
      orderBy: { sequence: 'asc' },
    })
    expect(events.map(({ type }) => type)).toEqual([
      'group.created',
      'group.member_added',
      'group.updated',
      'group.member_removed',
      'group.deleted',
    ])
    expect(events[1]?.detail).toMatchObject({ subject: 'Sales', people: { count } })
    expect(events[3]?.userId).toBe(ada)
  })
})

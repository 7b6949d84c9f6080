// Groups as they are found and shown: filters, lists, on people, and what an organization may set about them.
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { operatorActor } from '#test/support/make-world.ts'
import { describe, expect, it } from 'vitest'
import { urn } from '#server/scim/index.ts'
import { expectError, person, resourcesOf, useDoor } from './client.ts'
import { GROUP, group, makeGroup, member, membersOf, people, values } from './group-client.ts'

const door = useDoor()

describe('people and their groups', () => {
  it('shows the groups of people, in lists too, unless nobody asks', async () => {
    const tenant = await door.tenant()
    const [ada] = await people(tenant, 1)
    const id = await makeGroup(tenant, group({ displayName: 'Sales', members: [member(ada)] }))
    const groups = [{ value: id, $ref: `${tenant.base}/Groups/${id}`, display: 'Sales', type: 'direct' }]
    expect((await tenant.get(`/Users/${String(ada)}`)).body['groups']).toEqual(groups)
    const list = await tenant.get(`/Users?filter=${encodeURIComponent(`groups.value eq "${id}"`)}`)
    expect(resourcesOf(list.body).map(each => each['groups'])).toEqual([groups])
    expect(
      (await tenant.get(`/Users/${String(ada)}?excludedAttributes=groups`)).body['groups'],
    ).toBeUndefined()
  })

  it('DL2: takes a deleted person out of every group; deactivation changes nothing', async () => {
    const tenant = await door.tenant()
    const [ada, bob] = await people(tenant, 2)
    const id = await makeGroup(tenant, group({ members: [member(ada), member(bob)] }))
    await tenant.patch(`/Users/${String(ada)}`, [{ op: 'replace', path: 'active', value: false }])
    expect((await tenant.get(`/Groups/${id}`)).headers['etag']).toBe('W/"1"')
    expect((await tenant.remove(`/Users/${String(ada)}`)).status).toBe(204)
    const after = await tenant.get(`/Groups/${id}`)
    expect([values(after.body), after.headers['etag']]).toEqual([[bob], 'W/"2"'])
  })
})

describe('finding groups', () => {
  it('OK17: lists none', async () => {
    const tenant = await door.tenant()
    expect((await tenant.get('/Groups?startIndex=1&count=100')).body).toMatchObject({
      totalResults: 0,
      Resources: [],
    })
  })

  it('filters by name, externalId, id, members and meta', async () => {
    const tenant = await door.tenant()
    const [ada, bob] = await people(tenant, 2)
    const id = await makeGroup(
      tenant,
      group({ displayName: 'Sales', externalId: 'S-1', members: [member(ada)] }),
    )
    await makeGroup(tenant, group({ displayName: 'Support', members: [member(bob)] }))
    await makeGroup(tenant, group({ displayName: 'Empty' }))
    const found = async (filter: string) =>
      resourcesOf((await tenant.get(`/Groups?filter=${encodeURIComponent(filter)}`)).body).map(
        each => each['displayName'],
      )
    const cases: [filter: string, names: string[]][] = [
      ['displayName eq "sALES"', ['Sales']],
      ['displayName sw "s"', ['Sales', 'Support']],
      ['displayName ne "Sales"', ['Support', 'Empty']],
      ['externalId eq "S-1"', ['Sales']],
      ['externalId eq "s-1"', []],
      ['externalId pr', ['Sales']],
      [`id eq "${id}"`, ['Sales']],
      ['id eq "nonsense"', []],
      [`members.value eq "${String(ada)}"`, ['Sales']],
      [`members[value eq "${String(bob)}"]`, ['Support']],
      [`members eq "${String(bob)}"`, ['Support']],
      ['members pr', ['Sales', 'Support']],
      ['not (members pr)', ['Empty']],
      ['members[type eq "user" and display co "person"]', ['Sales', 'Support']],
      [`displayName eq "Sales" and members.value eq "${String(bob)}"`, []],
      ['meta.created gt "2020-01-01T00:00:00Z"', ['Sales', 'Support', 'Empty']],
      ['meta.version eq "W/\\"1\\""', ['Sales', 'Support', 'Empty']],
    ]
    for (const [filter, expected] of cases) expect([filter, await found(filter)]).toEqual([filter, expected])
    const sorted = await tenant.get('/Groups?sortBy=displayName&sortOrder=descending&count=2&startIndex=2')
    expect(resourcesOf(sorted.body).map(each => each['displayName'])).toEqual(['Sales', 'Empty'])
    expect(sorted.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 2 })
    expectError(await tenant.get('/Groups?filter=meta.location%20pr'), 400, 'invalidFilter')
  })

  it('A1, A9: shows members in lists, or only what is asked for', async () => {
    const tenant = await door.tenant()
    const [ada] = await people(tenant, 1)
    const id = await makeGroup(tenant, group({ displayName: 'Sales', members: [member(ada)] }))
    const [whole] = resourcesOf((await tenant.get('/Groups')).body)
    expect(values(whole ?? {})).toEqual([ada])
    const [slim] = resourcesOf((await tenant.get('/Groups?excludedAttributes=members')).body)
    expect(slim?.['members']).toBeUndefined()
    expect((await tenant.get(`/Groups/${id}?attributes=displayName`)).body).toEqual({
      schemas: [GROUP],
      id,
      displayName: 'Sales',
    })
  })
})

describe('an organization', () => {
  it('without groups answers 404 and does not list the type', async () => {
    const tenant = await door.tenant({ acceptsGroups: false })
    expectError(await tenant.get('/Groups'), 404)
    expectError(await tenant.post('/Groups', group()), 404)
    const types = resourcesOf((await tenant.get('/ResourceTypes')).body).map(each => each['id'])
    expect(types).toEqual(['User'])
    expect((await (await door.tenant()).get('/ResourceTypes')).body).toMatchObject({ totalResults: 2 })
  })

  it('whose plan has no groups answers 403 with the reason, and people as ever', async () => {
    const tenant = await door.tenant()
    const operator = door.world.contextFor(tenant.org.orgId, operatorActor)
    await updateOrganization(operator, { entitlements: { groups: false } })
    const refused = await tenant.post('/Groups', group())
    expectError(refused, 403)
    expect(refused.body).toMatchObject({ detail: expect.stringContaining('Groups is not part of') as string })
    expectError(await tenant.get('/Groups'), 403)
    expect((await tenant.get('/Users')).status).toBe(200)
  })

  it('that keeps unknown members waiting takes them in when they arrive', async () => {
    const tenant = await door.tenant({ unknownMembers: 'keep-waiting' })
    const [ada] = await people(tenant, 1)
    const id = await makeGroup(
      tenant,
      group({ members: [member(ada), member('ext-bob'), member('Eve@ex.org'), member('gone')] }),
    )
    await tenant.patch(`/Groups/${id}`, [{ op: 'remove', path: 'members', value: [member('gone')] }])
    expect(await membersOf(tenant, id)).toEqual([ada])
    const bob = await tenant.make(person({ externalId: 'ext-bob' }))
    const eve = await tenant.make({ schemas: [urn.user], userName: 'eve@EX.org' })
    await tenant.make(person({ externalId: 'gone' }))
    expect(await membersOf(tenant, id)).toEqual([ada, bob, eve])
    const late = await tenant.make()
    await tenant.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: [member('ext-late')] }])
    await tenant.patch(`/Users/${late}`, [{ op: 'replace', path: 'externalId', value: 'ext-late' }])
    expect(await membersOf(tenant, id)).toContain(late)
  })
})

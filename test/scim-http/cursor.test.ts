// Cursor paging at the door (RFC 9865; checklist 3.9).
import { beforeAll, describe, expect, it } from 'vitest'
import { configureProvisioning } from '#server/domain/organizations/configure-provisioning.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { fakeClock, hour, second } from '#test/support/fake-clock.ts'
import { proveAgain } from '#test/support/make-world.ts'
import { CAL, expectError, idOf, person, resourcesOf, useDoor, type Answered, type Tenant } from './client.ts'
import { cursorIn, pageOf, walk, walkByIndex } from './cursor-client.ts'
import { group, makeGroup } from './group-client.ts'

const clock = fakeClock()
const door = useDoor({ clock })
let tenant: Tenant

/** Names, titles and mail addresses that are alike, missing or differ in letter case only; 11 with owner and admin. */
const people = [
  { userName: 'b@ex.org', title: 'x', externalId: 'B', emails: [{ value: 'z@a.org' }] },
  { userName: 'A@ex.org', title: 'X', externalId: 'a', emails: [{ value: 'B@a.org' }], active: false },
  { userName: 'c@ex.org', name: { familyName: 'Öz' }, externalId: 'C' },
  { userName: 'd@ex.org', name: { familyName: 'öz' }, [CAL]: { group: 'Sales' } },
  { userName: 'e@ex.org', title: 'a', externalId: 'e' },
  { userName: 'ä@ex.org', title: 'long '.repeat(400), externalId: 'c' },
  { userName: 'f@ex.org', title: 'long '.repeat(401), emails: [{ value: 'a@a.org' }], active: false },
  { userName: 'g@ex.org', title: '😀', externalId: '😀' },
  { userName: 'h@ex.org' },
]

beforeAll(async () => {
  tenant = await door.tenant()
  for (const each of people) {
    await tenant.make(person(each))
    clock.advance(1)
  }
})

const firstCursor = async (path: string, of: Tenant = tenant): Promise<string> =>
  cursorIn(await pageOf(of, path)) ?? ''
const follow = (path: string, cursor: string, of: Tenant = tenant): Promise<Answered> =>
  of.get(`${path}&cursor=${cursor}`)

describe('pages by cursor', () => {
  it.each(['/Users?cursor&count=4', '/Users?cursor=&count=4', '/Users?COUNT=4&Cursor='])(
    'K1, K2, K3: %s is the first page',
    async path => {
      const { status, body } = await tenant.get(path)
      expect(status).toBe(200)
      expect(Object.keys(body)).toEqual([
        'schemas',
        'totalResults',
        'itemsPerPage',
        'nextCursor',
        'Resources',
      ])
      expect(body).toMatchObject({ totalResults: 11, itemsPerPage: 4 })
      expect(cursorIn(body)).toMatch(/^[A-Za-z0-9._~-]{40,400}$/)
    },
  )

  it('K1, K2: the last page has no cursor, full or not', async () => {
    for (const count of [4, 11, 12]) {
      const seen = await walk(tenant, `/Users?count=${String(count)}`)
      expect(new Set(seen.map(idOf)).size).toBe(11)
    }
    expect(await pageOf(tenant, '/Users?count=11')).not.toHaveProperty('nextCursor')
    expect(await pageOf(tenant, '/Users?filter=userName eq "nobody"')).toMatchObject({
      totalResults: 0,
      itemsPerPage: 0,
      Resources: [],
    })
  })

  it.each(['0', '-1'])('K4: count=%s gives the total only', async count => {
    const path = `/Users?filter=title pr&count=${count}`
    const body = await pageOf(tenant, path)
    expect(body).toMatchObject({ totalResults: 6, itemsPerPage: 0, Resources: [] })
    expect(body).not.toHaveProperty('nextCursor')
  })

  it('K5: totals are exact, and left out where every page would cost a count', async () => {
    const path = '/Users?count=2&filter=title pr'
    const cursor = await firstCursor(path)
    expect(await pageOf(tenant, path)).toHaveProperty('totalResults', 6)
    expect(await pageOf(tenant, path, cursor)).not.toHaveProperty('totalResults')
    const everyone = await firstCursor('/Users?count=2')
    expect(await pageOf(tenant, '/Users?count=2', everyone)).toHaveProperty('totalResults', 11)
  })

  it('K9, K10, Q21: without a parameter the pages are counted and lead on by cursor, too', async () => {
    const { body } = await tenant.get('/Users?count=4')
    expect(body).toMatchObject({ totalResults: 11, startIndex: 1, itemsPerPage: 4 })
    const next = await pageOf(tenant, '/Users?count=4', cursorIn(body))
    expect(resourcesOf(next).map(idOf)).toEqual(
      resourcesOf((await tenant.get('/Users?count=4&startIndex=5')).body).map(idOf),
    )
    expect((await tenant.get('/Users')).body).not.toHaveProperty('nextCursor')
  })

  it('K9: a request with startIndex sees no cursor', async () => {
    const { body } = await tenant.get('/Users?count=4&startIndex=1')
    expect(body).toMatchObject({ startIndex: 1, itemsPerPage: 4 })
    expect(body).not.toHaveProperty('nextCursor')
  })

  it('K14: beside a cursor, startIndex is ignored', async () => {
    const path = '/Users?count=4'
    const cursor = await firstCursor(path)
    const ids = async (query: string) => resourcesOf((await follow(path, cursor + query)).body).map(idOf)
    expect(await ids('&startIndex=9')).toEqual(await ids(''))
  })

  it('D6: is announced as it is', async () => {
    const { body } = await tenant.get('/ServiceProviderConfig')
    expect(body['pagination']).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 500,
      cursorTimeout: 3_600,
    })
  })
})

describe('sorted pages', () => {
  const sorts = [
    'userName',
    'externalId',
    'title',
    'name.familyName',
    'emails',
    'active',
    'id',
    'meta.created',
    'meta.lastModified',
    'meta.version',
    'meta.resourceType',
    `${CAL}:group`,
  ]
  const cases = sorts.flatMap(sortBy => ['ascending', 'descending'].map(order => [sortBy, order] as const))

  it.each(cases)(
    'K8, SO3, SO6: by %s %s, cursors lead through the same list as numbers',
    async (sortBy, order) => {
      const query = `/Users?attributes=id&sortBy=${sortBy}&sortOrder=${order}&count=`
      const whole = resourcesOf((await tenant.get(`${query}500`)).body).map(idOf)
      expect(whole).toHaveLength(11)
      for (const count of ['2', '3']) expect((await walk(tenant, query + count)).map(idOf)).toEqual(whole)
    },
  )

  it.each(['', '&sortBy=title', '&sortBy=externalId&sortOrder=descending', '&sortBy=emails'])(
    'K15: who stays is seen once, whoever comes and goes between the pages%s',
    async sort => {
      const place = await door.tenant()
      const ids: string[] = []
      for (const each of people) ids.push(await place.make(person(each)))
      const leavers = ids.filter((_id, index) => index % 2 === 0)
      const seen = await walk(place, `/Users?attributes=id&count=2${sort}`, async () => {
        const leaver = leavers.shift()
        if (leaver === undefined) return
        await place.remove(`/Users/${leaver}`)
        await place.make(person({ title: 'a', externalId: `Z${leaver}` }))
      })
      const counted = seen.map(idOf)
      expect(new Set(counted).size).toBe(counted.length)
      expect(counted).toEqual(expect.arrayContaining(ids.filter((_id, index) => index % 2 === 1)))
    },
  )
})

describe('what a cursor is bound to', () => {
  const path = '/Users?filter=title pr&sortBy=title&attributes=title&count=2'

  it.each([
    ['another count', 'count=2', 'count=3', 'invalidCount'],
    ['no count', '&count=2', '', 'invalidCount'],
    ['another filter', 'title pr', 'title sw "x"', 'invalidCursor'],
    ['no filter', 'filter=title pr&', '', 'invalidCursor'],
    ['another sort', 'sortBy=title', 'sortBy=userName', 'invalidCursor'],
    ['another direction', 'sortBy=title', 'sortBy=title&sortOrder=descending', 'invalidCursor'],
    ['other attributes', 'attributes=title', 'attributes=title,emails', 'invalidCursor'],
  ])('K6: %s is refused', async (_case, from, to, scimType) => {
    expectError(await follow(path.replace(from, to), await firstCursor(path)), 400, scimType)
  })

  it('K6: a cursor for people leads to no groups', async () => {
    expectError(await follow('/Groups?count=2', await firstCursor('/Users?count=2')), 400, 'invalidCursor')
  })

  it('K7: a cursor that is too old is expired, not a second earlier', async () => {
    const cursor = await firstCursor(path)
    clock.advance(hour)
    expect((await follow(path, cursor)).status).toBe(200)
    clock.advance(second)
    expectError(await follow(path, cursor), 400, 'expiredCursor')
  })

  it('K7: a count that is no number is invalidCount', async () => {
    expectError(await tenant.get('/Users?cursor&count=ten'), 400, 'invalidCount')
    expectError(await tenant.get('/Users?count=ten'), 400, 'invalidValue')
  })

  it('K12: forged, foreign and made-up cursors sound alike', async () => {
    const cursor = await firstCursor(path)
    const other = await door.tenant()
    for (const each of people) await other.make(person(each))
    await proveAgain(tenant.org.owner.ctx)
    const sibling = await issueScimToken(tenant.org.owner.ctx, { name: 'Sibling' })
    const flipped = Array.from({ length: 8 }, (_, part) => {
      const at = Math.floor((part * (cursor.length - 1)) / 7)
      return cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1)
    })
    const answers = [
      await follow(path, await firstCursor(path, other)),
      await tenant.get(`${path}&cursor=${cursor}`, { authorization: `Bearer ${sibling.secret}` }),
      ...(await Promise.all(
        [...flipped, 'x', '0', '%00', 'A'.repeat(5_000), `${cursor}A`, `${cursor}=`, cursor.slice(0, -2)].map(
          each => follow(path, each),
        ),
      )),
    ]
    for (const answer of answers) expectError(answer, 400, 'invalidCursor')
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  it('K12a: a cursor ends with a change of what the connection may do', async () => {
    const place = await door.tenant()
    const cursor = await firstCursor('/Users?count=1', place)
    expect((await follow('/Users?count=1', cursor, place)).status).toBe(200)
    await configureProvisioning(place.org.owner.ctx, { acceptsGroups: false })
    expectError(await follow('/Users?count=1', cursor, place), 400, 'invalidCursor')
    const second = await firstCursor('/Users?count=1', place)
    await enforceProvisioning(place.org.owner.ctx, { enforced: false })
    clock.advance(1)
    await enforceProvisioning(place.org.owner.ctx, { enforced: true })
    expectError(await follow('/Users?count=1', second, place), 400, 'invalidCursor')
  })

  it('K12: says nothing of what it holds', async () => {
    const cursor = await firstCursor('/Users?sortBy=userName&count=3')
    const again = await firstCursor('/Users?sortBy=userName&count=3')
    expect(again).not.toBe(cursor)
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/@ex|title|[0-9a-f]{8}-/)
  })
})

describe('groups by cursor', () => {
  it.each([
    '',
    '&sortBy=displayName',
    '&sortBy=externalId',
    '&sortBy=externalId&sortOrder=descending',
    '&filter=displayName pr',
  ])('K1, K8, K15: are each seen once%s', async query => {
    const place = await door.tenant()
    for (const externalId of ['b', null, 'a', null, 'c', null, 'd'])
      await makeGroup(place, group(externalId === null ? {} : { externalId }))
    const path = `/Groups?count=2${query}`
    const first = await place.get(path)
    expect(first.body).toMatchObject({ totalResults: 7, startIndex: 1, itemsPerPage: 2 })
    const whole = (await walkByIndex(place, path)).map(idOf)
    const stays = whole.slice(2)
    const seen = await walk(place, path, async had => {
      if (had.length === 2) await place.remove(`/Groups/${idOf(had[0] ?? {})}`)
    })
    expect(seen.map(idOf).slice(2)).toEqual(stays)
  })
})

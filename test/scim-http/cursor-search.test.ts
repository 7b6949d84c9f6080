// Cursor paging by POST .search and over people and groups at once (RFC 9865 section 3; checklist 3.9).
import { beforeAll, describe, expect, it } from 'vitest'
import { urn, type Json, type Resource } from '#server/scim/index.ts'
import { expectError, idOf, person, resourcesOf, useDoor, type Answered, type Tenant } from './client.ts'
import { cursorIn, walk, walkByIndex } from './cursor-client.ts'
import { group, makeGroup } from './group-client.ts'

const door = useDoor()
let tenant: Tenant

/** Three people, with the owner and the admin five, and four groups. */
beforeAll(async () => {
  tenant = await door.tenant()
  await tenant.make(person({ userName: 'ada@ex.org', displayName: 'Bee', externalId: 'e3' }))
  await tenant.make(person({ userName: 'bob@ex.org', externalId: 'e1' }))
  await tenant.make(person({ userName: 'cyd@ex.org', displayName: 'alps', active: false }))
  for (const displayName of ['Alpha', 'bravo', 'Charlie', 'delta'])
    await makeGroup(tenant, group({ displayName, ...(displayName === 'bravo' ? { externalId: 'e2' } : {}) }))
})

const search = (path: string, members: Record<string, Json>): Promise<Answered> =>
  tenant.post(`${path}/.search`, { schemas: [urn.searchRequest], ...members })

async function walkBySearch(path: string, members: Record<string, Json>): Promise<readonly Resource[]> {
  const seen: Resource[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const { status, body, text } = await search(path, { ...members, cursor })
    expect(status, text).toBe(200)
    seen.push(...resourcesOf(body))
    cursor = cursorIn(body)
  }
  return seen
}

describe('cursors by POST .search', () => {
  it.each([
    ['/Users', { sortBy: 'userName', attributes: ['userName'] }, 'sortBy=userName&attributes=userName'],
    ['/Groups', { filter: 'displayName pr' }, 'filter=displayName pr'],
    [
      '',
      { sortBy: 'displayName', excludedAttributes: ['meta'] },
      'sortBy=displayName&excludedAttributes=meta',
    ],
  ])('K11, SR3: %s is walked as by query', async (path, members, query) => {
    const whole = resourcesOf((await tenant.get(`${path || '/'}?${query}`)).body)
    expect(await walkBySearch(path, { ...members, count: 2 })).toEqual(whole)
    expect(await walk(tenant, `${path || '/'}?${query}&count=2`)).toEqual(whole)
  })

  it('K11, K1, K2: answers the same fields', async () => {
    const first = await search('/Users', { cursor: '', count: 3 })
    expect(Object.keys(first.body)).toEqual([
      'schemas',
      'totalResults',
      'itemsPerPage',
      'nextCursor',
      'Resources',
    ])
    const cursor = cursorIn(first.body) ?? ''
    const last = await tenant.get(`/Users?count=3&cursor=${cursor}`)
    expect(last.body).not.toHaveProperty('nextCursor')
  })

  it.each<[string, Record<string, Json>, string]>([
    ['another count', { count: 3 }, 'invalidCount'],
    ['a count that is none', { count: '3x' }, 'invalidCount'],
    ['another filter', { filter: 'externalId pr' }, 'invalidCursor'],
    ['a made-up cursor', { cursor: 'abc' }, 'invalidCursor'],
  ])('K11, K6, K7: %s is refused', async (_case, change, scimType) => {
    for (const path of ['', '/Users', '/Groups']) {
      const cursor = cursorIn((await search(path, { cursor: '', count: 2 })).body) ?? ''
      expectError(await search(path, { cursor, count: 2, ...change }), 400, scimType)
    }
  })
})

describe('cursors over people and groups', () => {
  it.each([
    '',
    '&sortBy=displayName',
    '&sortBy=displayName&sortOrder=descending',
    '&sortBy=externalId',
    '&sortBy=externalId&sortOrder=descending',
    '&sortBy=userName&sortOrder=descending',
    '&sortBy=active',
    '&sortBy=meta.created',
    '&sortBy=meta.version',
    '&sortBy=id&sortOrder=descending',
    '&sortBy=members.value',
    '&filter=displayName pr or userName co "e"',
  ])('K8, K9, R11: lead through the same list as numbers%s', async query => {
    const path = `/?attributes=id${query}`
    const whole = resourcesOf((await tenant.get(path)).body).map(idOf)
    expect(whole).toHaveLength(9)
    for (const count of [1, 2, 3, 5]) {
      expect((await walk(tenant, `${path}&count=${String(count)}`)).map(idOf)).toEqual(whole)
    }
    expect((await walkByIndex(tenant, `${path}&count=4`)).map(idOf)).toEqual(whole)
  })

  it('K2, K5, K9: the total is told at first, the cursor until the last page', async () => {
    const first = await tenant.get('/?count=5')
    expect(first.body).toMatchObject({ totalResults: 9, startIndex: 1, itemsPerPage: 5 })
    const next = await tenant.get(`/?count=5&cursor=${cursorIn(first.body) ?? ''}`)
    expect(Object.keys(next.body)).toEqual(['schemas', 'itemsPerPage', 'Resources'])
    expect((await tenant.get('/?count=9')).body).not.toHaveProperty('nextCursor')
    expect((await tenant.get('/?count=5&startIndex=1')).body).not.toHaveProperty('nextCursor')
  })

  it('K6: a cursor for everything leads through people alone no more than the other way', async () => {
    for (const [from, to] of [
      ['/?count=2', '/Users?count=2'],
      ['/Users?count=2', '/?count=2'],
    ] as const) {
      const cursor = cursorIn((await tenant.get(from)).body) ?? ''
      expectError(await tenant.get(`${to}&cursor=${cursor}`), 400, 'invalidCursor')
    }
  })

  it('K15: who stays is seen once, whoever comes and goes between the pages', async () => {
    const own = await door.tenant()
    const people = [await own.make(), await own.make(), await own.make()]
    const groups = [await makeGroup(own), await makeGroup(own), await makeGroup(own)]
    const leave = [`/Users/${people[0] ?? ''}`, `/Users/${people[1] ?? ''}`, `/Groups/${groups[0] ?? ''}`]
    const seen = await walk(own, '/?attributes=id&count=2', async () => {
      const path = leave.shift()
      if (path === undefined) return
      await own.remove(path)
      await own.make()
      await makeGroup(own)
    })
    const ids = seen.map(idOf)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining([people[2], groups[1], groups[2]]))
  })
})

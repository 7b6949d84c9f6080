// POST .search and queries over people and groups at once (RFC 7644 sections 3.4.2.1 and 3.4.3).
import { beforeAll, describe, expect, it } from 'vitest'
import { urn, type Json } from '#server/scim/index.ts'
import {
  ENT,
  exchangesOf,
  expectError,
  LIST,
  person,
  resourcesOf,
  textOf,
  useDoor,
  type Answered,
  type Tenant,
} from './client.ts'
import { withoutCursor } from './cursor-client.ts'
import { group, makeGroup } from './group-client.ts'

const door = useDoor()
let tenant: Tenant
/** All names in the order of creation, people first. */
const everyone = ['ada@ex.org', 'bob@ex.org', 'cyd@ex.org', 'Alpha', 'bravo', 'Charlie']

beforeAll(async () => {
  tenant = await door.tenant()
  const ada = await tenant.make(person({ userName: 'ada@ex.org', displayName: 'Bee', externalId: 'e3' }))
  await tenant.make(person({ userName: 'bob@ex.org', externalId: 'e1', [ENT]: { department: 'Sales' } }))
  await tenant.make(person({ userName: 'cyd@ex.org', displayName: 'alps', active: false }))
  await makeGroup(tenant, group({ displayName: 'Alpha', members: [{ value: ada }] }))
  await makeGroup(tenant, group({ displayName: 'bravo', externalId: 'e2' }))
  await makeGroup(tenant, group({ displayName: 'Charlie' }))
})

const search = (path: string, members: Record<string, Json>): Promise<Answered> =>
  tenant.post(path, { schemas: [urn.searchRequest], ...members })

/** Only what this file made: the organization's owner and admin are people, too. */
const ours = 'userName ew "@ex.org" or meta.resourceType eq "Group"'
const namesIn = (answer: Answered): string[] => {
  expect(answer.status, answer.text).toBe(200)
  expect(answer.body['schemas']).toEqual([LIST])
  return resourcesOf(answer.body).map(each => textOf(each['userName'] ?? each['displayName']))
}
const rootQuery = (filter: string, more = ''): Promise<Answered> =>
  tenant.get(`/?filter=${encodeURIComponent(filter)}${more}`)

describe('POST .search', () => {
  it.each<[string, string, Record<string, Json>, string]>([
    ['a filter', '/Users', { filter: 'userName co "ex.org"' }, 'filter=userName%20co%20%22ex.org%22'],
    [
      'sorting',
      '/Users',
      { sortBy: 'userName', sortOrder: 'descending' },
      'sortBy=userName&sortOrder=descending',
    ],
    ['a page', '/Users', { startIndex: 2, count: 2 }, 'startIndex=2&count=2'],
    ['count 0', '/Users', { count: 0 }, 'count=0'],
    ['attributes', '/Users', { attributes: ['userName', 'emails'] }, 'attributes=userName,emails'],
    [
      'excludedAttributes',
      '/Users',
      { excludedAttributes: ['name', 'groups'] },
      'excludedAttributes=name,groups',
    ],
    ['nulls', '/Users', { filter: null, count: null, attributes: null }, ''],
    [
      'names in another case',
      '/Users',
      { Filter: 'userName eq "bob@ex.org"', COUNT: 1 },
      'count=1&filter=userName%20eq%20%22bob@ex.org%22',
    ],
    ['unknown members', '/Users', { colour: { red: 1 }, count: 1 }, 'count=1'],
    [
      'groups',
      '/Groups',
      { filter: 'displayName sw "b"', excludedAttributes: ['members'] },
      'filter=displayName%20sw%20%22b%22&excludedAttributes=members',
    ],
    [
      'everything',
      '',
      { filter: ours, sortBy: 'externalId', count: 3 },
      `filter=${encodeURIComponent(ours)}&sortBy=externalId&count=3`,
    ],
  ])('SR3, SR4, A1: %s finds what the same query finds', async (_case, path, members, query) => {
    const found = await search(`${path}/.search`, members)
    expect(found.status, found.text).toBe(200)
    expect(found.headers['location']).toBeUndefined()
    expect(found.headers['cache-control']).toBe('no-store')
    const { body } = await tenant.get(`${path || '/'}?${query}`)
    expect(withoutCursor(found.body)).toEqual(withoutCursor(body))
  })

  it('SR3: the query string is ignored', async () => {
    const found = await search('/Users/.search?filter=nonsense&count=1', { filter: 'userName co "@ex.org"' })
    expect(namesIn(found)).toEqual(['ada@ex.org', 'bob@ex.org', 'cyd@ex.org'])
  })

  it.each<[string, unknown, number, string]>([
    ['SR2: without schemas', { filter: 'id pr' }, 400, 'invalidSyntax'],
    ['SR2: with another schema', { schemas: [urn.listResponse] }, 400, 'invalidSyntax'],
    ['SR2: no body', undefined, 400, 'invalidSyntax'],
    ['SR3: a count with a fraction', { schemas: [urn.searchRequest], count: 1.5 }, 400, 'invalidValue'],
    [
      'SR3: attributes that are numbers',
      { schemas: [urn.searchRequest], attributes: [1] },
      400,
      'invalidValue',
    ],
    [
      'A2: both lists',
      { schemas: [urn.searchRequest], attributes: ['id'], excludedAttributes: ['name'] },
      400,
      'invalidValue',
    ],
    ['F13: a broken filter', { schemas: [urn.searchRequest], filter: 'userName eq' }, 400, 'invalidFilter'],
    ['SO2: an unknown sortBy', { schemas: [urn.searchRequest], sortBy: 'colour' }, 400, 'invalidPath'],
  ])('%s is refused everywhere', async (_case, body, status, scimType) => {
    for (const path of ['/.search', '/Users/.search', '/Groups/.search']) {
      expectError(
        await tenant.call({ method: 'POST', path, ...(body === undefined ? {} : { body }) }),
        status,
        scimType,
      )
    }
  })

  it('SR5, V2: .search takes POST only', async () => {
    for (const path of ['/.search', '/Users/.search', '/Groups/.search']) {
      for (const method of ['GET', 'PUT', 'DELETE'] as const) {
        const answer = await tenant.call({ method, path })
        expectError(answer, 405)
        expect(answer.headers['allow']).toBe('POST, OPTIONS')
      }
    }
  })

  it('T2, T6: it needs a token, and finds nothing of another organization', async () => {
    const stranger = await tenant.call({
      method: 'POST',
      path: '/.search',
      body: {},
      headers: { authorization: undefined },
    })
    expectError(stranger, 401)
    const other = await door.tenant()
    const found = await other.post('/.search', { schemas: [urn.searchRequest], filter: ours })
    expect(found.body['totalResults']).toBe(0)
  })

  it('Z4: a filter that compares a password leaves it out of the log', async () => {
    const own = await door.tenant()
    await own.post('/Users/.search', { schemas: [urn.searchRequest], filter: 'password eq "hunter2"' })
    const [line] = await exchangesOf(door.world, own, 1)
    expect(line).toMatchObject({ path: '/Users/.search', status: 400 })
    expect(JSON.stringify([line?.requestBody, line?.summary])).not.toContain('hunter2')
  })
})

describe('the root query', () => {
  it.each<[string, string, readonly string[]]>([
    ['everyone', ours, everyone],
    ['only people know userName', 'userName pr and userName ew "@ex.org"', everyone.slice(0, 3)],
    ['only groups know members', 'members pr', ['Alpha']],
    ['members in brackets', 'members[value pr]', ['Alpha']],
    ['brackets with a part behind', 'members[type eq "User"].value pr', ['Alpha']],
    ['both know displayName', 'displayName sw "al"', ['cyd@ex.org', 'Alpha']],
    ['both know externalId', 'externalId sw "e"', ['ada@ex.org', 'bob@ex.org', 'bravo']],
    ['a name with URN', `${ENT}:department eq "Sales"`, ['bob@ex.org']],
    [
      'a group or a person',
      'userName eq "bob@ex.org" or displayName eq "Charlie"',
      ['bob@ex.org', 'Charlie'],
    ],
    ['what one type lacks is null', 'userName eq null', ['Alpha', 'bravo', 'Charlie']],
    ['and is not equal', 'userName ne "x" and displayName eq "bravo"', ['bravo']],
    ['and not anything', 'not (userName pr) and not (members pr)', ['bravo', 'Charlie']],
    ['what no type knows', 'shoeSize gt 40', []],
    ['an unknown list', 'shoes[size gt 40 and not (colour eq "red")].laces pr', []],
    ['the type', 'meta.resourceType eq "Group" and displayName pr', everyone.slice(3)],
    ['a boolean of one type', 'active eq false', ['cyd@ex.org']],
  ])('R9: %s', async (_case, filter, names) => {
    expect(namesIn(await rootQuery(filter))).toEqual(names)
  })

  it.each([
    ['a broken filter', 'userName eq'],
    ['brackets that stay open', 'shoes[size gt 40'],
    ['an operator that is none', 'shoes is "x"'],
    ['a wrong type where the attribute is known', 'active eq "perhaps"'],
    ['a secret', 'password eq "x"'],
    ['too many comparisons', Array.from({ length: 51 }, () => 'shoes pr').join(' or ')],
  ])('R9, F13, F16, F26: %s is invalidFilter', async (_case, filter) => {
    expectError(await rootQuery(filter), 400, 'invalidFilter')
  })

  it.each([
    ['the order of creation', '', everyone],
    [
      'a name that both have',
      '&sortBy=displayName',
      ['Alpha', 'cyd@ex.org', 'ada@ex.org', 'bravo', 'Charlie', 'bob@ex.org'],
    ],
    [
      'it backwards, those without first',
      '&sortBy=displayName&sortOrder=descending',
      ['bob@ex.org', 'Charlie', 'bravo', 'ada@ex.org', 'cyd@ex.org', 'Alpha'],
    ],
    [
      'what both have in part',
      '&sortBy=externalId',
      ['bob@ex.org', 'bravo', 'ada@ex.org', 'cyd@ex.org', 'Alpha', 'Charlie'],
    ],
    ['a name of one type', '&sortBy=userName', everyone],
    [
      'a boolean of one type',
      '&sortBy=active',
      ['cyd@ex.org', 'ada@ex.org', 'bob@ex.org', 'Alpha', 'bravo', 'Charlie'],
    ],
    ['times', '&sortBy=meta.created&sortOrder=ascending', everyone],
    ['ids', '&sortBy=id', everyone],
    ['types', '&sortBy=meta.resourceType&sortOrder=descending', null],
    ['schemas', '&sortBy=schemas', null],
    ['members', '&sortBy=members.value', null],
    ['versions', '&sortBy=meta.version', null],
    ['addresses', '&sortBy=meta.location', null],
  ])('R10, R11, PG6, SO3, SO6: pages by %s meet everyone once', async (_case, sort, order) => {
    const whole = namesIn(await rootQuery(ours, sort))
    if (order !== null) expect(whole).toEqual(order)
    expect([...whole].sort()).toEqual([...everyone].sort())
    for (const count of [1, 2, 4]) {
      const walked: string[] = []
      for (let startIndex = 1; startIndex <= 6; startIndex += count) {
        const page = await rootQuery(ours, `${sort}&startIndex=${String(startIndex)}&count=${String(count)}`)
        expect(page.body).toMatchObject({ totalResults: 6, startIndex })
        expect(page.body['itemsPerPage']).toBe(resourcesOf(page.body).length)
        walked.push(...namesIn(page))
      }
      expect(walked).toEqual(whole)
    }
  })

  it('PG2: count 0 and pages beyond the end have the total only', async () => {
    for (const more of ['&count=0', '&startIndex=7', '&count=0&sortBy=id', '&startIndex=7&sortBy=id'])
      expect((await rootQuery(ours, more)).body).toMatchObject({ totalResults: 6, Resources: [] })
  })

  it('A1, A4: attributes choose from each type what it has', async () => {
    const found = await rootQuery('displayName sw "al"', '&attributes=userName,members.value')
    const [cyd, alpha] = resourcesOf(found.body)
    expect(Object.keys(cyd ?? {}).sort()).toEqual(['id', 'schemas', 'userName'])
    expect(Object.keys(alpha ?? {}).sort()).toEqual(['id', 'members', 'schemas'])
  })

  it('R9: it says what it shows as the single reads do', async () => {
    for (const resource of resourcesOf((await rootQuery(ours)).body)) {
      const { location } = resource['meta'] as { location: string }
      expect((await tenant.get(location.slice(tenant.base.length))).body).toEqual(resource)
    }
  })

  it('Q17: an organization without groups has people only', async () => {
    const own = await door.tenant({ acceptsGroups: false })
    await own.make(person({ userName: 'solo@ex.org' }))
    const found = await own.get(`/?filter=${encodeURIComponent(ours)}&sortBy=id`)
    expect(namesIn(found)).toEqual(['solo@ex.org'])
    expect(namesIn(await own.get(`/?filter=${encodeURIComponent(ours)}`))).toEqual(['solo@ex.org'])
    expectError(await own.post('/Groups/.search', { schemas: [urn.searchRequest] }), 404)
  })
})

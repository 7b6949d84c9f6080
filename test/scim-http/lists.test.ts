// Sorting and paging lists of people (checklist 3.8 and 3.9).
import { beforeAll, describe, expect, it } from 'vitest'
import {
  expectError,
  idOf,
  person,
  resourcesOf,
  textOf,
  useDoor,
  type Answered,
  type Tenant,
} from './client.ts'

const door = useDoor()
let tenant: Tenant

const people = [
  {
    userName: 'b@ex.org',
    name: { familyName: 'Zuse' },
    externalId: 'B',
    emails: [{ value: 'z@a.org' }, { value: 'a@a.org', primary: true }],
  },
  { userName: 'A@ex.org', name: { familyName: 'adams' }, externalId: 'a', emails: [{ value: 'b@a.org' }] },
  { userName: 'c@ex.org', name: { familyName: 'Öz' }, externalId: 'C' },
  { userName: 'd@ex.org', title: 'x' },
  { userName: 'e@ex.org', name: { familyName: 'Adams' } },
]

beforeAll(async () => {
  tenant = await door.tenant()
  for (const each of people) await tenant.make(person(each))
})

const mine = 'filter=userName%20ew%20%22@ex.org%22'
const listed = (answer: Answered): string[] =>
  resourcesOf(answer.body).map(each => textOf(each['userName'])[0] ?? '')

async function sorted(query: string): Promise<string> {
  const answer = await tenant.get(`/Users?${mine}&${query}`)
  expect(answer.status, answer.text).toBe(200)
  return listed(answer).join('')
}

describe('sorting', () => {
  it.each([
    ['SO1: by userName without case', 'sortBy=userName', 'Abcde'],
    ['SO1: descending, any case', 'sortBy=userName&sortOrder=DESCENDING', 'edcbA'],
    ['SO1: the schema in front', 'sortBy=urn:ietf:params:scim:schemas:core:2.0:User:userName', 'Abcde'],
    ['SO2: sortOrder alone means nothing', 'sortOrder=descending', 'bAcde'],
    ['SO3: missing values last', 'sortBy=title', 'dbAce'],
    ['SO3: missing values first when descending', 'sortBy=title&sortOrder=descending', 'bAced'],
    ['SO4: by the primary e-mail, else the first', 'sortBy=emails', 'bAcde'],
    ['SO5: case-exact text', 'sortBy=externalId', 'bcAde'],
    ['SO5, SO6: text without case, ties by age', 'sortBy=name.familyName', 'Aebcd'],
    ['SO1: by time', 'sortBy=meta.created', 'bAcde'],
    ['R11: without a sort, by age', '', 'bAcde'],
  ])('%s', async (_case, query, expected) => {
    expect(await sorted(query)).toBe(expected)
  })

  it.each(['nothing', 'name', 'password', "userName'; DROP TABLE users"])(
    'SO2, SO4: sortBy=%s is 400',
    async name => {
      expectError(await tenant.get(`/Users?sortBy=${encodeURIComponent(name)}`), 400, 'invalidPath')
    },
  )

  it('SO2: an unknown sortOrder is 400', async () => {
    expectError(await tenant.get('/Users?sortBy=userName&sortOrder=up'), 400, 'invalidValue')
  })
})

describe('paging', () => {
  it.each([
    ['PG1: from the start', '', 1, 7, 7],
    ['PG1: startIndex 0', 'startIndex=0&count=2', 1, 2, 7],
    ['PG1: startIndex below', 'startIndex=-5&count=2', 1, 2, 7],
    ['PG1: beyond the end', 'startIndex=100', 100, 0, 7],
    ['PG1: far beyond the end', 'startIndex=99999999999999999999', 2_147_483_647, 0, 7],
    ['PG2: count 0', 'count=0', 1, 0, 7],
    ['PG2: count below', 'count=-1', 1, 0, 7],
    ['PG3: the rest', 'startIndex=6&count=10', 6, 2, 7],
    ['PG7: count 1', 'count=1', 1, 1, 7],
    ['PG7: count 1000', 'count=1000', 1, 7, 7],
    ['PG5: blanks', 'startIndex=&count=', 1, 7, 7],
    ['PG8: another case', 'STARTINDEX=3&Count=2', 3, 2, 7],
  ])(
    '%s (%s) is answered with whole numbers',
    async (_case, query, startIndex, itemsPerPage, totalResults) => {
      const { status, body } = await tenant.get(`/Users?${query}`)
      expect(status).toBe(200)
      expect(body).toMatchObject({ startIndex, itemsPerPage, totalResults })
      expect(resourcesOf(body)).toHaveLength(itemsPerPage)
    },
  )

  it.each(['startIndex=x', 'count=ten', 'count=1.5', 'startIndex=0x10'])('PG5: %s is 400', async query => {
    expectError(await tenant.get(`/Users?${query}`), 400, 'invalidValue')
  })

  it.each(['', '&sortBy=userName', '&sortBy=title&sortOrder=descending', `&${mine}`])(
    'PG6, SO6: walking the pages%s visits everyone once',
    async query => {
      const seen: string[] = []
      for (let startIndex = 1; ;) {
        const { body } = await tenant.get(`/Users?startIndex=${String(startIndex)}&count=2${query}`)
        seen.push(...resourcesOf(body).map(idOf))
        const items = Number(body['itemsPerPage'])
        startIndex += items
        if (items === 0) break
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen).toHaveLength(query.includes('filter') ? 5 : 7)
    },
  )

  it('F19: the maximum caps the page, never the total', async () => {
    const crowd = await door.tenant()
    await Promise.all(Array.from({ length: 510 }, () => crowd.make()))
    const { body } = await crowd.get('/Users?count=1000&attributes=id')
    expect(body).toMatchObject({ itemsPerPage: 500, totalResults: 512 })
    const first = await crowd.get('/Users?attributes=id')
    expect(first.body).toMatchObject({ itemsPerPage: 100, totalResults: 512 })
    const filtered = await crowd.get('/Users?attributes=id&count=3&filter=active%20eq%20true')
    expect(filtered.body).toMatchObject({ itemsPerPage: 3, totalResults: 512 })
  })
})

// Cursor paging without a server: parameters, what binds a cursor, the envelope.
import { describe, expect, it } from 'vitest'
import {
  describeQuery,
  groupType,
  listResponse,
  parseFilter,
  parsePage,
  parseSelection,
  parseSort,
  placeOf,
  userType,
  type CursorClaims,
  type ResourceType,
} from '#server/scim/index.ts'
import { reasonOf, refusalOf } from '../people.ts'

const limits = { defaultCount: 100, maxCount: 500 }

describe('parsePage', () => {
  it.each([
    ['K1', { cursor: '' }, { kind: 'first', by: 'cursor', count: 100 }],
    ['K1', { cursor: ' ', count: 10 }, { kind: 'first', by: 'cursor', count: 10 }],
    ['K4', { cursor: '', count: '-3' }, { kind: 'first', by: 'cursor', count: 0 }],
    ['K4, Q20', { cursor: 'abc', count: '501' }, { kind: 'next', cursor: 'abc', count: 500 }],
    ['K14', { cursor: 'abc', startIndex: '7' }, { kind: 'next', cursor: 'abc', count: 100 }],
    ['K14', { cursor: '', startIndex: 'x' }, { kind: 'first', by: 'cursor', count: 100 }],
  ])('%s: reads %j', (_id, parameters, page) => {
    expect(parsePage(parameters, limits)).toEqual(page)
  })

  it.each(['ten', '1.5', true])('K7: a count of %j beside a cursor is invalidCount', count => {
    expect(reasonOf(() => parsePage({ cursor: '', count }, limits))).toBe('400 invalidCount')
    expect(reasonOf(() => parsePage({ cursor: 'abc', count }, limits))).toBe('400 invalidCount')
  })

  it.each([[5], [['a']], ['a'.repeat(8_193)]])('K7: a cursor such as %j is invalidCursor', cursor => {
    expect(reasonOf(() => parsePage({ cursor }, limits))).toBe('400 invalidCursor')
  })
})

interface Asked {
  readonly filter?: string | undefined
  readonly sortBy?: string
  readonly sortOrder?: string
  readonly attributes?: string | undefined
  readonly excludedAttributes?: string
}

const query = (asked: Asked, type: ResourceType = userType): string =>
  describeQuery([
    {
      type: type.name,
      filter: asked.filter === undefined ? null : parseFilter(asked.filter, type),
      sort: parseSort(asked, type),
      selection: parseSelection(asked, type),
    },
  ])

const asked: Asked = { filter: 'userName sw "a"', sortBy: 'title', attributes: 'title,userName' }

describe('describeQuery', () => {
  it('K6: is the same for the same query in other words', () => {
    const spelt = {
      filter: 'USERNAME  SW "a"',
      sortBy: 'TITLE',
      sortOrder: 'Ascending',
      attributes: 'username, title',
    }
    expect(query(spelt)).toBe(query(asked))
  })

  it.each<[string, Asked]>([
    ['another filter', { ...asked, filter: 'userName sw "b"' }],
    ['no filter', { ...asked, filter: undefined }],
    ['another sort', { ...asked, sortBy: 'userName' }],
    ['another direction', { ...asked, sortOrder: 'descending' }],
    ['other attributes', { ...asked, attributes: 'title' }],
    ['attributes left out', { ...asked, attributes: undefined, excludedAttributes: 'title,userName' }],
  ])('K6: tells %s apart', (_case, other) => {
    expect(query(other)).not.toBe(query(asked))
  })

  it('K6: tells resource types apart', () => {
    expect(query({}, groupType)).not.toBe(query({}, userType))
  })
})

describe('placeOf', () => {
  const place = { id: 'a', key: null }
  const claims: CursorClaims = { place, count: 10, query: 'q', issuedAt: 1_000 }
  const request = { count: 10, query: 'q' }
  const at = (now: number) => ({ now, timeout: 5_000 })

  it('K13: holds until the time-out', () => {
    expect(placeOf(claims, request, at(6_000))).toBe(place)
  })

  it.each<[string, CursorClaims | null, object, number, string]>([
    ['K7: an unreadable cursor', null, {}, 1_000, '400 invalidCursor'],
    ['K7: an old cursor', claims, {}, 6_001, '400 expiredCursor'],
    ['K6: another query', claims, { query: 'p' }, 1_000, '400 invalidCursor'],
    ['K6: another count', claims, { count: 11 }, 1_000, '400 invalidCount'],
  ])('%s is refused', (_case, sent, change, now, reason) => {
    expect(reasonOf(() => placeOf(sent, { ...request, ...change }, at(now)))).toBe(reason)
  })

  it('K12: a cursor that cannot be opened and one that can be none sound alike', () => {
    const unopened = refusalOf(() => placeOf(null, request, at(0))).detail
    expect(refusalOf(() => parsePage({ cursor: 'a'.repeat(9_000) }, limits)).detail).toBe(unopened)
  })
})

describe('listResponse', () => {
  it('K2, K5: leaves out what is not known and what does not follow', () => {
    const page = listResponse({ resources: [], totalResults: null, nextCursor: null })
    expect(Object.keys(page)).toEqual(['schemas', 'itemsPerPage', 'Resources'])
  })

  it('K1: carries the cursor to the next page', () => {
    const page = listResponse({ resources: [{ id: 'a' }], totalResults: 2, startIndex: 1, nextCursor: 'c' })
    expect(page).toMatchObject({ totalResults: 2, startIndex: 1, itemsPerPage: 1, nextCursor: 'c' })
  })
})

// Index paging and the list envelope.
import { describe, expect, it } from 'vitest'
import { listResponse, parsePage, urn } from '#server/scim/index.ts'
import { reasonOf } from '../people.ts'

const limits = { defaultCount: 100, maxCount: 500 }
const index = (startIndex: number, count: number) => ({ kind: 'index', startIndex, count })
const first = (count: number) => ({ kind: 'first', by: 'default', count })
const pages: readonly (readonly [string, object, object])[] = [
  ['PG1, K10', {}, first(100)],
  ['PG1', { startIndex: '0' }, index(1, 100)],
  ['PG1', { startIndex: '-5', count: '-1' }, index(1, 0)],
  ['PG2', { count: '0' }, first(0)],
  ['PG5', { startIndex: ' ', count: '' }, first(100)],
  ['PG7', { startIndex: '101', count: '2' }, index(101, 2)],
  ['PG7', { count: '1000' }, first(500)],
  ['PG7', { startIndex: 3, count: 4 }, index(3, 4)],
  ['PG7', { startIndex: '9'.repeat(400), count: '+7' }, index(2_147_483_647, 7)],
  ['SR3', { startIndex: null, count: null, cursor: null }, first(100)],
]

describe('parsePage', () => {
  it.each(pages)('%s: reads %j', (_id, parameters, page) => {
    expect(parsePage(parameters, limits)).toEqual(page)
  })

  it.each(['x', '1.5', '1e3', '0x10', 1.5, true, ['1']])('PG5: refuses %j', value => {
    expect(reasonOf(() => parsePage({ startIndex: value }, limits))).toBe('400 invalidValue')
    expect(reasonOf(() => parsePage({ count: value }, limits))).toBe('400 invalidValue')
  })
})

describe('listResponse', () => {
  it('R7, PG3: counts what it really holds', () => {
    expect(listResponse({ resources: [{ id: 'a' }], totalResults: 9, startIndex: 3 })).toEqual({
      schemas: [urn.listResponse],
      totalResults: 9,
      startIndex: 3,
      itemsPerPage: 1,
      Resources: [{ id: 'a' }],
    })
  })

  it('R6, R7: is complete when empty', () => {
    expect(listResponse({ resources: [], totalResults: 0, startIndex: 1 })).toEqual({
      schemas: [urn.listResponse],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    })
  })
})

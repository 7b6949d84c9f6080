// The body of POST .search becomes what a query string would have said.
import { describe, expect, it } from 'vitest'
import { parseSearchRequest, urn } from '#server/scim/index.ts'
import { refusalOf } from '../people.ts'

const parse = (members: object) =>
  Object.fromEntries(parseSearchRequest({ schemas: [urn.searchRequest], ...members }))

describe('parseSearchRequest', () => {
  it.each<[string, object, object]>([
    [
      'texts stay',
      { filter: 'a eq "b"', sortBy: 'a', sortOrder: 'descending' },
      { filter: 'a eq "b"', sortby: 'a', sortorder: 'descending' },
    ],
    ['numbers become text', { startIndex: 3, count: -1 }, { startindex: '3', count: '-1' }],
    [
      'lists are joined',
      { attributes: ['a', 'b.c'], excludedAttributes: [] },
      { attributes: 'a,b.c', excludedattributes: '' },
    ],
    ['a list may be one text', { attributes: 'a, b' }, { attributes: 'a, b' }],
    ['null is left out', { filter: null, count: null, attributes: null, cursor: null }, {}],
    ['K1, K11: an empty cursor begins', { cursor: '' }, { cursor: '' }],
    ['R8: what nobody knows is ignored', { shoes: { size: 40 }, schemas2: ['x'] }, {}],
  ])('SR3: %s', (_case, members, parameters) => {
    expect(parse(members)).toEqual(parameters)
  })

  it('SR2: the schema is found in any letter case', () => {
    expect(parseSearchRequest({ Schemas: [urn.searchRequest.toUpperCase()], count: 1 }).get('count')).toBe(
      '1',
    )
  })

  it.each<[string, unknown, string]>([
    ['SR2', null, 'invalidSyntax'],
    ['SR2', 'text', 'invalidSyntax'],
    ['SR2', {}, 'invalidSyntax'],
    ['SR2', { schemas: urn.searchRequest }, 'invalidSyntax'],
    ['SR2', { schemas: [] }, 'invalidSyntax'],
    ['SR3', { schemas: [urn.searchRequest], filter: {} }, 'invalidValue'],
    ['SR3', { schemas: [urn.searchRequest], sortBy: ['a'] }, 'invalidValue'],
    ['SR3', { schemas: [urn.searchRequest], startIndex: true }, 'invalidValue'],
    ['SR3', { schemas: [urn.searchRequest], cursor: 1 }, 'invalidValue'],
    ['SR3', { schemas: [urn.searchRequest], attributes: [null] }, 'invalidValue'],
  ])('%s: %j is refused', (_id, body, scimType) => {
    expect(refusalOf(() => parseSearchRequest(body)).scimType).toBe(scimType)
  })
})

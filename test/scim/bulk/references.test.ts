// References by bulkId: found and replaced wherever they stand.
import { describe, expect, it } from 'vitest'
import { parseBulk, replaceInside, resolveReferences, urn } from '#server/scim/index.ts'
import { ENT } from '../people.ts'

const lookUp = (bulkId: string): string => `<${bulkId}>`

describe('resolveReferences', () => {
  it.each<[string, unknown, unknown]>([
    ['a value', { manager: { value: 'bulkId:m' } }, { manager: { value: '<m>' } }],
    ['an extension', { [ENT]: { manager: 'bulkId:m' } }, { [ENT]: { manager: '<m>' } }],
    [
      'lists',
      { members: [{ value: 'bulkId:a' }, { value: 'x' }] },
      { members: [{ value: '<a>' }, { value: 'x' }] },
    ],
    ['odd characters', { value: 'bulkId:a b/"c"' }, { value: '<a b/"c">' }],
    ['an address', { $ref: '../Users/bulkId:a' }, { $ref: '../Users/<a>' }],
    [
      'a path',
      { op: 'remove', path: 'members[value eq "bulkId:a"]' },
      { op: 'remove', path: 'members[value eq "<a>"]' },
    ],
    [
      'a key that is a path',
      { 'members[value eq "bulkId:a"].type': 'x' },
      { 'members[value eq "<a>"].type': 'x' },
    ],
  ])('B4: %s', (_case, value, expected) => {
    expect(resolveReferences(value, lookUp)).toEqual(expected)
  })

  it.each([
    [{ displayName: 'see bulkId:a there' }],
    [{ value: 'bulkId:' }],
    [{ value: 'BULKID:a' }],
    [[1, null, true]],
  ])('B4: %j refers to nothing and stays the same object', value => {
    expect(resolveReferences(value, lookUp)).toBe(value)
  })

  it('B4: a path of an operation', () => {
    expect(replaceInside('/Users/bulkId:qwerty', lookUp)).toBe('/Users/<qwerty>')
    expect(replaceInside('/Users/1', lookUp)).toBe('/Users/1')
  })

  it('B4: an operation knows everything it refers to, once', () => {
    const data = { members: [{ value: 'bulkId:a' }, { value: 'bulkId:b', $ref: '/Users/bulkId:b' }] }
    const Operations = [{ method: 'PUT', path: '/Groups/bulkId:g', data }]
    const options = { maxOperations: 1, strict: false, tolerate: () => undefined }
    const [operation] = parseBulk({ schemas: [urn.bulkRequest], Operations }, options).operations
    expect(operation?.references).toEqual(['g', 'a', 'b'])
  })
})

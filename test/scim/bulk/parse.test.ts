// What a BulkRequest may look like, and what is wrong with single operations.
import { describe, expect, it } from 'vitest'
import { parseBulk, urn, type BulkOperation } from '#server/scim/index.ts'
import { refusalOf } from '../people.ts'

const noted: string[] = []
const options = { maxOperations: 5, strict: false, tolerate: (id: string) => void noted.push(id) }
const post = { method: 'POST', path: '/Users', bulkId: 'a', data: {} }
const parse = (Operations: unknown, more: object = {}) =>
  parseBulk({ schemas: [urn.bulkRequest], Operations, ...more }, options)
const only = (operation: unknown): BulkOperation => {
  const [found] = parse([operation]).operations
  if (found === undefined) throw new Error('There is one operation.')
  return found
}

describe('parseBulk', () => {
  it.each<[string, unknown, number, string | undefined]>([
    ['B11: a text', 'x', 400, 'invalidSyntax'],
    ['B11: no schemas', { Operations: [post] }, 400, 'invalidSyntax'],
    ['B11: another schema', { schemas: [urn.patchOp], Operations: [post] }, 400, 'invalidSyntax'],
    ['B11: no Operations', { schemas: [urn.bulkRequest] }, 400, 'invalidSyntax'],
    ['B11: empty Operations', { schemas: [urn.bulkRequest], Operations: [] }, 400, 'invalidSyntax'],
    [
      'B11: Operations that are no list',
      { schemas: [urn.bulkRequest], Operations: post },
      400,
      'invalidSyntax',
    ],
    [
      'B11: an operation that is a text',
      { schemas: [urn.bulkRequest], Operations: ['x'] },
      400,
      'invalidSyntax',
    ],
    [
      'B7: failOnErrors as text',
      { schemas: [urn.bulkRequest], Operations: [post], failOnErrors: '1' },
      400,
      'invalidValue',
    ],
    [
      'B7: failOnErrors below 0',
      { schemas: [urn.bulkRequest], Operations: [post], failOnErrors: -1 },
      400,
      'invalidValue',
    ],
    [
      'B7: half an error',
      { schemas: [urn.bulkRequest], Operations: [post], failOnErrors: 1.5 },
      400,
      'invalidValue',
    ],
    [
      'B10: six operations of five',
      { schemas: [urn.bulkRequest], Operations: Array(6).fill(post) },
      413,
      undefined,
    ],
  ])('%s refuses the whole request', (_case, body, status, scimType) => {
    expect(refusalOf(() => parseBulk(body, options))).toMatchObject({ status, scimType })
  })

  it('B10: the refusal names the limit', () => {
    expect(refusalOf(() => parse(Array(6).fill(post))).detail).toMatch(/6 operations; maxOperations is 5/)
  })

  it.each([
    [{}, null],
    [{ failOnErrors: null }, null],
    [{ failOnErrors: 0 }, null],
    [{ failOnErrors: 3 }, 3],
    [{ FAILONERRORS: 3 }, 3],
  ])('B7: %j means %s', (more, failOnErrors) => {
    expect(parse([post], more).failOnErrors).toBe(failOnErrors)
  })

  it.each<[string, object, number, string | undefined]>([
    ['B2: no method', { ...post, method: undefined }, 400, 'invalidSyntax'],
    ['B2: a method that is a number', { ...post, method: 1 }, 400, 'invalidSyntax'],
    ['B2: GET', { ...post, method: 'GET' }, 405, undefined],
    ['B2: another word', { ...post, method: 'MERGE' }, 405, undefined],
    ['B2: no path', { ...post, path: null }, 400, 'invalidSyntax'],
    ['B2: a path elsewhere', { ...post, path: '/Bulk' }, 404, undefined],
    ['B2: a path that goes on', { ...post, path: '/Users/1/emails' }, 404, undefined],
    ['B2: a search', { ...post, path: '/.search' }, 404, undefined],
    ['B2: another host', { ...post, path: 'https://elsewhere/Users' }, 404, undefined],
    ['B3: a POST without bulkId', { ...post, bulkId: undefined }, 400, 'invalidSyntax'],
    ['B3: a bulkId that is a number', { ...post, bulkId: 1 }, 400, 'invalidSyntax'],
    ['B9: a version that is a number', { ...post, version: 1 }, 400, 'invalidValue'],
  ])('%s refuses that operation', (_case, operation, status, scimType) => {
    expect(only(operation).refusal).toMatchObject({ status, scimType })
  })

  it('B3: the second POST with a bulkId is refused, the first one is not', () => {
    const faults = parse([post, post]).operations.map(({ refusal }) => refusal?.scimType)
    expect(faults).toEqual([undefined, 'invalidValue'])
  })

  it('B2, B3: only a POST needs a bulkId, and others may repeat one', () => {
    const put = { method: 'PUT', path: '/Users/1', bulkId: 'a', data: {} }
    const remove = { method: 'DELETE', path: '/Users/1' }
    for (const { refusal } of parse([put, put, remove]).operations) expect(refusal).toBeNull()
  })

  it.each([
    ['/Users', 'Users', null],
    ['Users', 'Users', null],
    ['/Users/', 'Users', null],
    ['/Users/7?attributes=id', 'Users', '7'],
    ['/Groups/bulkId:x', 'Groups', 'bulkId:x'],
    ['/users', null, null],
  ])('B2: %s is endpoint %s and id %s', (path, endpoint, id) => {
    expect(only({ ...post, path })).toMatchObject({ endpoint, id })
  })

  it('B2, OT6: names and methods count in any letter case', () => {
    const operation = { Method: 'pOsT', PATH: '/Users', bulkid: 'q', Data: { a: 1 }, Version: 'W/"1"' }
    expect(only(operation)).toMatchObject({
      method: 'POST', path: '/Users', bulkId: 'q', data: { a: 1 }, version: 'W/"1"', refusal: null,
    }) // prettier-ignore
  })

  it('B12: the bare list of a PATCH becomes a message, and is noted', () => {
    const list = [{ op: 'add', path: 'title', value: 'x' }]
    const bare = { method: 'PATCH', path: '/Users/1', data: list }
    expect(only(bare).data).toEqual({ schemas: [urn.patchOp], Operations: list })
    expect(noted).toEqual(['bulk-patch-without-message'])
    const body = { schemas: [urn.bulkRequest], Operations: [bare] }
    expect(parseBulk(body, { ...options, strict: true }).operations[0]?.data).toBe(list)
  })

  it('DL5: what a DELETE carries is not looked at', () => {
    const operation = only({ method: 'DELETE', path: '/Users/1', data: { a: 'bulkId:x' } })
    expect(operation).toMatchObject({ data: undefined, references: [] })
  })
})

// Errors, methods and limits (checklist 3.17, 3.18, trust 7.4): every refusal is a SCIM error, nothing is ever 500.
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { CAL, ERROR, expectError, person, send, useDoor, USER, type Method, type Tenant } from './client.ts'

const door = useDoor()
let tenant: Tenant
beforeAll(async () => {
  tenant = await door.tenant()
})

describe('methods', () => {
  it.each([
    ['PUT', '/Users', 'GET, POST, HEAD, OPTIONS'],
    ['PATCH', '/Users', 'GET, POST, HEAD, OPTIONS'],
    ['DELETE', '/Users', 'GET, POST, HEAD, OPTIONS'],
    ['POST', '/Users/x', 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS'],
    ['GET', '/Bulk', 'POST, OPTIONS'],
    ['DELETE', '/', 'GET, HEAD, OPTIONS'],
  ] as const)('V2, ER5: %s %s is 405 and says what works', async (method, path, allow) => {
    const answer = await tenant.call({ method, path, body: {} })
    expectError(answer, 405)
    expect(answer.headers['allow']).toBe(allow)
  })

  it('V1: OPTIONS answers with Allow', async () => {
    const answer = await tenant.call({ method: 'OPTIONS', path: '/Users' })
    expect(answer.status).toBe(204)
    expect(answer.headers['allow']).toBe('GET, POST, HEAD, OPTIONS')
  })

  it('V1: HEAD mirrors GET without a body', async () => {
    const id = await tenant.make()
    for (const path of [`/Users/${id}`, '/Users', '/Schemas', '/Users/nobody']) {
      const [head, get] = [await tenant.call({ method: 'HEAD', path }), await tenant.get(path)]
      expect(head.status, path).toBe(get.status)
      expect(head.text).toBe('')
      expect(head.headers['etag']).toBe(get.headers['etag'])
      expect(head.headers['content-type']).toBe(get.headers['content-type'])
    }
  })

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)('ME1, ME2: %s /Me is 501', async method => {
    expectError(await tenant.call({ method, path: '/Me', body: method === 'GET' ? undefined : {} }), 501)
  })

  it('V7: a method cannot be overridden', async () => {
    const id = await tenant.make()
    const answer = await tenant.get(`/Users/${id}`, { 'x-http-method-override': 'DELETE' })
    expect(answer.status).toBe(200)
    expect((await tenant.get(`/Users/${id}`)).status).toBe(200)
  })

  it('V8: no other origin is let in', async () => {
    const answer = await tenant.get('/Users', { origin: 'https://evil.example' })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('addresses', () => {
  it.each([
    '/users',
    '/USERS',
    '/User',
    '/Groupies',
    '/Users/a/b',
    '/Users/a/members',
    '/.well-known',
    '/Schemas/a/b',
  ])('V4, ER5: %s is 404 as a SCIM error', async path => {
    expectError(await tenant.get(path), 404)
  })

  it.each(['/Users/%E0%A4%A', '/Users/%', '/Users/%ff%fe', '/Users?filter=%', '/Users?filter=%ff'])(
    'ER7, H24: %s is 400 or 404, never 500',
    async path => {
      const answer = await tenant.get(path)
      expect([400, 404]).toContain(answer.status)
      expect(answer.body['schemas']).toEqual([ERROR])
    },
  )

  it.each(['%2e%2e/%2e%2e/Users', '..%2f..%2fmetrics', ';/Users', 'Users;x=1', 'Users%00'])(
    'H24: the path %s reaches nothing else',
    async path => {
      const answer = await tenant.get(`/${path}`)
      expect([400, 404]).toContain(answer.status)
    },
  )

  it('ER7: an overlong URL is refused', async () => {
    const answer = await tenant.get(`/Users/${'x'.repeat(5_000)}`)
    expect([400, 404, 414]).toContain(answer.status)
    expect(answer.body['schemas']).toEqual([ERROR])
  })
})

describe('sizes', () => {
  const megabyte = 1_048_576

  it('H6: a body of exactly 1 MB is read, one byte more is 413', async () => {
    const frame = JSON.stringify(person({ nothing: '' }))
    const body = (size: number) =>
      frame.replace('"nothing":""', `"nothing":"${'x'.repeat(size - frame.length)}"`)
    expect((await tenant.post('/Users', body(megabyte))).status).toBe(201)
    const refused = await tenant.post('/Users', body(megabyte + 1))
    expectError(refused, 413)
    expect(refused.body['detail']).toContain('1 MB')
  })

  it('H8: a gzip bomb is 413, half a gzip 400, another packing 415', async () => {
    const packed = (body: Buffer, encoding = 'gzip') =>
      tenant.post('/Users', body, { 'content-encoding': encoding })
    expectError(await packed(gzipSync(Buffer.alloc(50 * megabyte, 32))), 413)
    expectError(await packed(gzipSync(JSON.stringify(person())).subarray(0, 40)), 400, 'invalidSyntax')
    expectError(await packed(Buffer.from('{}'), 'br'), 415)
  })

  it.each([
    ['brackets alone', '['.repeat(300)],
    ['an escaped quote before brackets', '"' + '['.repeat(300)],
    ['a backslash at the end of a text', '\\'],
    ['backslashes and a quote before brackets', '\\\\"' + '{'.repeat(300)],
  ])('H10: %s in a text are no nesting', async (_name, title) => {
    const answer = await tenant.post('/Users', person({ title }))
    expect(answer.status).toBe(201)
    expect(answer.body['title']).toBe(title)
  })

  it('H10, DM38: deep nesting is 400 at once', async () => {
    const deep = (open: string, close: string) => open.repeat(150_000) + close.repeat(150_000)
    const started = performance.now()
    expectError(await tenant.post('/Users', deep('[', ']')), 400, 'invalidSyntax')
    expectError(await tenant.post('/Users', `{"a\\\\":${deep('[', ']')}}`), 400, 'invalidSyntax')
    expectError(await tenant.post('/Users', deep('{"a":', '}').replace(':}', ':1}')), 400, 'invalidSyntax')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  const wide = '\u{1F600}'
  const long = wide.repeat(2_000)
  it.each([
    ['userName', { userName: long }],
    ['userName of 512 four-byte letters', { userName: wide.repeat(512) }],
    ['externalId', { externalId: long }],
    ['an e-mail', { emails: [{ value: long }] }],
    ['displayName', { displayName: long }],
    ['a role', { roles: [{ value: wide.repeat(9_000) }] }],
    ['a group', { [CAL]: { group: long } }],
    ['a list of 1,001', { roles: Array.from({ length: 1_001 }, (_, index) => ({ value: String(index) })) }],
    ['NUL', { displayName: 'a\u0000b' }],
    ['NUL in userName', { userName: 'a\u0000b' }],
    ['half a character', { title: 'a\ud800b' }],
    ['the other half in externalId', { externalId: '\udc00' }],
    ['a huge number', { title: 1e308 }],
    [
      'a number beyond all',
      '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"n","active":1e999}',
    ],
  ])('DM37: %s that is too much is 400, never cut, never 500', async (_case, body) => {
    const sent = typeof body === 'string' ? body : JSON.stringify({ schemas: [USER], ...person(), ...body })
    expectError(await tenant.post('/Users', sent), 400, 'invalidValue')
    const id = await tenant.make()
    expectError(await tenant.put(`/Users/${id}`, sent), 400, 'invalidValue')
    if (typeof body !== 'string') {
      expectError(await tenant.patch(`/Users/${id}`, [{ op: 'replace', value: body }]), 400, 'invalidValue')
    }
    expect((await tenant.get(`/Users/${id}`)).headers['etag']).toBe('W/"1"')
  })

  it('DM37: the longest values that are allowed come back whole and are found', async () => {
    const userName = `${'é'.repeat(400)}${'x'.repeat(100)}`
    const externalId = 'k'.repeat(512)
    const displayName = 'ö'.repeat(2_048)
    const emails = [{ value: `${'é'.repeat(500)}@ex.org` }]
    const id = await tenant.make(person({ userName, externalId, displayName, emails }))
    expect((await tenant.get(`/Users/${id}`)).body).toMatchObject({
      userName,
      externalId,
      displayName,
      emails,
    })
    expect(await tenant.find(`externalId eq "${externalId}"`)).toEqual([userName])
    expect(await tenant.find(`emails.value eq "${emails[0]?.value.toUpperCase() ?? ''}"`)).toEqual([userName])
  })

  it.each([
    ['filter', `/Users?filter=${encodeURIComponent(`userName eq "${'x'.repeat(3_900)}"`)}`, 200],
    ['sortBy', `/Users?sortBy=${'x'.repeat(4_000)}`, 400],
    ['attributes', `/Users?attributes=${'x,'.repeat(3_000)}`, 200],
    ['count', `/Users?count=${'9'.repeat(500)}`, 200],
  ])('a long %s is answered', async (_case, path, status) => {
    expect((await tenant.get(path)).status).toBe(status)
  })

  it('H9: prototypes in the query and in paths pollute nothing', async () => {
    await tenant.get('/Users?__proto__[polluted]=1&constructor.prototype.polluted=1&attributes=__proto__')
    const id = await tenant.make()
    await tenant.patch(`/Users/${id}`, [{ op: 'add', path: '__proto__.polluted', value: 'x' }])
    await tenant.patch(`/Users/${id}`, [
      { op: 'add', path: 'constructor.prototype', value: { polluted: 'x' } },
    ])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect((await tenant.get(`/Users/${id}`)).headers['etag']).toBe('W/"1"')
  })

  it('H11: of duplicate keys the last one counts', async () => {
    const body = `{"schemas":["${USER}"],"userName":"first@ex.org","userName":"last@ex.org"}`
    expect((await tenant.post('/Users', body)).body['userName']).toBe('last@ex.org')
  })
})

describe('words', () => {
  it('ER6: a refusal has no stack, no SQL and no name of another organization', async () => {
    const requests: [Method, string, unknown][] = [
      ['POST', '/Users', '{'],
      ['GET', '/Users?filter=%22', undefined],
      ['GET', '/Users/x', undefined],
      ['PATCH', '/Users/x', {}],
      ['PUT', '/Users', {}],
    ]
    for (const [method, path, body] of requests) {
      const { text } = await tenant.call({ method, path, body })
      expect(text).not.toMatch(/\bat .*\.ts|SELECT|prisma|postgres|node_modules/i)
    }
  })

  it('L6: the same mistake gets the same words', async () => {
    const bad = person({ title: 5 })
    expect((await tenant.post('/Users', bad)).text).toBe((await tenant.post('/Users', bad)).text)
  })

  it('a base URL without an organization is 404', async () => {
    for (const path of ['/scim', '/scim/', '/scim/v2']) {
      expectError(await send(door.service, { method: 'GET', path }), 404)
    }
  })
})

// POST /Bulk: every operation as if it had been sent alone, in one request (RFC 7644 section 3.7).
import { beforeAll, describe, expect, it } from 'vitest'
import { urn } from '#server/scim/index.ts'
import {
  bulk,
  bulkBody,
  createGroup,
  createUser,
  madeId,
  patchUser,
  sendBulk,
  statuses,
  type Operation,
} from './bulk-client.ts'
import { ERROR, expectError, person, resourcesOf, useDoor, USER, type Tenant } from './client.ts'
import { membersOf } from './group-client.ts'

const door = useDoor()
let tenant: Tenant
beforeAll(async () => {
  tenant = await door.shared()
})

describe('an entry', () => {
  it('B1, B2, B8, B9: each method answers like its single request, in order', async () => {
    const id = await tenant.make(person({ title: 'Old' }))
    const gone = await tenant.make()
    const entries = await bulk(tenant, [
      createUser('first'),
      { method: 'put', path: `/Users/${id}`, data: person({ userName: 'put@ex.org' }) },
      patchUser(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'New' }], { bulkId: 'echoed' }),
      { method: 'DELETE', path: `/Users/${gone}` },
      createGroup('Entry group', [id]),
      { method: 'GET', path: `/Users/${id}` },
    ])
    const location = `${tenant.base}/Users/${id}`
    expect(entries).toEqual([
      { method: 'POST', bulkId: 'first', location: entries[0]?.location, version: 'W/"1"', status: '201' },
      { method: 'PUT', location, version: 'W/"2"', status: '200' },
      { method: 'PATCH', bulkId: 'echoed', location, version: 'W/"3"', status: '200' },
      { method: 'DELETE', location: `${tenant.base}/Users/${gone}`, status: '204' },
      {
        method: 'POST',
        bulkId: 'Entry group',
        location: entries[4]?.location,
        version: 'W/"1"',
        status: '201',
      },
      expect.objectContaining({ method: 'GET', status: '405' }),
    ])
    const made = await tenant.get(`/Users/${madeId(entries[0])}`)
    expect(made.body).toMatchObject({ userName: 'first@ex.org', meta: { location: entries[0]?.location } })
    expect((await tenant.get(`/Users/${id}`)).body).toMatchObject({ userName: 'put@ex.org', title: 'New' })
    expect((await tenant.get(`/Users/${gone}`)).status).toBe(404)
    expect(await membersOf(tenant, madeId(entries[4]))).toEqual([id])
  })

  it('B8, B13: what fails tells why and leaves the others alone', async () => {
    const id = await tenant.make()
    const taken = await tenant.make(person({ userName: 'taken@ex.org' }))
    const failing: readonly [Operation, string, string | undefined][] = [
      [createUser('t1', { userName: 'TAKEN@ex.org' }), '409', 'uniqueness'],
      [createUser('t2', { active: 'perhaps' }), '400', 'invalidValue'],
      [{ method: 'POST', path: '/Users', bulkId: 't3' }, '400', 'invalidSyntax'],
      [{ method: 'POST', path: '/Users', data: person() }, '400', 'invalidSyntax'],
      [{ method: 'POST', path: `/Users/${id}`, bulkId: 't4', data: person() }, '405', undefined],
      [{ method: 'DELETE', path: '/Users' }, '405', undefined],
      [{ method: 'DELETE', path: '/Users/nobody' }, '404', undefined],
      [{ method: 'DELETE', path: '/Schemas/x' }, '404', undefined],
      [patchUser(`/Users/${id}`, [{ op: 'replace', path: 'id', value: 'x' }]), '400', 'mutability'],
      [
        patchUser(`/Users/${id}`, [{ op: 'replace', path: 'userName', value: 'taken@ex.org' }]),
        '409',
        'uniqueness',
      ],
      [{ method: 'PUT', path: `/Users/${id}`, data: person(), version: 'W/"9"' }, '412', undefined],
      [{ method: 'DELETE', path: `/Users/${taken}`, version: 'W/"2"' }, '412', undefined],
    ]
    const operations = failing.flatMap(([operation], index) => [
      operation,
      createUser(`beside${String(index)}`),
    ])
    const entries = await bulk(tenant, operations)
    expect(entries).toHaveLength(operations.length)
    for (const [index, [operation, status, scimType]] of failing.entries()) {
      const entry = entries[index * 2]
      expect(entry, JSON.stringify(operation)).toMatchObject({
        status,
        response: { schemas: [ERROR], status },
      })
      expect(entry?.response?.['scimType']).toBe(scimType)
      expect(entry?.version).toBeUndefined()
      if (operation['method'] === 'POST') expect(entry?.location).toBeUndefined()
      expect(entries[index * 2 + 1]?.status).toBe('201')
    }
    expect((await tenant.get(`/Users/${id}`)).body['meta']).toMatchObject({ version: 'W/"1"' })
    expect((await tenant.get(`/Users/${taken}`)).status).toBe(200)
  })

  it('B9: a version that fits lets the change through', async () => {
    const id = await tenant.make()
    const entries = await bulk(tenant, [
      patchUser(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }], { version: 'W/"1"' }),
      patchUser(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'y' }], { version: 'W/"1"' }),
      { method: 'DELETE', path: `/Users/${id}`, version: 'W/"2"' },
    ])
    expect(statuses(entries)).toEqual(['200', '412', '204'])
  })

  it('T8: headers of the whole request are not meant for its operations', async () => {
    const id = await tenant.make()
    const operation = patchUser(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }])
    const answer = await tenant.post('/Bulk', bulkBody([operation]), {
      'if-match': 'W/"9"',
      prefer: 'return=minimal',
    })
    expect(answer.body['Operations']).toMatchObject([{ status: '200' }])
  })
})

describe('the whole request', () => {
  it.each<[string, unknown, number, string | undefined]>([
    ['B11: no schema', { Operations: [createUser('x')] }, 400, 'invalidSyntax'],
    ['B11: no Operations', { schemas: [urn.bulkRequest] }, 400, 'invalidSyntax'],
    ['B11: a list', [], 400, 'invalidSyntax'],
    ['C6: no JSON', '{', 400, 'invalidSyntax'],
    ['B10: 1,001 operations', bulkBody(Array<Operation>(1_001).fill(createUser('never'))), 413, undefined],
    [
      'B10: more than 1 MB',
      bulkBody([createUser('never', { title: 'x'.repeat(1_048_576) })]),
      413,
      undefined,
    ],
  ])('%s is refused, and nothing is done', async (_case, body, status, scimType) => {
    const answer = await tenant.post('/Bulk', body)
    expectError(answer, status, scimType)
    if (status === 413)
      expect(answer.body['detail']).toMatch(/maxOperations is 1000|maxPayloadSize of 1048576/)
    expect(await tenant.find('userName eq "never@ex.org"')).toEqual([])
  })

  it('T2, V2: it needs a token, and POST', async () => {
    const stranger = await tenant.post('/Bulk', bulkBody([createUser('stranger')]), {
      authorization: undefined,
    })
    expectError(stranger, 401)
    expectError(await tenant.get('/Bulk'), 405)
  })

  it('B13, Z1, Z3: an operation finds nothing of another organization', async () => {
    const other = await door.tenant()
    const id = await other.make()
    const entries = await bulk(tenant, [
      { method: 'DELETE', path: `/Users/${id}` },
      { method: 'DELETE', path: `${other.base}/Users/${id}` },
      createGroup('Reaching out', [id]),
    ])
    expect(statuses(entries)).toEqual(['404', '404', '400'])
    expect((await other.get(`/Users/${id}`)).status).toBe(200)
  })

  it('B13: settings hold for each operation', async () => {
    const own = await door.tenant({ acceptsGroups: false, patchAnswersNoContent: true })
    const id = await own.make()
    const entries = await bulk(own, [
      createGroup('Not taken'),
      patchUser(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }]),
    ])
    expect(statuses(entries)).toEqual(['404', '204'])
    const strict = await door.tenant({ strict: true })
    const bare = { method: 'PATCH', path: '/Users/1', data: [] }
    expect(statuses(await bulk(strict, [bare, createUser('s', { shoeSize: 40 })]))).toEqual(['400', '400'])
  })

  it('seats are given in the order of the request', async () => {
    const own = await door.tenant({ seats: 5 })
    const entries = await bulk(
      own,
      ['a', 'b', 'c', 'd', 'e', 'f'].map(name => createUser(name)),
    )
    expect(statuses(entries)).toEqual(['201', '201', '201', '403', '403', '403'])
  })

  it('DM33: who waits in a group is welcomed', async () => {
    const own = await door.tenant({ unknownMembers: 'keep-waiting' })
    const entries = await bulk(own, [
      createGroup('Early', ['w1@ex.org', 'w2@ex.org']),
      createUser('w1'),
      createUser('w2'),
    ])
    expect(await membersOf(own, madeId(entries[0]))).toEqual([madeId(entries[1]), madeId(entries[2])])
  })

  it('ends like the same operations one by one', async () => {
    const [one, other] = [await door.tenant(), await door.tenant()]
    const operations = Array.from({ length: 230 }, (_, index) =>
      createUser(`p${String(index)}`, {
        userName: `p${String(index % 200)}@ex.org`,
        schemas: [USER],
        title: String(index),
      }),
    )
    const together = statuses(await bulk(one, operations))
    const alone: string[] = []
    for (const operation of operations)
      alone.push(String((await other.post('/Users', operation['data'])).status))
    expect(together).toEqual(alone)
    const listOf = async (who: Tenant) =>
      resourcesOf((await who.get('/Users?count=500&attributes=userName,title')).body)
        .slice(2)
        .map(each => [each['userName'], each['title']])
    expect(await listOf(one)).toEqual(await listOf(other))
  })
})

describe('never a 5xx', () => {
  const odd: readonly unknown[] = [
    null,
    true,
    0,
    -1,
    '',
    'x',
    'bulkId:a',
    [],
    [[]],
    {},
    { value: {} },
    '\u0000',
    '\uD800',
  ]
  const names = ['method', 'path', 'bulkId', 'version', 'data']

  it('L6, B8: whatever an operation is made of', async () => {
    const operations = names.flatMap(name => odd.map(value => ({ ...createUser('a'), [name]: value })))
    const paths = odd.map(value => ({ method: 'PATCH', path: `/Users/${String(value)}`, data: value }))
    const datas = odd.flatMap(value =>
      ['PUT', 'PATCH', 'DELETE'].map(method => ({
        method,
        path: '/Groups/x',
        data: { members: value, Operations: value },
      })),
    )
    for (const entry of await bulk(tenant, [...operations, ...paths, ...datas])) {
      expect(Number(entry.status), JSON.stringify(entry)).toBeLessThan(500)
    }
    for (const value of odd) {
      for (const more of [
        { Operations: value },
        { failOnErrors: value },
        { schemas: value },
        { Operations: [value] },
      ]) {
        const { status, text } = await sendBulk(tenant, [createUser('odd')], more)
        expect(status, text).toBeLessThan(500)
      }
    }
  })
})

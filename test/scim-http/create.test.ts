// Creating people (checklist 3.3 and 3.4): POST /Users.
import { describe, expect, it } from 'vitest'
import { CAL, ENT, exchangesOf, expectError, idOf, person, useDoor, USER } from './client.ts'

const door = useDoor()

describe('POST /Users', () => {
  it('C1, C7, C15, DM20, DM21, ET1: answers 201 with the whole person', async () => {
    const tenant = await door.shared()
    const { status, headers, body } = await tenant.post('/Users', person({ displayName: 'Ada' }))
    expect(status).toBe(201)
    const meta = body['meta'] as Record<string, string>
    expect(meta).toMatchObject({ resourceType: 'User', version: 'W/"1"', location: headers['location'] })
    expect(meta['lastModified']).toBe(meta['created'])
    expect(headers['etag']).toBe(meta['version'])
    expect(body).toMatchObject({ displayName: 'Ada', active: true })
  })

  it('C2, DM17, DM19: id, meta and groups of the client are ignored', async () => {
    const tenant = await door.shared()
    const meta = {
      resourceType: 'Robot',
      created: '2001-01-01T00:00:00Z',
      version: 'W/"99"',
      location: 'http://x',
    }
    const { status, body } = await tenant.post(
      '/Users',
      person({ id: 'mine', meta, groups: [{ value: 'g' }] }),
    )
    expect(status).toBe(201)
    expect(body['id']).not.toBe('mine')
    expect(body['groups']).toBeUndefined()
    expect(body['meta']).toMatchObject({ resourceType: 'User', version: 'W/"1"' })
  })

  it.each([
    ['C3, DM25: no userName', { schemas: [USER] }, 'invalidValue'],
    ['C3, DM25: an empty userName', { schemas: [USER], userName: '' }, 'invalidValue'],
    ['DM25: a blank userName', { schemas: [USER], userName: '  ' }, 'invalidValue'],
    ['C3: userName null', { schemas: [USER], userName: null }, 'invalidValue'],
    ['DM14: no schemas', { userName: 'a' }, 'invalidSyntax'],
    ['DM14: empty schemas', { schemas: [], userName: 'a' }, 'invalidSyntax'],
    ['DM15: a foreign schema', { schemas: [USER, 'urn:x:y'], userName: 'a' }, 'invalidSyntax'],
    ['DM36: a number as userName', { schemas: [USER], userName: 5 }, 'invalidValue'],
    ['DM36: text in active', { schemas: [USER], userName: 'a', active: 'maybe' }, 'invalidValue'],
    ['DM36: a number as name', { schemas: [USER], userName: 'a', name: 5 }, 'invalidValue'],
    ['DM36: a list of numbers as emails', { schemas: [USER], userName: 'a', emails: [5] }, 'invalidValue'],
    ['G8: a number as group', { schemas: [USER], userName: 'a', [CAL]: { group: 7 } }, 'invalidValue'],
    ['C6: no JSON', '{"schemas":', 'invalidSyntax'],
    ['C6: a list', [], 'invalidSyntax'],
    ['C6: a text', '"x"', 'invalidSyntax'],
    ['C6: null', 'null', 'invalidSyntax'],
    ['C6: an empty body', '', 'invalidSyntax'],
    ['DM38: a prototype', '{"schemas":[],"__proto__":{"polluted":true}}', 'invalidSyntax'],
    [
      'DM38: a constructor',
      '{"userName":"a","constructor":{"prototype":{"polluted":true}}}',
      'invalidSyntax',
    ],
    ['DM38: an escaped prototype', '{"\\u005f_proto__":{"polluted":true}}', 'invalidSyntax'],
  ])('%s is 400', async (_case, body, scimType) => {
    const tenant = await door.shared()
    expectError(await tenant.post('/Users', body), 400, scimType)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('DM36, ER6: the refusal names the attribute', async () => {
    const tenant = await door.shared()
    const { body } = await tenant.post('/Users', person({ name: { givenName: 5 } }))
    expect(body['detail']).toContain('name.givenName')
  })

  it('C4, DM25, DM26: a name differing in case, width or composition only is taken', async () => {
    const tenant = await door.shared()
    await tenant.make(person({ userName: 'Jörg@Ex.org' }))
    for (const userName of ['JÖRG@ex.ORG', 'jo\u0308rg@ex.org', 'ｊörg@ex.org']) {
      expectError(await tenant.post('/Users', person({ userName })), 409, 'uniqueness')
    }
  })

  it('C5, Z1: the same name in another organization is free', async () => {
    const [one, other] = [await door.tenant(), await door.tenant()]
    const twin = person({ userName: 'twin@ex.org', externalId: 'twin' })
    expect((await one.post('/Users', twin)).status).toBe(201)
    expect((await other.post('/Users', twin)).status).toBe(201)
  })

  it('C8: attributes and excludedAttributes shape the answer', async () => {
    const tenant = await door.shared()
    const chosen = await tenant.post(
      '/Users?attributes=displayName',
      person({ displayName: 'Ada', title: 'x' }),
    )
    expect(Object.keys(chosen.body).sort()).toEqual(['displayName', 'id', 'schemas'])
    const without = await tenant.post(
      '/Users?excludedAttributes=title',
      person({ displayName: 'Ada', title: 'x' }),
    )
    expect(without.body['title']).toBeUndefined()
    expect(without.body['displayName']).toBe('Ada')
  })

  it('C10: a trailing slash is the collection, an id cannot be posted to', async () => {
    const tenant = await door.shared()
    expect((await tenant.post('/Users/', person())).status).toBe(201)
    expectError(await tenant.post(`/Users/${await tenant.make()}`, person()), 405)
  })

  it('C11, DM13: nulls, empty lists and empty texts mean unassigned', async () => {
    const tenant = await door.shared()
    const nothing = {
      id: null,
      externalId: null,
      title: '',
      emails: [],
      name: { givenName: null },
      [ENT]: null,
    }
    const { status, body } = await tenant.post('/Users', person({ ...nothing, roles: null, nickName: null }))
    expect(status).toBe(201)
    expect(Object.keys(body).sort()).toEqual(['active', 'id', 'meta', 'schemas', 'userName'])
  })

  it('C12: of twenty identical parallel creates exactly one succeeds', async () => {
    const tenant = await door.shared()
    const twin = person()
    const answers = await Promise.all(Array.from({ length: 20 }, () => tenant.post('/Users', twin)))
    const statuses = answers.map(answer => answer.status).sort()
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
  })

  it('C13, DL3: after a deletion the name is free and the id a new one', async () => {
    const tenant = await door.shared()
    const twin = person()
    const first = await tenant.make(twin)
    await tenant.remove(`/Users/${first}`)
    expect(await tenant.make(twin)).not.toBe(first)
  })

  it('C14: an inactive person keeps the name', async () => {
    const tenant = await door.shared()
    const twin = person()
    await tenant.make({ ...twin, active: false })
    expectError(await tenant.post('/Users', twin), 409, 'uniqueness')
  })

  it('DM1, DM24: names of attributes and schemas are read in any case and answered in the schema’s', async () => {
    const tenant = await door.shared()
    const odd = {
      SCHEMAS: [USER.toUpperCase()],
      USERNAME: 'odd@ex.org',
      NAME: { GIVENNAME: 'Odd' },
      [CAL.toLowerCase()]: { GROUP: 'Sales' },
    }
    const { body } = await tenant.post('/Users', odd)
    expect(body).toMatchObject({
      schemas: [USER, CAL],
      userName: 'odd@ex.org',
      name: { givenName: 'Odd' },
      [CAL]: { group: 'Sales' },
    })
  })

  it('DM10: the last of two primaries wins', async () => {
    const tenant = await door.shared()
    const emails = [
      { value: 'a@ex.org', primary: true },
      { value: 'b@ex.org', primary: true },
    ]
    const { body } = await tenant.post('/Users', person({ emails }))
    const primaries = (body['emails'] as unknown as { primary?: boolean }[]).filter(email => email.primary)
    expect(primaries).toHaveLength(1)
  })

  it('DM30: active absent means true, false makes a person without access', async () => {
    const tenant = await door.shared()
    expect((await tenant.post('/Users', person())).body['active']).toBe(true)
    expect((await tenant.post('/Users', person({ active: false }))).body['active']).toBe(false)
  })

  it('DM31, DM35, G1, EN53: texts come back byte for byte', async () => {
    const tenant = await door.shared()
    const text = '  "Ada" \\ O’Neil 👩🏽‍💻 \u202eabc\u202c é e\u0301 \t\n %_ '
    const sent = person({ displayName: text, title: text, [CAL]: { group: text } })
    const id = idOf((await tenant.post('/Users', sent)).body)
    expect((await tenant.get(`/Users/${id}`)).body).toMatchObject({
      displayName: text,
      title: text,
      [CAL]: { group: text },
    })
  })

  it('DM16, G9, Q22: schemas name an extension exactly when it has data, declared or not', async () => {
    const tenant = await door.shared()
    const used = await tenant.post('/Users', person({ [CAL]: { group: 'Sales' } }))
    expect(used.body['schemas']).toEqual([USER, CAL])
    const unused = await tenant.post('/Users', { ...person(), schemas: [USER, ENT, CAL] })
    expect(unused.body['schemas']).toEqual([USER])
  })

  it('Q6, OK10, G7: unknown attributes are ignored and told in the log', async () => {
    const tenant = await door.tenant()
    const { status, body } = await tenant.post(
      '/Users',
      person({ favouriteColour: 'red', group: 'Sales', 'urn:x:y': { a: 1 } }),
    )
    expect(status).toBe(201)
    expect(JSON.stringify(body)).not.toMatch(/red|Sales|urn:x/)
    const [exchange] = await exchangesOf(door.world, tenant, 1)
    expect(JSON.stringify(exchange?.quirks)).toContain('favouriteColour')
    expect(JSON.stringify(exchange?.quirks)).toContain('group-without-namespace')
  })
})

describe('seats', () => {
  it('a create without a free seat is 403 and says how many are taken', async () => {
    const tenant = await door.tenant({ seats: 3 })
    await tenant.make()
    const refused = await tenant.post('/Users', person())
    expectError(refused, 403)
    expect(refused.body['detail']).toContain('3 of 3 seats')
    expect((await tenant.post('/Users', person({ active: false }))).status).toBe(201)
  })
})

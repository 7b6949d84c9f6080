// Reading people and shaping answers (checklist 3.5 and 3.6): GET /Users/{id}, attributes, excludedAttributes.
import { beforeAll, describe, expect, it } from 'vitest'
import { CAL, ENT, expectError, LIST, person, resourcesOf, useDoor, USER, type Tenant } from './client.ts'

const door = useDoor()
let tenant: Tenant
let id: string

const ada = {
  userName: 'ada@ex.org',
  externalId: 'ada',
  displayName: 'Ada L',
  name: { givenName: 'Ada', familyName: 'L' },
  emails: [
    { value: 'ada@ex.org', type: 'work', primary: true },
    { value: 'ada@home.net', type: 'home' },
  ],
  [ENT]: { department: 'Maths', employeeNumber: '7' },
  [CAL]: { group: 'Sales' },
}

beforeAll(async () => {
  tenant = await door.tenant()
  id = await tenant.make(ada)
})

describe('GET /Users/{id}', () => {
  it('R1: answers the person', async () => {
    const { status, body, headers } = await tenant.get(`/Users/${id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ id, ...ada, schemas: [USER, ENT, CAL] })
    expect(headers['etag']).toBe('W/"1"')
  })

  it.each([
    ['R1: an unknown id', '018f0000-0000-7000-8000-000000000000'],
    ['R4: a word', 'nobody'],
    ['R4: an id in capitals', 'CAPITALS'],
    ['R4: dots', 'a.b..c'],
    ['R4: percent escapes', '%2e%2e%2f'],
    ['R4: an escaped slash', 'a%2Fb'],
    ['R4: an escaped NUL', '%00'],
    ['R4: a quote', '%27%20OR%201%3D1'],
    ['R4: a very long id', 'x'.repeat(1_900)],
    ['R4: an id with a blank', `${'0'.repeat(36)}%20`],
    ['H24: letters that are no UTF-16', '%F0%9F%98%80'],
  ])('%s is 404', async (_case, odd) => {
    const asked = odd === 'CAPITALS' ? id.toUpperCase() : odd
    expectError(await tenant.get(`/Users/${asked}`), 404)
  })

  it('R5, V6: a trailing or doubled slash changes nothing', async () => {
    for (const path of [`/Users/${id}/`, `//Users/${id}`, `/Users//${id}`]) {
      expect((await tenant.get(path)).body['id'], path).toBe(id)
    }
    for (const path of ['/Users', '/Users?', '/Users/', '/Users/?count=100']) {
      expect((await tenant.get(path)).body['schemas'], path).toEqual([LIST])
    }
  })

  it('R2: a deleted person is nowhere', async () => {
    const gone = person()
    const goneId = await tenant.make(gone)
    await tenant.remove(`/Users/${goneId}`)
    expectError(await tenant.get(`/Users/${goneId}`), 404)
    expect(await tenant.find(`id eq "${goneId}"`)).toEqual([])
    expect(await tenant.find('userName pr')).not.toContain(gone['userName'])
  })

  it('R3: an inactive person is read by id and found by filter', async () => {
    const idle = await tenant.make(person({ userName: 'idle@ex.org', active: false }))
    expect((await tenant.get(`/Users/${idle}`)).body['active']).toBe(false)
    expect(await tenant.find('userName eq "idle@ex.org"')).toEqual(['idle@ex.org'])
    expect(await tenant.find('active eq false')).toEqual(['idle@ex.org'])
  })

  it('R6, R7: nobody found is an empty list with all its numbers', async () => {
    const { status, body } = await tenant.get('/Users?filter=userName%20eq%20%22nobody%22')
    expect(status).toBe(200)
    expect(body).toEqual({ schemas: [LIST], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] })
  })

  it('R8: unknown parameters are ignored', async () => {
    expect((await tenant.get('/Users?aadOptscim062020&x=1&&=2&filter2=a')).status).toBe(200)
  })
})

describe('projection', () => {
  const keys = async (query: string): Promise<string[]> =>
    Object.keys((await tenant.get(`/Users/${id}?${query}`)).body).sort()

  it.each([
    ['A4: attributes', 'attributes=userName', ['id', 'schemas', 'userName']],
    [
      'A7: any case and blanks around commas',
      'attributes=USERNAME%20,%20displayname',
      ['displayName', 'id', 'schemas', 'userName'],
    ],
    ['A7: escaped commas', 'attributes=userName%2CdisplayName', ['displayName', 'id', 'schemas', 'userName']],
    ['A7: any case of the parameter', 'ATTRIBUTES=userName', ['id', 'schemas', 'userName']],
    ['A6: the schema in front', `attributes=${USER}:userName`, ['id', 'schemas', 'userName']],
    ['A6: an attribute of an extension', `attributes=${CAL}:group`, [CAL, 'id', 'schemas']],
    ['A6: a whole extension', `attributes=${ENT}`, [ENT, 'id', 'schemas']],
    ['A8: unknown names', 'attributes=nothing,userName', ['id', 'schemas', 'userName']],
    ['A3: password is never shown', 'attributes=password', ['id', 'schemas']],
    ['A10: a value filter', 'attributes=emails[type%20eq%20%22work%22]', ['emails', 'id', 'schemas']],
    ['A9: only id', 'attributes=id', ['id', 'schemas']],
  ])('%s: %s', async (_case, query, expected) => {
    expect(await keys(query)).toEqual([...expected].sort())
  })

  it('A3, A11: what is excluded is gone with its parts, id and schemas stay', async () => {
    const shown = await keys('excludedAttributes=id,schemas,name,emails')
    expect(shown).toContain('id')
    expect(shown).toContain('schemas')
    expect(shown).not.toContain('name')
    expect(shown).not.toContain('emails')
    expect(shown).toContain('displayName')
  })

  it('A11: naming one part shows only that part', async () => {
    expect((await tenant.get(`/Users/${id}?attributes=name.familyName,emails.value`)).body).toEqual({
      schemas: [USER, ENT, CAL],
      id,
      name: { familyName: 'L' },
      emails: [{ value: 'ada@ex.org' }, { value: 'ada@home.net' }],
    })
  })

  it('A8: an empty value means not given', async () => {
    expect(await keys('attributes=&excludedAttributes=')).toContain('displayName')
  })

  it('A2: both together are 400', async () => {
    expectError(await tenant.get(`/Users/${id}?attributes=id&excludedAttributes=name`), 400, 'invalidValue')
  })

  it('A1: lists, PUT and PATCH are shaped, too', async () => {
    const [first] = resourcesOf((await tenant.get('/Users?attributes=userName&count=1')).body)
    expect(Object.keys(first ?? {}).sort()).toEqual(['id', 'schemas', 'userName'])
    const put = await tenant.put(`/Users/${id}?attributes=userName`, { schemas: [USER], ...ada })
    expect(Object.keys(put.body).sort()).toEqual(['id', 'schemas', 'userName'])
    const patched = await tenant.patch(`/Users/${id}?excludedAttributes=emails`, [
      { op: 'add', path: 'title', value: 'x' },
    ])
    expect(patched.body['emails']).toBeUndefined()
    expect(patched.body['title']).toBe('x')
  })
})

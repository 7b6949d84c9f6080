// Strict mode, line by line: what the interoperability profile and IPSIE want of a service (I1 to I11, I13 to I16).
import { beforeAll, describe, expect, it } from 'vitest'
import { configureProvisioning } from '#server/domain/organizations/configure-provisioning.ts'
import {
  CAL,
  ENT,
  expectError,
  idOf,
  PATCH_OP,
  person,
  resourcesOf,
  useDoor,
  USER,
  type Tenant,
} from './client.ts'
import { group, makeGroup, member, membersOf, people } from './group-client.ts'

const door = useDoor()
let strict: Tenant
let tolerant: Tenant
beforeAll(async () => {
  strict = await door.tenant({ strict: true })
  tolerant = await door.tenant()
})

const two = [
  { value: 'a@ex.org', type: 'work', primary: true },
  { value: 'b@ex.org', type: 'home' },
]
const operation = (op: string, path: string | undefined, value?: unknown) => ({
  op,
  ...(path === undefined ? {} : { path }),
  ...(value === undefined ? {} : { value }),
})

describe('what is told', () => {
  it('I1: conformance is declared while strict mode is on, and not a moment longer', async () => {
    const tenant = await door.tenant()
    const told = async () => (await tenant.get('/ServiceProviderConfig')).body['interopProfileConformant']
    const { ctx } = tenant.org.owner
    expect(await told()).toBeUndefined()
    await configureProvisioning(ctx, { strict: true })
    expect(await told()).toBe(true)
    await configureProvisioning(ctx, { strict: false })
    expect(await told()).toBeUndefined()
  })

  it('I2, I5: all discovery is there, exact, and suggests values of type', async () => {
    const types = resourcesOf((await strict.get('/ResourceTypes')).body)
    expect(types.map(type => [type['id'], type['name']])).toEqual([
      ['User', 'User'],
      ['Group', 'Group'],
    ])
    const listed = resourcesOf((await strict.get('/Schemas')).body)
    const { attributes } = listed.find(schema => schema['id'] === USER) as unknown as {
      attributes: { name: string; subAttributes?: { name: string; canonicalValues?: string[] }[] }[]
    }
    for (const name of ['emails', 'phoneNumbers', 'ims', 'photos', 'addresses']) {
      const parts = attributes.find(each => each.name === name)?.subAttributes
      expect(parts?.find(part => part.name === 'type')?.canonicalValues?.length, name).toBeGreaterThan(0)
    }
    expect(attributes.some(each => each.name === 'password')).toBe(false)
    const config = listed.find(schema => schema['name'] === 'ServiceProviderConfig')
    expect(JSON.stringify(config)).toContain('"interopProfileConformant"')
  })
})

describe('what is found', () => {
  it('I3, I14: userName without letter case, id and externalId with it; addresses by value and type', async () => {
    const mark = `i3-${String(Date.now())}`
    const id = await strict.make({
      ...person({ externalId: `X-${mark}`, emails: [{ value: `${mark}@ex.org`, type: 'work' }] }),
      userName: `${mark}@ex.org`,
    })
    const names = [`${mark}@ex.org`]
    expect(await strict.find(`userName eq "${mark.toUpperCase()}@EX.ORG"`)).toEqual(names)
    expect(await strict.find(`externalId eq "X-${mark}"`)).toEqual(names)
    expect(await strict.find(`externalId eq "x-${mark}"`)).toEqual([])
    expect(await strict.find(`id eq "${id.toUpperCase()}"`)).toEqual([])
    expect(await strict.find(`emails[value eq "${mark}@ex.org"]`)).toEqual(names)
    expect(await strict.find(`emails[type eq "work" and value eq "${mark}@ex.org"]`)).toEqual(names)
    expect((await strict.post('/Users', { ...person(), userName: `${mark}@EX.org` })).status).toBe(409)
  })

  it.each([
    ['an attribute that there is not', 'shoeSize eq "43"'],
    ['F21: a filter behind its brackets', 'emails[type eq "work"].value eq "a@b"'],
    ['F22: a boolean in quotes', 'active eq "True"'],
    ['F23: a text without quotes', 'externalId eq jdoe'],
    ['F25: no blank', 'userName eq"ada"'],
    ['F27: an extension without its URN', 'manager eq "U2"'],
  ])('I6: refuses %s', async (_what, filter) => {
    expectError(await strict.get(`/Users?filter=${encodeURIComponent(filter)}`), 400, 'invalidFilter')
  })

  it('I7, I15: a page has 100 without a wish, and 500 at most', async () => {
    const config = (await strict.get('/ServiceProviderConfig')).body
    expect(config).toMatchObject({ pagination: { defaultPageSize: 100, maxPageSize: 500 } })
    expect((await strict.get('/Users?count=100')).status).toBe(200)
    expect((await strict.get('/Users?count=100000')).status).toBe(200)
  })
})

describe('what is refused', () => {
  const bodies: readonly (readonly [what: string, body: object, scimType: string])[] = [
    ['I4: an unknown attribute', { shoeSize: 43 }, 'invalidSyntax'],
    ['I4: an unknown part', { name: { nick: 'A' } }, 'invalidSyntax'],
    ['I4: an unknown container', { 'urn:example:acme:2.0:User': { desk: 7 } }, 'invalidSyntax'],
    ['I4: an unknown URN in schemas', { schemas: [USER, 'urn:example:acme:2.0:User'] }, 'invalidSyntax'],
    ['Q22: an extension that is not declared', { [CAL]: { group: 'Sales' } }, 'invalidSyntax'],
    ['I15, OK3: a password', { password: 'random' }, 'invalidSyntax'],
    ['I16, EN11: a boolean as text', { active: 'True' }, 'invalidValue'],
    ['I16, EN12: a manager as text', { schemas: [USER, ENT], [ENT]: { manager: 'U2' } }, 'invalidValue'],
    ['DM10: two primaries', { emails: two.map(each => ({ ...each, primary: true })) }, 'invalidValue'],
    ['D24: a type of nobody', { emails: [{ value: 'a@ex.org', type: 'moon' }] }, 'invalidValue'],
  ]
  it.each(bodies)('%s in a body, which is tolerated otherwise or never was', async (what, body, scimType) => {
    expectError(await strict.post('/Users', { ...person(), ...body }), 400, scimType)
    const elsewhere = await tolerant.post('/Users', { ...person(), ...body })
    expect(elsewhere.status).toBe(what.includes('unknown URN in schemas') ? 400 : 201)
  })

  const patches: readonly (readonly [what: string, op: object, scimType: string])[] = [
    ['I8, I16, OK6, EN21: no path', operation('replace', undefined, { active: false }), 'invalidSyntax'],
    ['I8: an element without a part', operation('replace', 'emails[type eq "work"]', two[0]), 'invalidPath'],
    ['I8: several elements', operation('replace', 'emails[value co "@"].display', 'x'), 'invalidFilter'],
    ['I8: several elements to remove', operation('remove', 'emails[value co "@"]'), 'invalidFilter'],
    ['Q13: a removal with a value', operation('remove', 'emails', [{ value: 'a@ex.org' }]), 'invalidSyntax'],
    ['Q14: no such element', operation('replace', 'emails[type eq "other"].value', 'x'), 'noTarget'],
    ['I16, EN20: a capital letter', operation('Replace', 'active', false), 'invalidSyntax'],
    ['I16, KC3: a boolean as text', operation('replace', 'active', 'false'), 'invalidValue'],
    ['H13: an unknown path', operation('replace', 'shoeSize', 43), 'invalidPath'],
    ['EN27: a dot behind the URN', operation('replace', `${CAL}.group`, 'Sales'), 'invalidPath'],
  ]
  it.each(patches)('%s in a PATCH, and nothing changes', async (_what, sent, scimType) => {
    const id = await strict.make({ ...person({ emails: two }) })
    const before = await strict.get(`/Users/${id}`)
    expectError(await strict.patch(`/Users/${id}`, [sent]), 400, scimType)
    expect((await strict.get(`/Users/${id}`)).text).toBe(before.text)
    const elsewhere = await tolerant.make({ ...person({ emails: two }) })
    expect((await tolerant.patch(`/Users/${elsewhere}`, [sent])).status).toBe(200)
  })

  it('H2: a PATCH that does not name its schema', async () => {
    const id = await strict.make()
    const body = { Operations: [operation('replace', 'title', 'Boss')] }
    expectError(await strict.call({ method: 'PATCH', path: `/Users/${id}`, body }), 400, 'invalidSyntax')
  })
})

describe('what is done', () => {
  it('I9: a complex attribute is replaced as a whole, and merged by add', async () => {
    const id = await strict.make({ ...person({ name: { givenName: 'Ada', familyName: 'L' } }) })
    const name = async (op: object) => (await strict.patch(`/Users/${id}`, [op])).body['name']
    expect(await name(operation('add', 'name', { middleName: 'B' }))).toEqual({
      givenName: 'Ada',
      familyName: 'L',
      middleName: 'B',
    })
    expect(await name(operation('replace', 'name', { givenName: 'Bea' }))).toEqual({ givenName: 'Bea' })
    for (const op of ['add', 'replace'])
      expect((await strict.patch(`/Users/${id}`, [operation(op, 'title', op)])).body['title']).toBe(op)
  })

  it('I10, I11: DELETE frees the name, PATCH deletes nobody, a taken name is 409', async () => {
    const sent = person()
    const id = await strict.make(sent)
    const other = await strict.make()
    expectError(await strict.post('/Users', sent), 409, 'uniqueness')
    const taken = operation('replace', 'userName', sent['userName'])
    expectError(await strict.patch(`/Users/${other}`, [taken]), 409, 'uniqueness')
    await strict.patch(`/Users/${id}`, [operation('replace', 'active', false)])
    expect((await strict.get(`/Users/${id}`)).body['active']).toBe(false)
    expect((await strict.remove(`/Users/${id}`)).status).toBe(204)
    expect((await strict.get(`/Users/${id}`)).status).toBe(404)
    expect(await strict.make(sent)).not.toBe(id)
  })

  it('I13, I14: several attributes in one PATCH; deactivated and back', async () => {
    const id = await strict.make()
    const answer = await strict.patch(`/Users/${id}`, [
      operation('replace', 'active', false),
      operation('replace', 'title', 'Boss'),
      operation('replace', `${ENT}:department`, 'Sales'),
    ])
    expect(answer.body).toMatchObject({ active: false, title: 'Boss', [ENT]: { department: 'Sales' } })
    const back = await strict.patch(`/Users/${id}`, [operation('replace', 'active', true)])
    expect(back.body['active']).toBe(true)
  })

  it('I15: groups may be empty, have unique names, and take 50 operations on members at once', async () => {
    const mark = `I15 ${String(Date.now())}`
    const id = await makeGroup(strict, group({ displayName: mark, externalId: mark }))
    expectError(await strict.post('/Groups', group({ displayName: mark.toUpperCase() })), 409, 'uniqueness')
    const ids = await people(strict, 3)
    const joins = Array.from({ length: 50 }, (_, at) => operation('add', 'members', [member(ids[at % 3])]))
    expect((await strict.patch(`/Groups/${id}`, joins)).status).toBe(204)
    expect([...(await membersOf(strict, id))].sort()).toEqual([...ids].sort())
    const found = async (filter: string) =>
      resourcesOf((await strict.get(`/Groups?filter=${encodeURIComponent(filter)}`)).body).map(idOf)
    expect(await found(`displayName eq "${mark}"`)).toEqual([id])
    expect(await found(`externalId eq "${mark}"`)).toEqual([id])
    expect(await found(`members[value eq "${ids[0] ?? ''}"]`)).toEqual([id])
    const leave = operation('remove', `members[value eq "${ids[0] ?? ''}"]`)
    expect((await strict.patch(`/Groups/${id}`, [leave])).status).toBe(204)
    expect(await membersOf(strict, id)).toHaveLength(2)
    expectError(
      await strict.call({
        method: 'PATCH',
        path: `/Groups/${id}`,
        body: {
          schemas: [PATCH_OP],
          Operations: [operation('replace', undefined, { id, displayName: 'x' })],
        },
      }),
      400,
      'invalidSyntax',
    )
    expectError(await strict.post('/Groups', { displayName: 'No schemas' }), 400, 'invalidSyntax')
  })
})

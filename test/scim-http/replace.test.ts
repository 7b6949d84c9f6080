// Replacing people (checklist 3.11): PUT /Users/{id}.
import { beforeAll, describe, expect, it } from 'vitest'
import { CAL, ENT, exchangesOf, expectError, person, textOf, useDoor, USER, type Tenant } from './client.ts'

const door = useDoor()
let tenant: Tenant
beforeAll(async () => {
  tenant = await door.tenant()
})

const full = () =>
  person({
    externalId: 'x',
    displayName: 'Ada',
    title: 'Analyst',
    name: { givenName: 'Ada', familyName: 'L' },
    emails: [{ value: 'ada@ex.org', type: 'work', primary: true }],
    [ENT]: { department: 'Maths' },
    [CAL]: { group: 'Sales' },
  })

describe('PUT /Users/{id}', () => {
  it('U1: never creates', async () => {
    expectError(await tenant.put('/Users/018f0000-0000-7000-8000-000000000000', full()), 404)
    expectError(await tenant.put('/Users/nobody', full()), 404)
  })

  it('U2, U10: what was read may come back whole, with another id, too', async () => {
    const id = await tenant.make(full())
    const read = (await tenant.get(`/Users/${id}`)).body
    const { status, body } = await tenant.put(`/Users/${id}`, { ...read, id: 'another', title: 'Chief' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ id, title: 'Chief', meta: { version: 'W/"2"' } })
  })

  it('U2, U3, U9: what is absent, null or empty is cleared', async () => {
    const sent = full()
    const id = await tenant.make(sent)
    const next = { schemas: [USER], userName: sent['userName'], title: null, emails: [], displayName: '' }
    const { body } = await tenant.put(`/Users/${id}`, next)
    expect(Object.keys(body).sort()).toEqual(['active', 'id', 'meta', 'schemas', 'userName'])
  })

  it.each([
    ['U2: no schemas', { schemas: undefined }, 'invalidSyntax'],
    ['U5: no userName', { userName: undefined }, 'invalidValue'],
    ['U5: userName null', { userName: null }, 'invalidValue'],
    ['DM36: another type', { title: 7 }, 'invalidValue'],
  ])('%s is 400 and changes nothing', async (_case, change, scimType) => {
    const id = await tenant.make(full())
    const before = (await tenant.get(`/Users/${id}`)).text
    expectError(await tenant.put(`/Users/${id}`, { ...full(), ...change }), 400, scimType)
    expect((await tenant.get(`/Users/${id}`)).text).toBe(before)
  })

  it('U6: active absent keeps a leaver out and a colleague in', async () => {
    const leaver = await tenant.make({ ...full(), active: false })
    expect((await tenant.put(`/Users/${leaver}`, full())).body['active']).toBe(false)
    const colleague = await tenant.make(full())
    expect((await tenant.put(`/Users/${colleague}`, full())).body['active']).toBe(true)
    expect((await tenant.put(`/Users/${colleague}`, { ...full(), active: null })).body['active']).toBe(true)
  })

  it('U7: a password is neither kept nor shown', async () => {
    const id = await tenant.make(full())
    const { status, text } = await tenant.put(`/Users/${id}`, { ...full(), password: 'hunter2-hunter2' })
    expect(status).toBe(200)
    expect(text).not.toContain('hunter2')
  })

  it('U8: a taken name is 409, the own name in another case is stored', async () => {
    const [mine, other] = [full(), full()]
    const id = await tenant.make(mine)
    await tenant.make(other)
    const taken = { ...mine, userName: textOf(other['userName']).toUpperCase() }
    expectError(await tenant.put(`/Users/${id}`, taken), 409, 'uniqueness')
    const shouted = textOf(mine['userName']).toUpperCase()
    expect((await tenant.put(`/Users/${id}`, { ...mine, userName: shouted })).body['userName']).toBe(shouted)
  })

  it('U12, DM22: the same content changes neither version nor time', async () => {
    const sent = full()
    const id = await tenant.make(sent)
    const before = (await tenant.get(`/Users/${id}`)).body
    const after = await tenant.put(`/Users/${id}`, sent)
    expect(after.body).toEqual(before)
    expect(after.headers['etag']).toBe('W/"1"')
    const exchanges = await exchangesOf(door.world, tenant, 1)
    expect(exchanges.length).toBeGreaterThan(0)
  })

  it('U14: active false deactivates, true reactivates', async () => {
    const sent = full()
    const id = await tenant.make(sent)
    expect((await tenant.put(`/Users/${id}`, { ...sent, active: false })).body['active']).toBe(false)
    expect((await tenant.put(`/Users/${id}`, { ...sent, active: true })).body['active']).toBe(true)
  })

  it('U15: the collection cannot be replaced', async () => {
    expectError(await tenant.put('/Users', full()), 405)
  })

  it('the owner’s access cannot be taken', async () => {
    const { userId, email } = tenant.org.owner
    const refused = await tenant.put(`/Users/${userId}`, { schemas: [USER], userName: email, active: false })
    expectError(refused, 403)
    expect(refused.body['detail']).toContain('Transfer ownership')
    const renamed = await tenant.put(`/Users/${userId}`, {
      schemas: [USER],
      userName: email,
      displayName: 'The Owner',
    })
    expect(renamed.body).toMatchObject({ displayName: 'The Owner', active: true })
  })
})

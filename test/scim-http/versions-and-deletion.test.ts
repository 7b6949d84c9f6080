// Versions and deletion (checklist 3.13 and 3.15): ETag, If-Match, If-None-Match, DELETE.
import { beforeAll, describe, expect, it } from 'vitest'
import { expectError, person, useDoor, type Tenant } from './client.ts'

const door = useDoor()
let tenant: Tenant
beforeAll(async () => {
  tenant = await door.tenant()
})

const title = (value: string) => [{ op: 'replace', path: 'title', value }]

describe('If-None-Match', () => {
  it.each([
    ['ET3: the same tag', 'W/"1"', 304],
    ['ET4: the same without W/', '"1"', 304],
    ['ET3: anything', '*', 304],
    ['ET4: one of a list', '"7", W/"1"', 304],
    ['ET3: another tag', 'W/"2"', 200],
    ['ET4: no quotes', '1', 200],
    ['ET4: nonsense', 'W/"', 200],
  ])('%s', async (_case, tag, status) => {
    const answer = await tenant.get(`/Users/${await tenant.make()}`, { 'if-none-match': tag })
    expect(answer.status).toBe(status)
    expect(answer.headers['etag']).toBe('W/"1"')
    if (status === 304) expect(answer.text).toBe('')
  })
})

describe('If-Match', () => {
  it.each([
    ['ET2: the same tag', 'W/"1"', 200],
    ['ET2: anything', '*', 200],
    ['ET4: one of a list', 'W/"7", W/"1"', 200],
    ['ET2, H6, U11: another tag', 'W/"2"', 412],
    ['ET4: nonsense', 'x"', 412],
  ])('%s on PATCH, PUT and DELETE', async (_case, tag, status) => {
    const headers = { 'if-match': tag }
    const [one, two, three] = [await tenant.make(), await tenant.make(), await tenant.make()]
    const answers = [
      await tenant.patch(`/Users/${one}`, title('x'), headers),
      await tenant.put(`/Users/${two}`, person({ title: 'x' }), headers),
      await tenant.remove(`/Users/${three}`, headers),
    ]
    if (status === 200) {
      expect(answers.map(answer => answer.status)).toEqual([200, 200, 204])
      return
    }
    for (const answer of answers) expectError(answer, status)
    for (const id of [one, two, three]) {
      expect((await tenant.get(`/Users/${id}`)).headers['etag'], 'DL4: nothing changed').toBe('W/"1"')
    }
  })

  it('ET2: an unknown person is 404 before any tag is looked at', async () => {
    expectError(await tenant.remove('/Users/nobody', { 'if-match': '*' }), 404)
  })

  it('ET6: of ten parallel changes with the same tag exactly one succeeds', async () => {
    const id = await tenant.make()
    const race = Array.from({ length: 10 }, (_, index) =>
      tenant.patch(`/Users/${id}`, title(`T${String(index)}`), { 'if-match': 'W/"1"' }),
    )
    const statuses = (await Promise.all(race)).map(answer => answer.status).sort()
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)])
    expect((await tenant.get(`/Users/${id}`)).headers['etag']).toBe('W/"2"')
  })
})

describe('DELETE /Users/{id}', () => {
  it('DL1, DL2: answers 204 once, then 404 to every method', async () => {
    const id = await tenant.make()
    expect((await tenant.remove(`/Users/${id}`)).status).toBe(204)
    for (const answer of [
      await tenant.remove(`/Users/${id}`),
      await tenant.get(`/Users/${id}`),
      await tenant.put(`/Users/${id}`, person()),
      await tenant.patch(`/Users/${id}`, title('x')),
    ]) {
      expectError(answer, 404)
    }
  })

  it('DL3, I10: a name and an externalId are free at once', async () => {
    const twin = person({ externalId: 'same' })
    const id = await tenant.make(twin)
    await tenant.remove(`/Users/${id}`)
    expect(await tenant.make(twin)).not.toBe(id)
    expect(await tenant.find('externalId eq "same"')).toEqual([twin['userName']])
  })

  it('Q12: an inactive person is deleted as well', async () => {
    const id = await tenant.make(person({ active: false }))
    expect((await tenant.remove(`/Users/${id}`)).status).toBe(204)
  })

  it('DL5: a body and a type on DELETE are ignored', async () => {
    const id = await tenant.make()
    const headers = { 'content-type': 'text/plain' }
    const answer = await tenant.call({
      method: 'DELETE',
      path: `/Users/${id}`,
      body: 'not JSON at all {',
      headers,
    })
    expect(answer.status).toBe(204)
  })

  it('DL6: a collection cannot be deleted', async () => {
    for (const path of ['/Users', '/Users/', '/Users?filter=userName%20pr'])
      expectError(await tenant.remove(path), 405)
  })

  it('DL7: the owner is protected', async () => {
    const refused = await tenant.remove(`/Users/${tenant.org.owner.userId}`)
    expectError(refused, 403)
    expect(refused.body['detail']).toContain('Transfer ownership')
    expect((await tenant.get(`/Users/${tenant.org.owner.userId}`)).status).toBe(200)
  })

  it('of ten parallel deletions exactly one succeeds', async () => {
    const id = await tenant.make()
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => tenant.remove(`/Users/${id}`)))).map(
      answer => answer.status,
    )
    expect(statuses.sort()).toEqual([204, ...Array.from({ length: 9 }, () => 404)])
  })
})

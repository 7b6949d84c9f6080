// Transport and headers of the SCIM door (checklist 3.1): credentials, media types, locations, caching, packing.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { mintSecret, mintOrgKey } from '#server/domain/secrets/secret.ts'
import { publicUrl } from '#test/support/make-app.ts'
import { expectError, exchangesOf, idOf, person, send, textOf, useDoor, USER } from './client.ts'

const door = useDoor()
const scimJson = 'application/scim+json; charset=utf-8'
const plainJson = 'application/json; charset=utf-8'

describe('credentials', () => {
  const strange = mintSecret('scim', mintOrgKey()).text
  it.each([
    ['T2: without credentials', undefined],
    ['T3: with a word', 'Bearer nonsense'],
    ['T3: with a token nobody issued', `Bearer ${strange}`],
    ['T3: with a mistyped token', `Bearer ${strange.slice(0, -1)}${strange.endsWith('0') ? '1' : '0'}`],
    ['T4: with a bare token', strange],
    ['T4: with an empty header', ''],
    ['T4: with two tokens', `Bearer ${strange} ${strange}`],
    ['T4: with another scheme', 'Basic YTpi'],
  ])('%s the answer is 401 with a challenge and the same words', async (_case, authorization) => {
    const tenant = await door.shared()
    const answer = await tenant.get('/Users', { authorization })
    expectError(answer, 401)
    const path = new URL(tenant.base).pathname
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer realm="SCIM", resource_metadata="${publicUrl}/.well-known/oauth-protected-resource${path}"`,
    )
    expect(answer.body['detail']).toBe(
      (await tenant.get('/Users', { authorization: undefined })).body['detail'],
    )
  })

  it.each(['bearer', 'BEARER', 'BeArEr'])('T4: the scheme may be written %s', async scheme => {
    const tenant = await door.shared()
    const answer = await tenant.get('/Users', { authorization: `${scheme} ${tenant.org.scimToken.secret}` })
    expect(answer.status).toBe(200)
  })

  it('T7: a token in the query is no credential', async () => {
    const tenant = await door.shared()
    const { secret } = tenant.org.scimToken
    for (const name of ['access_token', 'token', 'authorization']) {
      const answer = await tenant.get(`/Users?${name}=${secret}`, { authorization: undefined })
      expectError(answer, 401)
    }
  })

  it('Z6, T8, T9: an API key and a session cookie open nothing', async () => {
    const tenant = await door.shared()
    expectError(await tenant.get('/Users', { authorization: `Bearer ${tenant.org.apiKey.secret}` }), 401)
    expectError(await tenant.get('/Users', { authorization: `Bearer ${tenant.org.owner.cookie}` }), 401)
    const cookie = `rollcall=${tenant.org.owner.cookie}; __Host-rollcall=${tenant.org.owner.cookie}`
    expectError(await tenant.get('/Users', { authorization: undefined, cookie }), 401)
  })
})

describe('media types', () => {
  it.each([
    ['T10: application/scim+json', 'application/scim+json', scimJson],
    ['T10: application/json', 'application/json', plainJson],
    ['T10: anything', '*/*', scimJson],
    ['T10: nothing', undefined, scimJson],
    [
      'T11: a list with qualities',
      'text/html;q=0.1, application/json;q=0.5, application/scim+json',
      scimJson,
    ],
    ['T11: a list of everything', 'application/json, text/plain, */*', plainJson],
    ['T11: another type altogether', 'text/html', scimJson],
  ])('%s is accepted and answered fittingly', async (_case, accept, type) => {
    const tenant = await door.shared()
    const answer = await tenant.get('/Users', { accept, 'accept-charset': 'utf-8' })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe(type)
  })

  it.each([
    ['T9: application/json', 'application/json'],
    ['T9: with a charset in capitals', 'application/json; charset=UTF-8'],
    ['T9: in capitals', 'Application/SCIM+JSON;CHARSET=utf-8'],
    ['T13: without a type', undefined],
  ])('%s is taken as JSON', async (_case, type) => {
    const tenant = await door.shared()
    expect((await tenant.post('/Users', person(), { 'content-type': type })).status).toBe(201)
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonx',
  ])('T12: a body of type %s is 415', async type => {
    const tenant = await door.shared()
    expectError(await tenant.post('/Users', person(), { 'content-type': type }), 415)
  })

  it('T8: errors have the media type, too, and follow Accept', async () => {
    const tenant = await door.shared()
    expectError(await tenant.get('/Users/nobody'), 404)
    const plain = await tenant.get('/Users/nobody', { accept: 'application/json' })
    expect(plain.headers['content-type']).toBe(plainJson)
    expect(plain.body['status']).toBe('404')
  })

  it('OT6: a byte order mark at the start of a body is skipped', async () => {
    const tenant = await door.shared()
    expect((await tenant.post('/Users', `\uFEFF${JSON.stringify(person())}`)).status).toBe(201)
  })
})

describe('locations', () => {
  it('T14, T15: Location, Content-Location and meta.location are one absolute address', async () => {
    const tenant = await door.shared()
    const made = await tenant.post('/Users', person())
    const location = `${tenant.base}/Users/${idOf(made.body)}`
    expect(made.headers['location']).toBe(location)
    const id = idOf(made.body)
    const answers = [
      made,
      await tenant.get(`/Users/${id}`),
      await tenant.put(`/Users/${id}`, person()),
      await tenant.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }]),
    ]
    for (const { headers, body } of answers) {
      expect(headers['content-location']).toBe(location)
      expect(body['meta']).toMatchObject({ location })
    }
  })

  it('T16, H20: forged Host and X-Forwarded headers change no address', async () => {
    const tenant = await door.shared()
    const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }
    const made = await tenant.post('/Users', person(), forged)
    expect(made.text + JSON.stringify(made.headers)).not.toContain('evil')
    expect(made.headers['location']).toMatch(/^https:\/\/rollcall\.test\/scim\/v2\//)
  })
})

describe('answers', () => {
  it('T17: 204 has neither body nor type', async () => {
    const tenant = await door.shared()
    const gone = await tenant.remove(`/Users/${await tenant.make()}`)
    expect(gone.status).toBe(204)
    expect(gone.text).toBe('')
    expect(gone.headers['content-type']).toBeUndefined()
  })

  it('T18: answers are never cached', async () => {
    const tenant = await door.shared()
    for (const path of ['/Users', '/Users/nobody', '/Schemas', '/nowhere']) {
      expect((await tenant.get(path)).headers['cache-control']).toBe('no-store')
    }
  })

  it('T18: packed bodies are read, large answers are packed for who can read them', async () => {
    const tenant = await door.shared()
    const body = gzipSync(JSON.stringify(person({ displayName: 'Packed' })))
    const made = await tenant.post('/Users', body, { 'content-encoding': 'gzip' })
    expect(made.status, made.text).toBe(201)
    expect(made.body['displayName']).toBe('Packed')
    const packed = await tenant.get('/Schemas', { 'accept-encoding': 'gzip, deflate' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.text).toBe((await tenant.get('/Schemas')).text)
  })

  it('T20: the request id of an answer is the id of its line in the provisioning log', async () => {
    const tenant = await door.tenant()
    const answer = await tenant.get('/Users?count=1')
    const [exchange] = await exchangesOf(door.world, tenant, 1)
    expect(exchange?.id).toBe(answer.headers['x-request-id'])
  })

  it('T19: fifty requests over kept-alive connections are all answered, chunked or not', async () => {
    const tenant = await door.shared()
    const address = await door.service.app.listen({ port: 0, host: '127.0.0.1' })
    const headers = {
      authorization: `Bearer ${tenant.org.scimToken.secret}`,
      'content-type': 'application/scim+json',
    }
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const text = JSON.stringify(person())
        const stream = new Blob([text]).stream()
        const chunked = index % 2 === 0
        const sent = chunked ? ({ body: stream, duplex: 'half' } as RequestInit) : { body: text }
        const answer = await fetch(`${address}/scim/v2/${tenant.org.orgId}/Users`, {
          method: 'POST',
          headers,
          ...sent,
        })
        await answer.text()
        return answer.status
      }),
    )
    expect(new Set(statuses)).toEqual(new Set([201]))
  })
})

describe('the base URL', () => {
  it('T6: a token of one organization opens no other, known or not', async () => {
    const [one, other] = [await door.tenant(), await door.tenant()]
    const id = await other.make()
    const authorization = `Bearer ${one.org.scimToken.secret}`
    const known = await other.get(`/Users/${id}`, { authorization })
    const path = `/scim/v2/018f0000-0000-7000-8000-000000000000/Users/${id}`
    const unknown = await send(door.service, { method: 'GET', path, headers: { authorization } })
    expectError(known, 401)
    expect(unknown.body).toEqual(known.body)
  })

  it.each(['not-an-id', '%00', '..', "1' OR '1'='1"])('an organization called %s is nobody', async name => {
    const tenant = await door.shared()
    const path = `/scim/v2/${encodeURIComponent(name)}/Users`
    const headers = { authorization: `Bearer ${tenant.org.scimToken.secret}` }
    const answer = await send(door.service, { method: 'POST', path, headers, body: person() })
    expect([401, 404]).toContain(answer.status)
    expect(answer.body['schemas']).toBeDefined()
  })

  it('ER9: another protocol version is named as such', async () => {
    const answer = await send(door.service, { method: 'GET', path: '/scim/v1/Users' })
    expectError(answer, 400, 'invalidVers')
    expectError(await send(door.service, { method: 'GET', path: '/scim/nowhere' }), 404)
  })

  it('the schema of a person is in the answer, whatever client asks', async () => {
    const tenant = await door.shared()
    const { body } = await tenant.post('/Users', person())
    expect(body['schemas']).toEqual([USER])
    expect(textOf(body['id'])).toMatch(/^[0-9a-f-]{36}$/)
  })
})

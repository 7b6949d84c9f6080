// The provisioning log's requests: every outcome is written down, in order, in plain words, without secrets.
import { describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { redactedBody } from '#server/domain/provisioning-log/rules/redact.ts'
import { serve } from '#server/serve.ts'
import { publicUrl } from '#test/support/make-app.ts'
import { makeWorld, newOrganization } from '#test/support/make-world.ts'
import { CAL, exchangesOf, PATCH_OP, person, tenantOf, useDoor, USER, type Asked } from './client.ts'

const door = useDoor()

describe('exchanges', () => {
  it('Z8, T20: each outcome leaves its line, in the order of the calls', async () => {
    const tenant = await door.tenant()
    const sent = person({ displayName: 'Ada', userName: 'ada@ex.org' })
    const id = await tenant.make(sent)
    const patch = (operations: unknown) => tenant.patch(`/Users/${id}`, operations)
    await tenant.get(`/Users/${id}`)
    await tenant.find('userName eq "ada@ex.org"')
    await tenant.find('userName eq "nobody"')
    await patch([{ op: 'Replace', path: 'active', value: 'False' }])
    await patch([{ op: 'replace', path: 'active', value: false }])
    await patch([{ op: 'replace', path: 'title', value: 'Chief' }])
    await tenant.post('/Users', sent)
    await tenant.post('/Users', '{')
    await tenant.get('/Users/nobody')
    await tenant.get('/Nothing')
    await tenant.remove(`/Users/${id}`)
    await tenant.get('/Users', { authorization: undefined })
    const rows = await exchangesOf(door.world, tenant, 12)
    const told = rows.map(row => `${row.method} ${String(row.status)} ${row.summary}`)
    expect(told.filter(line => !line.includes(' 401 ') && !line.includes('/Nothing')).slice(0, 6)).toEqual([
      'POST 201 Created Ada',
      'GET 200 Read Ada',
      'GET 200 Looked for userName eq "ada@ex.org": 1 person',
      'GET 200 Looked for userName eq "nobody": no one',
      'PATCH 200 Deactivated Ada',
      'PATCH 200 Changed nothing about Ada',
    ])
    expect(rows.map(row => Number(row.sequence))).toEqual(rows.map((_row, index) => index + 1))
    expect(rows.map(row => row.status)).toEqual(expect.arrayContaining([400, 401, 404, 409]))
    expect(rows.find(row => row.changedNothing)).toMatchObject({
      summary: 'Changed nothing about Ada',
      userId: id,
    })
    expect(rows.find(row => row.status === 409)).toMatchObject({ scimType: 'uniqueness' })
    const quirky = rows.find(row => row.summary === 'Deactivated Ada')
    expect(JSON.stringify(quirky?.quirks)).toMatch(/capitalised-op.*boolean-as-text/)
    expect(quirky?.changes).toEqual([{ path: 'active', before: true, after: false }])
    expect(quirky?.identityProvider).toBe('entra')
  })

  it('tells the provider by what only it does', async () => {
    const tenant = await door.tenant()
    await tenant.get('/Users?count=1', { 'user-agent': 'Okta SCIM Client 1.0.0' })
    await tenant.get('/Users?aadOptscim062020&count=1')
    await tenant.get('/Users?count=1', { 'user-agent': 'curl/8' })
    const rows = await exchangesOf(door.world, tenant, 3)
    expect(rows.map(row => row.identityProvider)).toEqual(['okta', 'entra', null])
  })

  it('counts outcomes an hour', async () => {
    const tenant = await door.tenant()
    await tenant.get('/Users')
    await tenant.get('/Users/nobody')
    await tenant.get('/Users/nobody')
    await exchangesOf(door.world, tenant, 3)
    const { orgId } = tenant.org
    const hours = await tenant.org.owner.ctx.db.exchangeHour.findMany({ where: { orgId } })
    const sums = hours.reduce(
      (sum, hour) => [sum[0]! + hour.succeeded, sum[1]! + hour.refused, sum[2]! + hour.failed],
      [0, 0, 0],
    )
    expect(sums).toEqual([1, 2, 0])
  })

  it('a text that no database takes spoils no other line', async () => {
    const tenant = await door.tenant()
    await tenant.get('/Users/%00')
    await tenant.get('/Users?count=1')
    await tenant.get('/Users?filter=%00%22&x=%ff', { 'user-agent': 'caf\u00e9' })
    const rows = await exchangesOf(door.world, tenant, 3)
    expect(rows.map(row => row.status)).toEqual([404, 200, 400])
  })

  it('cuts long bodies and keeps the ids of long lists only', async () => {
    const tenant = await door.tenant()
    await tenant.make(person({ roles: [{ value: 'r'.repeat(16_000) }, { value: 's'.repeat(16_000) }] }))
    await tenant.get('/Users')
    const [created, listed] = await exchangesOf(door.world, tenant, 2)
    expect(created?.requestBody?.length).toBeLessThan(17_000)
    expect(created?.requestBody).toContain('characters in all')
    expect(listed?.responseBody).not.toContain('emails')
  })

  it('shows the beginning of a list of members, without writing all of them out first', () => {
    const members = Array.from({ length: 100_000 }, (_, index) => ({ value: `person-${String(index)}` }))
    const body = { displayName: 'All', Operations: [{ op: 'add', path: 'members', value: members }] }
    const shown = redactedBody(body) ?? ''
    expect(shown.slice(0, -6)).toBe(JSON.stringify(body).slice(0, 16_384))
    expect(shown.slice(-6)).toBe(' … cut')
  })
})

describe('H23, trust T19: secrets', () => {
  const canary = 'kanarienvogel-geheim-7351'

  it('a password and a token stand in no table and in no log line, wherever a client puts them', async () => {
    const lines: string[] = []
    const world = await makeWorld()
    const org = await newOrganization(world)
    const config = readConfig({ PUBLIC_URL: publicUrl, LOG_LEVEL: 'trace', SCIM_RATE: '0' })
    const service = await serve(world, { config, logStream: { write: line => void lines.push(line) } })
    const tenant = tenantOf(service, org)
    const { secret } = org.scimToken
    const id = await tenant.make(person({ password: canary }))
    const operations = (...Operations: object[]) => ({ schemas: [PATCH_OP], Operations })
    const filter = (text: string) => `/Users?filter=${encodeURIComponent(text)}`
    const requests: Asked[] = [
      { method: 'PUT', path: `/Users/${id}`, body: person({ password: canary }) },
      {
        method: 'PUT',
        path: `/Users/${id}`,
        body: person({ [`${USER}:password`]: canary, PASSWORD: canary }),
      },
      {
        method: 'PATCH',
        path: `/Users/${id}`,
        body: operations({ op: 'replace', value: { password: canary } }),
      },
      {
        method: 'PATCH',
        path: `/Users/${id}`,
        body: operations({ op: 'replace', path: 'password', value: canary }),
      },
      {
        method: 'PATCH',
        path: `/Users/${id}`,
        body: operations({ OP: 'Add', Path: `${USER}:Password`, VALUE: canary }),
      },
      {
        method: 'PATCH',
        path: `/Users/${id}`,
        body: operations({ op: 'bad', path: 'password', value: [canary] }),
      },
      { method: 'POST', path: '/Users', body: { userName: 5, password: canary } },
      { method: 'POST', path: '/Users', body: `{"password":"${canary}"` },
      { method: 'GET', path: filter(`password eq "${canary}"`) },
      { method: 'GET', path: filter(`not (PASSWORD sw "${canary}")`) },
      { method: 'GET', path: filter(`password eq ${canary}`) },
      { method: 'GET', path: `/Users?access_token=${secret}&token=${canary}&password=${canary}` },
      { method: 'GET', path: `/Users/${secret}` },
      { method: 'GET', path: filter(`userName eq "${secret}"`) },
      {
        method: 'POST',
        path: '/Users',
        body: person({ title: secret }),
        headers: { authorization: `Bearer ${secret}x` },
      },
      { method: 'GET', path: '/Users', headers: { 'user-agent': secret, 'x-token': canary } },
      { method: 'POST', path: `/Users?password=${canary}`, body: 'x'.repeat(2_000_000) },
    ]
    for (const request of requests) await tenant.call(request)
    await exchangesOf(world, tenant, requests.length)
    await service.close()
    const { rows: tables } = await world.database.pool.query<{ name: string }>(
      "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'",
    )
    expect(tables.length).toBeGreaterThan(10)
    for (const { name } of tables) {
      const { rows } = await world.database.pool.query(
        `SELECT t::text FROM ${name} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0`,
        [canary, secret],
      )
      expect(rows, name).toEqual([])
    }
    expect(lines.filter(line => line.includes(canary) || line.includes(secret))).toEqual([])
  })

  it('the group value is what is looked for, so this search would find a leak', async () => {
    const tenant = await door.tenant()
    await tenant.make(person({ [CAL]: { group: canary } }))
    await exchangesOf(door.world, tenant, 1)
    const { rows } = await door.world.database.pool.query(
      'SELECT 1 FROM exchanges t WHERE strpos(t::text, $1) > 0',
      [canary],
    )
    expect(rows.length).toBeGreaterThan(0)
  })
})

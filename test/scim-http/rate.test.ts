// How often one token may call, and how often strangers may fail (trust 2, checklist L2 and L3).
import { describe, expect, it } from 'vitest'
import { bulk, createUser, sendBulk, statuses } from './bulk-client.ts'
import { exchangesOf, expectError, useDoor, type Answered } from './client.ts'

const door = useDoor({ rate: 5 })

describe('the rate limit', () => {
  it('L2, trust T17: beyond its rate a token is told how long to wait, another one is not touched', async () => {
    const [busy, calm] = [await door.tenant(), await door.tenant()]
    const served: Answered[] = []
    let answer = await busy.get('/Users?count=1')
    for (; answer.status === 200 && served.length < 500; answer = await busy.get('/Users?count=1'))
      served.push(answer)
    expect(served.length).toBeGreaterThanOrEqual(10)
    expectError(answer, 429)
    const wait = Number(answer.headers['retry-after'])
    expect(wait).toBeGreaterThanOrEqual(1)
    expect(wait).toBeLessThanOrEqual(60)
    expect((await calm.get('/Users')).status).toBe(200)
    expect((await exchangesOf(door.world, busy, 10)).length).toBeGreaterThanOrEqual(10)
  })

  it('L2: of a burst in one moment it serves as many as the rate allows and refuses only the rest', async () => {
    const tenant = await door.tenant()
    const burst = await Promise.all(Array.from({ length: 20 }, () => tenant.get('/Users?count=1')))
    expect(burst.filter(answer => answer.status === 200)).toHaveLength(10)
    expect(burst.filter(answer => answer.status === 429)).toHaveLength(10)
  })

  it('B14: a Bulk request is served whole, and its operations are owed afterwards', async () => {
    const [busy, calm] = [await door.tenant(), await door.tenant()]
    const operations = Array.from({ length: 40 }, (_, index) => createUser(`owed${String(index)}`))
    expect(new Set(statuses(await bulk(busy, operations)))).toEqual(new Set(['201']))
    const refused = await busy.get('/Users?count=1')
    expectError(refused, 429)
    // 39 further operations at 5 a second, two seconds of them free.
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(3)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(6)
    expectError(await sendBulk(busy, operations), 429)
    expect((await calm.get('/Users?count=1')).status).toBe(200)
    expect((await bulk(calm, operations.slice(0, 5))).length).toBe(5)
    expect((await calm.get('/Users?count=1')).status).toBe(200)
  })

  it('L3: strangers who fail too often wait, while a good token from there goes on', async () => {
    const tenant = await door.tenant()
    const answers: Answered[] = []
    for (let guess = 1; guess <= 62; guess += 1) {
      answers.push(await tenant.get('/Users', { authorization: 'Bearer nonsense' }))
    }
    const refused = answers.filter(answer => answer.status === 429)
    expect(answers.filter(answer => answer.status === 401)).toHaveLength(60)
    expect(refused).toHaveLength(2)
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect((await tenant.get('/Users')).status).toBe(200)
  })
})

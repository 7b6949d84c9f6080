// What many calls with one token come to, by the ids of trust.md 7.2: writes of its last use (T15), and the rate limit (T17).
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { systemActor } from '#server/housekeeping.ts'
import { createTokenUses } from '#server/token-uses.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { fakeClock, minute, second } from '#test/support/fake-clock.ts'
import { makeService } from '#test/support/make-app.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { expectError, tenantOf, type Answered } from './client.ts'

const lastUseOf = async ({ scim, scimToken, orgId }: TestOrganization): Promise<number | undefined> =>
  (
    await scim.db.scimToken.findUnique({ where: { orgId_id: { orgId, id: scimToken.id } } })
  )?.lastUsedAt?.getTime()

describe('20 seconds with 150 requests each on one token', () => {
  const seconds = 20
  const pressed: Answered[] = []
  const others: Answered[] = []
  const writes = { during: [] as string[], atTheEnd: [] as string[] }
  let busy: TestOrganization
  const isLastUse = (text: string): boolean => /\bUPDATE\b.*\blast_used_at\b/is.test(text)

  beforeAll(async () => {
    const { world, service } = await makeService({ rate: 50 })
    busy = await newOrganization(world)
    const calm = await newOrganization(world)
    const call = async (org: TestOrganization, count: number): Promise<Answered[]> =>
      Promise.all(Array.from({ length: count }, () => tenantOf(service, org).get('/Users?count=0')))
    // The limit's windows are told by this clock, and it stands still while a second's calls are answered.
    vi.useFakeTimers({ toFake: ['performance'] })
    const load = await countStatements(world.database, async () => {
      for (let passed = 0; passed < seconds; passed += 1) {
        const [many, few] = await Promise.all([call(busy, 150), call(calm, 5)])
        pressed.push(...many)
        others.push(...few)
        vi.advanceTimersByTime(second)
      }
    }).finally(() => vi.useRealTimers())
    const ending = await countStatements(world.database, () => service.close())
    writes.during.push(...load.statements.filter(isLastUse))
    writes.atTheEnd.push(...ending.statements.filter(isLastUse))
  })

  it('trust T17: pass at 50 a second, the rest is told when to come again', () => {
    const refused = pressed.filter(({ status }) => status !== 200)
    expect(pressed).toHaveLength(150 * seconds)
    expect(pressed.length - refused.length).toBe(50 * seconds)
    for (const answer of refused) {
      expectError(answer, 429)
      expect(['1', '2']).toContain(answer.headers['retry-after'])
    }
  })

  it('trust T17: refuse nothing to another organization’s token', () => {
    expect(others.map(({ status }) => status)).toEqual(Array.from({ length: 5 * seconds }, () => 200))
  })

  it('trust T15: write no last use, though 1,000 are served; it is written once a token when the server ends', async () => {
    expect(writes.during).toEqual([])
    expect(writes.atTheEnd).toHaveLength(2)
    expect(await lastUseOf(busy)).toBeDefined()
  })
})

it('trust T15: 1,000 requests in 20 minutes write the last use four times, five minutes apart', async () => {
  const clock = fakeClock()
  const world = await makeWorld({ clock })
  const org = await newOrganization(world)
  const uses = createTokenUses(world.contextFor, systemActor)
  const written = new Set<number>()
  for (let index = 1; index <= 1_000; index += 1) {
    const use = { via: 'scim-token', tokenId: org.scimToken.id, at: clock.now(), ip: null } as const
    uses.note(org.orgId, { ...use, client: `request ${String(index)}` })
    clock.advance(1.2 * second)
    if (index % 50 > 0) continue
    await uses.flush()
    written.add((await lastUseOf(org)) ?? 0)
  }
  const times = [...written]
  expect(times).toHaveLength(4)
  for (const [index, at] of times.entries()) expect(at - (times[index - 1] ?? 0)).toBeGreaterThan(5 * minute)
})

// The recorder of exchanges: in order, in batches, each organization its own, patient while the database is away.
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Context, Statement } from '#server/domain/context.ts'
import { createExchangeRecorder } from '#server/domain/provisioning-log/exchange-recorder.ts'
import type { NewExchange } from '#server/domain/provisioning-log/rules/exchange.ts'
import { systemClock, type World } from '#server/world.ts'
import { newExchange } from '#test/support/exchanges.ts'
import { makeWorld, newOrganization } from '#test/support/make-world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const exchange = (path: string, rest: Partial<NewExchange> = {}): NewExchange =>
  newExchange({ clock: systemClock }, { path, ...rest })

const stored = ({ db, orgId }: Context) =>
  db.exchange.findMany({ where: { orgId }, orderBy: { sequence: 'asc' } })

describe('the recorder', () => {
  it('stores a thousand exchanges in their order, numbered without gaps, in few statements', async () => {
    const { scim } = await newOrganization(world)
    const run = vi.fn(scim.sql.run.bind(scim.sql)) as unknown as Context['sql']['run']
    const recorder = createExchangeRecorder(fail)
    for (let index = 0; index < 1_000; index += 1)
      recorder.record({ ...scim, sql: { run } }, exchange(`/${String(index)}`))
    await recorder.drain()
    const rows = await stored(scim)
    expect(rows.map(row => row.path)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => `/${String(index)}`),
    )
    expect(rows.map(row => Number(row.sequence))).toEqual(rows.map((_row, index) => index + 1))
    expect(vi.mocked(run).mock.calls.length).toBeLessThanOrEqual(10)
  })

  it('keeps organizations apart', async () => {
    const orgs = [await newOrganization(world), await newOrganization(world)]
    const recorder = createExchangeRecorder(fail)
    for (let index = 0; index < 20; index += 1)
      recorder.record(orgs[index % 2]!.scim, exchange(`/${String(index % 2)}`))
    await recorder.drain()
    for (const [index, { scim }] of orgs.entries()) {
      expect(new Set((await stored(scim)).map(row => row.path))).toEqual(new Set([`/${String(index)}`]))
    }
  })

  it('wakes who follows, and counts outcomes by the hour', async () => {
    const { scim, owner } = await newOrganization(world)
    const recorder = createExchangeRecorder(fail)
    const listener = owner.ctx.listen()
    const rung = listener.next(new AbortController().signal)
    for (const status of [200, 201, 304, 400, 429, 500]) recorder.record(scim, exchange('/', { status }))
    await rung
    await recorder.drain()
    listener.close()
    const hours = await scim.db.exchangeHour.findMany({ where: { orgId: scim.orgId } })
    const total = (of: 'succeeded' | 'refused' | 'failed') => hours.reduce((sum, hour) => sum + hour[of], 0)
    expect([total('succeeded'), total('refused'), total('failed')]).toEqual([3, 2, 1])
  })

  it('keeps what could not be written and writes it later, in order', async () => {
    const { scim } = await newOrganization(world)
    const failures: number[] = []
    const recorder = createExchangeRecorder((_error, lost) => failures.push(lost))
    let away = true
    const run: Context['sql']['run'] = (statement, values) =>
      away ? Promise.reject(new Error('The database is away.')) : scim.sql.run(statement, values)
    const ctx = { ...scim, sql: { run } }
    recorder.record(ctx, exchange('/1'))
    await recorder.drain()
    recorder.record(ctx, exchange('/2'))
    await recorder.drain()
    expect(failures).toEqual([0, 0])
    away = false
    recorder.record(ctx, exchange('/3'))
    await recorder.drain()
    expect((await stored(scim)).map(row => row.path)).toEqual(['/1', '/2', '/3'])
  })

  it('writes each exchange once when the answer to a write was lost', async () => {
    const { scim } = await newOrganization(world)
    const failures: unknown[] = []
    const recorder = createExchangeRecorder(error => failures.push(error))
    let lost = false
    const run: Context['sql']['run'] = async <Row>(statement: Statement, values: readonly unknown[]) => {
      const rows = await scim.sql.run<Row>(statement, values)
      if (lost) return rows
      lost = true
      throw new Error('The connection was lost after the commit.')
    }
    const ctx = { ...scim, sql: { run } }
    for (const path of ['/1', '/2']) recorder.record(ctx, exchange(path))
    await recorder.drain()
    recorder.record(ctx, exchange('/3'))
    await recorder.drain()
    expect(failures).toHaveLength(1)
    expect((await stored(scim)).map(row => row.path)).toEqual(['/1', '/2', '/3'])
    const [hour] = await scim.db.exchangeHour.findMany({ where: { orgId: scim.orgId } })
    expect(hour?.succeeded).toBe(3)
  })

  it('an organization that is gone leaves nothing and disturbs nobody', async () => {
    const { scim } = await newOrganization(world)
    const nowhere = world.contextFor('018f0000-0000-7000-8000-000000000000', scim.actor)
    const recorder = createExchangeRecorder(fail)
    recorder.record(nowhere, exchange('/'))
    recorder.record(scim, exchange('/'))
    await recorder.drain()
    expect(await stored(scim)).toHaveLength(1)
    expect(await stored(nowhere)).toEqual([])
  })
})

function fail(error: unknown): void {
  throw error
}

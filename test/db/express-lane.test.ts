// The connection that short reads share: everybody gets their own rows, and a loss is told and mended.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { classifyDatabaseError } from '#server/db/errors.ts'
import { expressLane, type ExpressLane } from '#server/db/express-lane.ts'
import { serverUrl } from '#test/support/postgresql-server.ts'
import { tcpProxy, type TcpProxy } from '#test/support/tcp-proxy.ts'

describe.runIf(serverUrl !== undefined)('the lane', () => {
  const { hostname, port, href } = new URL(serverUrl ?? 'postgresql://localhost')
  let proxy: TcpProxy
  let lane: ExpressLane

  beforeEach(async () => {
    proxy = await tcpProxy(hostname, Number(port || 5432))
    const address = new URL(href)
    address.host = `127.0.0.1:${String(proxy.port)}`
    lane = expressLane({
      connectionString: address.href,
      connectionTimeoutMillis: 2_000,
      query_timeout: 1_000,
      lock_timeout: 500,
    })
  })

  afterEach(async () => {
    await lane.end()
    await proxy.close()
  })

  const number = { name: 'number', text: 'SELECT $1::int AS value' }
  const ask = (value: number): Promise<{ value: number }[]> => lane.run({ ...number, values: [value] })
  const backend = async (): Promise<unknown> =>
    (await lane.run<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' }))[0]?.pid
  const kindOf = (work: Promise<unknown>): Promise<string> =>
    work.then(() => 'success', classifyDatabaseError)

  it('answers each of many that ask at once with their own rows, over one connection', async () => {
    const asked = Array.from({ length: 200 }, (_one, index) => index)
    const [answers, ...pids] = await Promise.all([Promise.all(asked.map(ask)), backend(), backend()])
    expect(answers).toEqual(asked.map(value => [{ value }]))
    expect(new Set(pids).size).toBe(1)
  })

  it('sends what is asked in one turn together', async () => {
    await ask(0)
    const packets: Buffer[] = []
    proxy.onRequest = bytes => packets.push(bytes)
    await Promise.all([1, 2, 3, 4].map(ask))
    expect(packets).toHaveLength(1)
  })

  it('tells only those whose statement fails, and keeps the connection', async () => {
    const before = await backend()
    const failing = lane.run({ text: 'SELECT 1/0' })
    const [failed, answered] = await Promise.allSettled([failing, ask(7)])
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: '22012' } })
    expect(answered).toEqual({ status: 'fulfilled', value: [{ value: 7 }] })
    expect(await backend()).toBe(before)
  })

  it('connects anew after the connection was lost while nobody asked', async () => {
    await ask(1)
    expect(proxy.reset()).toBe(1)
    await expect.poll(() => kindOf(ask(2))).toBe('success')
  })

  it('tells everybody who waits when the connection is lost, and answers the next', async () => {
    await ask(1)
    proxy.onRequest = () => proxy.reset()
    const kinds = await Promise.all([kindOf(ask(2)), kindOf(ask(3))])
    expect(kinds).toEqual(['ambiguous', 'ambiguous'])
    proxy.onRequest = () => undefined
    expect(await ask(4)).toEqual([{ value: 4 }])
  })

  it('gives up a server that says nothing, and answers when it speaks again', async () => {
    await ask(1)
    proxy.weather = 'silent'
    expect(await kindOf(ask(2))).not.toBe('success')
    proxy.weather = 'fair'
    expect(await ask(3)).toEqual([{ value: 3 }])
  })

  it('calls a server that refuses unavailable, and connects when it is back', async () => {
    await ask(1)
    await proxy.refuse()
    await expect.poll(() => kindOf(ask(2))).toBe('unavailable')
    await proxy.accept()
    expect(await ask(3)).toEqual([{ value: 3 }])
  })

  it('answers what was asked before it is ended, and nothing afterwards', async () => {
    await ask(1)
    const last = ask(2)
    await lane.end()
    expect(await last).toEqual([{ value: 2 }])
    await expect(ask(3)).rejects.toThrow('closed')
  })
})

describe('the lane', () => {
  it('tells that there is no server', async () => {
    const nowhere = expressLane({ host: '127.0.0.1', port: 1, user: 'u', database: 'd' })
    const kind = await nowhere.run({ text: 'SELECT 1' }).then(() => 'success', classifyDatabaseError)
    expect(kind).toBe('unavailable')
    await nowhere.end()
  })
})

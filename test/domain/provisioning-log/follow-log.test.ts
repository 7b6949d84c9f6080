// Following a log: each row once and in order, through reconnects, slow readers, restores and pruning.
import { beforeEach, describe, expect, it } from 'vitest'
import { followLog, type Followed } from '#server/domain/provisioning-log/follow-log.ts'
import type { LogRow } from '#server/domain/provisioning-log/log-tail.ts'
import { pruneLogs } from '#server/domain/provisioning-log/prune-logs.ts'
import { printCursor } from '#server/domain/provisioning-log/rules/cursor.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { purgeDeletedUsers } from '#server/domain/users/purge-deleted-users.ts'
import { transact } from '#server/domain/transact.ts'
import type { Context } from '#server/domain/context.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock, type FakeClock } from '#test/support/fake-clock.ts'
import {
  makeWorld,
  newOrganization,
  newPerson,
  testOrigin,
  type TestOrganization,
} from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
let org: TestOrganization
beforeEach(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
  org = await newOrganization(world)
})

/** Records `count` events in one transaction. */
function record(ctx: Context, count: number): Promise<void> {
  return transact(ctx, tx => {
    for (let index = 0; index < count; index += 1) tx.record({ type: 'provisioning.configured', detail: {} })
    return Promise.resolve()
  })
}

/** Takes `count` rows and ends the stream. */
async function take(ctx: Context, count: number, after: string | null = null): Promise<Followed<LogRow>[]> {
  const stop = new AbortController()
  const rows: Followed<LogRow>[] = []
  for await (const row of followLog(ctx, { log: 'events', after, signal: stop.signal })) {
    rows.push(row)
    if (rows.length === count) stop.abort()
  }
  return rows
}

/** The owner, where `next` stands for the wait for something new. */
function waiting(next: () => Promise<void>): Context {
  return { ...org.owner.ctx, listen: () => ({ next, close: () => undefined }) }
}

async function headOf(ctx: Context) {
  const { epoch, sequence } = await ctx.db.organizationStream.findUniqueOrThrow({
    where: { orgId: ctx.orgId },
  })
  return { epoch, sequence }
}

const start = async () => printCursor({ ...(await headOf(org.scim)), sequence: 0n })
/** A stream from here tells what comes next, however late it begins to read. */
const now = async () => printCursor(await headOf(org.scim))
const numbers = (rows: readonly Followed<LogRow>[]) => rows.map(({ row }) => Number(row.sequence))
const rowsOf = (followed: readonly Followed<LogRow>[]) => followed.map(({ row }) => row)
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('following', () => {
  it('without a cursor starts now and goes on live', async () => {
    const { sequence } = await headOf(org.scim)
    const over = new AbortController()
    const rows = take(org.owner.ctx, 3).finally(() => {
      over.abort()
    })
    // What is made before the stream stands, it does not tell.
    for (let more = 0; more < 50 && !over.signal.aborted; more += 1) await newPerson(org.scim)
    const seen = numbers(await rows)
    expect(seen[0]).toBeGreaterThan(Number(sequence))
    expect(seen).toEqual(seen.map((_number, index) => (seen[0] ?? 0) + index))
  })

  it('resumes behind the cursor: everything once, through five hundred events while away', async () => {
    const first = await take(org.owner.ctx, 2, await start())
    await record(org.owner.ctx, 500)
    const { sequence } = await headOf(org.scim)
    const rest = await take(org.owner.ctx, Number(sequence) - 2, first.at(-1)?.cursor)
    expect(numbers([...first, ...rest])).toEqual(upTo(Number(sequence)))
  })

  it('misses nothing that is written while it reads, whoever writes', async () => {
    const before = Number((await headOf(org.scim)).sequence)
    const stop = new AbortController()
    const followers = Array.from({ length: 3 }, async () => take(org.owner.ctx, before + 60, await start()))
    await Promise.all(Array.from({ length: 60 }, () => record(org.owner.ctx, 1)))
    for (const follower of followers) expect(numbers(await follower)).toEqual(upTo(before + 60))
    stop.abort()
  })

  it('a slow reader gets every row, in blocks, while others run ahead', async () => {
    const total = 2_600
    const stream = followLog(org.owner.ctx, {
      log: 'events',
      after: await start(),
      signal: new AbortController().signal,
    })
    const seen: number[] = []
    const next = async () => {
      const { value } = await stream.next()
      if (value) seen.push(Number(value.row.sequence))
    }
    await next()
    for (let block = 0; block < 13; block += 1) await record(org.owner.ctx, 200)
    await take(org.owner.ctx, 100, await start())
    while (seen.length < total) await next()
    await stream.return()
    expect(seen).toEqual(upTo(total))
  })

  it('goes on at once after a time in which nobody looked, however much was written then', async () => {
    await take(org.owner.ctx, 1, await start())
    for (let block = 0; block < 8; block += 1) await record(org.owner.ctx, 200)
    const { epoch, sequence } = await headOf(org.scim)
    const resumed = await take(
      waiting(() => Promise.reject(new Error('It waits for what is there.'))),
      5,
      printCursor({ epoch, sequence: sequence - 5n }),
    )
    expect(numbers(resumed)).toEqual(upTo(5).map(number => Number(sequence) - 5 + number))
  })

  it('without a cursor shows the next event after such a time, as soon as it is made', async () => {
    await take(org.owner.ctx, 1, await start())
    for (let block = 0; block < 8; block += 1) await record(org.owner.ctx, 200)
    const { sequence } = await headOf(org.scim)
    let waits = 0
    const next = async () => {
      waits += 1
      if (waits > 1) throw new Error('It waits for what is there.')
      await record(org.owner.ctx, 1)
    }
    expect(numbers(await take(waiting(next), 1))).toEqual([Number(sequence) + 1])
  })

  it('whoever stands further back misses nothing when somebody begins ahead', async () => {
    const first = Number((await headOf(org.scim)).sequence) + 1
    const signal = new AbortController().signal
    const behind = followLog(org.owner.ctx, { log: 'events', after: await now(), signal })
    const seen: number[] = []
    const next = async () => {
      const { value } = await behind.next()
      if (value) seen.push(Number(value.row.sequence))
    }
    await record(org.owner.ctx, 1)
    await next()
    for (let block = 0; block < 6; block += 1) await record(org.owner.ctx, 200)
    const { epoch, sequence } = await headOf(org.scim)
    const ahead = printCursor({ epoch, sequence: sequence - 3n })
    const [, rows] = await Promise.all([next(), take(org.owner.ctx, 3, ahead)])
    expect(numbers(rows)).toEqual(upTo(3).map(number => Number(sequence) - 3 + number))
    while (seen.length < 1_201) await next()
    await behind.return()
    expect(seen).toEqual(upTo(1_201).map(number => first - 1 + number))
  })

  it('a rolled back transaction leaves neither row nor gap', async () => {
    const before = Number((await headOf(org.scim)).sequence)
    const failing = transact(org.owner.ctx, tx => {
      tx.record({ type: 'provisioning.configured', detail: {} })
      return Promise.reject(new Error('no'))
    })
    await expect(failing).rejects.toThrow('no')
    await record(org.owner.ctx, 1)
    expect(numbers(await take(org.owner.ctx, before + 1, await start()))).toEqual(upTo(before + 1))
  })

  it('the end of the log in memory forgets what a purge took out of the table', async () => {
    const { id } = await newPerson(org.scim, { displayName: 'Vogelfrau' })
    const { sequence } = await headOf(org.scim)
    expect(JSON.stringify(rowsOf(await take(org.owner.ctx, Number(sequence), await start())))).toContain(
      'Vogelfrau',
    )
    const live = take(org.owner.ctx, 1, await now())
    await deleteUser(org.scim, { userId: id, graceDays: 1 })
    await live
    clock.advance(day)
    await purgeDeletedUsers(
      world.contextFor(org.orgId, { kind: 'system', name: 'Rollcall', origin: testOrigin }),
    )
    expect(
      JSON.stringify(rowsOf(await take(org.owner.ctx, Number(sequence) + 2, await start()))),
    ).not.toContain('Vogelfrau')
  })

  it('ends when it is told to, while it waits', async () => {
    const stop = new AbortController()
    const waiting = followLog(org.owner.ctx, { log: 'events', signal: stop.signal }).next()
    stop.abort()
    expect((await waiting).done).toBe(true)
  })

  it('sees no other organization', async () => {
    const other = await newOrganization(world)
    const rows = take(org.owner.ctx, 1, await now())
    await newPerson(other.scim)
    await newPerson(org.scim, { displayName: 'Mine' })
    expect(JSON.stringify((await rows).map(({ row }) => row))).toContain('Mine')
  })
})

describe('cursors', () => {
  const stale = { kind: 'stale', code: 'provisioning-log/cursor-too-old' }

  it('of another epoch are too old, and the refusal brings one that works', async () => {
    const foreign = printCursor({ epoch: '018f0000-0000-7000-8000-000000000000', sequence: 1n })
    const refusal = await take(org.owner.ctx, 1, foreign).catch((error: unknown) => error)
    expect(refusal).toMatchObject(stale)
    const { oldestCursor } = (refusal as { detail: { oldestCursor: string } }).detail
    expect(numbers(await take(org.owner.ctx, 1, oldestCursor))).toEqual([1])
  })

  it('from before the kept rows, or from the future, are too old', async () => {
    const { epoch, sequence } = await headOf(org.scim)
    await expect(
      take(org.owner.ctx, 1, printCursor({ epoch, sequence: sequence + 1n })),
    ).rejects.toMatchObject(stale)
    clock.advance(91 * day)
    await pruneLogs(world.contextFor(org.orgId, { kind: 'system', name: 'Rollcall', origin: testOrigin }))
    await expect(take(org.owner.ctx, 1, printCursor({ epoch, sequence: 0n }))).rejects.toMatchObject(stale)
    const rows = take(org.owner.ctx, 1, await now())
    await record(org.owner.ctx, 1)
    expect(numbers(await rows)).toEqual([Number(sequence) + 1])
  })

  it('that are none of ours are refused, and so is who may not read the log', async () => {
    await expect(take(org.owner.ctx, 1, 'nonsense')).rejects.toMatchObject({
      code: 'provisioning-log/bad-cursor',
    })
    await expect(take(org.scim, 1)).rejects.toMatchObject({ code: 'actor/not-permitted' })
  })
})

describe('pruning', () => {
  it('takes the old end only and keeps the rest without gaps', async () => {
    await record(org.owner.ctx, 50)
    clock.advance(60 * day)
    await record(org.owner.ctx, 5)
    clock.advance(31 * day)
    const { sequence } = await headOf(org.scim)
    const system = world.contextFor(org.orgId, { kind: 'system', name: 'Rollcall', origin: testOrigin })
    expect(await pruneLogs(system)).toBeGreaterThanOrEqual(50)
    const kept = await org.scim.db.provisioningEvent.findMany({
      where: { orgId: org.orgId },
      orderBy: { sequence: 'asc' },
    })
    expect(kept.map(event => Number(event.sequence))).toEqual(
      upTo(5).map(index => Number(sequence) - 5 + index),
    )
    expect(await pruneLogs(system)).toBe(0)
    await record(org.owner.ctx, 1)
    expect((await headOf(org.scim)).sequence).toBe(sequence + 1n)
  })
})

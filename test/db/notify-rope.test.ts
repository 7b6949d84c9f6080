// The connection between the bells of several servers: lost, it is tied anew by one attempt at a time, ever less often.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBell } from '#server/bell.ts'
import { notifyRope, type Later } from '#server/notify-rope.ts'
import { moodyPostgresql, type MoodyPostgresql } from '#test/support/moody-postgresql.ts'

interface Waiting {
  readonly work: () => void
  readonly pause: number
}

let server: MoodyPostgresql
let waiting: Waiting[]
beforeEach(async () => {
  server = await moodyPostgresql()
  waiting = []
})
afterEach(() => server.close())

/** Timers that the test lets ring. */
const later: Later = (work, pause) => {
  const one = { work, pause }
  waiting.push(one)
  return () => {
    waiting = waiting.filter(each => each !== one)
  }
}

const tie = () =>
  notifyRope(createBell(), `postgresql://somebody@127.0.0.1:${String(server.port)}/rollcall`, later)

/** Waits for the one attempt that is due; answers after how long, and lets it come. */
async function nextAttempt(): Promise<number> {
  await expect.poll(() => [waiting.length, server.open()], { interval: 1 }).toEqual([1, 0])
  const [due] = waiting
  if (due === undefined) throw new Error('Nothing is due.')
  waiting = []
  due.work()
  return due.pause
}

describe('the rope over PostgreSQL', () => {
  it('that is refused tries once at a time, after pauses that double up to half a minute', async () => {
    const rope = await tie()
    server.welcomes = false
    server.hangUp()
    const pauses: number[] = []
    for (let count = 0; count < 8; count += 1) pauses.push(await nextAttempt())
    await expect.poll(() => waiting.length).toBe(1)
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    expect([server.calls(), server.open()]).toEqual([1 + 8, 0])
    await rope.close()
    expect(waiting).toEqual([])
  })

  it('that holds again begins anew with a short pause, and leaves nothing behind when it is untied', async () => {
    const rope = await tie()
    server.welcomes = false
    server.hangUp()
    for (let count = 0; count < 3; count += 1) await nextAttempt()
    await expect.poll(() => waiting.length).toBe(1)
    server.welcomes = true
    await nextAttempt()
    await expect.poll(() => server.open()).toBe(1)
    await rope.close()
    await expect.poll(() => server.open()).toBe(0)
    expect([waiting, server.calls()]).toEqual([[], 1 + 4])
  })

  it('says at once when there is nothing to be tied to', async () => {
    server.welcomes = false
    await expect(tie()).rejects.toMatchObject({ code: '3D000' })
    expect(waiting).toEqual([])
  })
})

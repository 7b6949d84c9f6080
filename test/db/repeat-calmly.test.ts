// What servers do again and again: one at a time, and less often while it fails.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { repeatCalmly } from '#server/repeat-calmly.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('repeated work', () => {
  it('comes after growing pauses while it fails, and at its usual time again after a success', async () => {
    const failures: unknown[] = []
    const times: number[] = []
    let fails = true
    const began = Date.now()
    const work = (): Promise<void> => {
      times.push(Date.now() - began)
      return fails ? Promise.reject(new Error('The database is away.')) : Promise.resolve()
    }
    const stop = repeatCalmly(work, { every: 1, most: 8, onFailure: error => failures.push(error) })
    await vi.advanceTimersByTimeAsync(32)
    expect(times).toEqual([1, 2, 4, 8, 16, 24, 32])
    expect(failures).toHaveLength(7)
    fails = false
    await vi.advanceTimersByTimeAsync(10)
    expect(times.slice(7)).toEqual([40, 41, 42])
    fails = true
    await vi.advanceTimersByTimeAsync(4)
    expect(times.slice(10)).toEqual([43, 44, 46])
    await stop()
    await vi.advanceTimersByTimeAsync(100)
    expect(times).toHaveLength(13)
  })

  it('never begins before the last time has ended, and an end waits for it', async () => {
    let [begun, ended] = [0, 0]
    let finish = (): void => undefined
    const work = async (): Promise<void> => {
      begun += 1
      await new Promise<void>(resolve => {
        finish = resolve
      })
      ended += 1
    }
    const stop = repeatCalmly(work, { every: 1, most: 8, onFailure: () => undefined })
    await vi.advanceTimersByTimeAsync(50)
    expect([begun, ended]).toEqual([1, 0])
    const stopped = stop()
    finish()
    await stopped
    await vi.advanceTimersByTimeAsync(50)
    expect([begun, ended]).toEqual([1, 1])
  })
})

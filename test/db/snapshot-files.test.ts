// Which snapshots are kept.
import { describe, expect, it } from 'vitest'
import { outdatedSnapshots, snapshotName } from '#server/db/snapshot-files.ts'

describe('of many snapshots, keeps', () => {
  const every = (minutes: number, times: number): string[] =>
    Array.from({ length: times }, (_, index) =>
      snapshotName(new Date(Date.UTC(2026, 4, 20, 12) - index * minutes * 60_000)),
    )

  it('the 8 newest and the last of each of 7 days', () => {
    const names = every(15, 20 * 96)
    const kept = names.filter(name => !outdatedSnapshots(names).includes(name))
    expect(kept.slice(0, 8)).toEqual(names.slice(0, 8))
    expect(kept.slice(8).map(name => name.slice(9, 28))).toEqual([
      '2026-05-19T23-45-00',
      '2026-05-18T23-45-00',
      '2026-05-17T23-45-00',
      '2026-05-16T23-45-00',
      '2026-05-15T23-45-00',
      '2026-05-14T23-45-00',
    ])
  })

  it('all of a few', () => {
    expect(outdatedSnapshots(every(24 * 60, 8))).toEqual([])
  })
})

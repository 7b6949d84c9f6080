// What nobody does for PGlite by itself: statistics, dead rows, a short log and snapshots, each when it is due.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepInShape } from '#server/db/maintenance.ts'
import type { Maintenance } from '#server/db/maintenance.ts'
import { openDatabase } from '#server/db/open.ts'
import type { Database } from '#server/db/open.ts'
import type { WalMarks } from '#server/db/wal-position.ts'
import { walBytes, walPosition } from '#server/db/wal-position.ts'
import { embeddedTemplate } from '#test/support/database-template.ts'

const minutes = (count: number): number => Date.now() + count * 60_000

let database: Database
let marks: WalMarks
let snapshots: number
let checks: number
let maintenance: Maintenance
let problems: unknown[]

beforeEach(async () => {
  database = await openDatabase({ template: await embeddedTemplate([]) })
  marks = {}
  snapshots = 0
  checks = 0
  problems = []
  maintenance = keepInShape({
    pool: database.pool,
    marks,
    snapshot: () => {
      snapshots += 1
      return Promise.resolve({ file: 'snapshot', bytes: 1 })
    },
    check: () => {
      checks += 1
      return Promise.resolve()
    },
    onProblem: error => problems.push(error),
  })
  await database.pool.query('CREATE TABLE people (id int, name text)')
})

afterEach(async () => {
  await maintenance.stop({ lastSnapshot: false })
  await database.close()
})

/** What the statistics say may come a little later than the change. */
const lookUntil = (deed: string): Promise<void> =>
  expect.poll(() => maintenance.look(minutes(0)), { timeout: 20_000 }).toContain(deed)

it('analyzes a table once much of it is new, and then rests', async () => {
  await database.pool.query('INSERT INTO people SELECT n FROM generate_series(1, 500) AS n')
  await lookUntil('ANALYZE people')
  await expect.poll(() => maintenance.look(minutes(0)), { timeout: 20_000 }).toEqual([])
})

it('vacuums a table once much of it is dead', async () => {
  await database.pool.query('INSERT INTO people SELECT n FROM generate_series(1, 500) AS n')
  await lookUntil('ANALYZE people')
  await database.pool.query('DELETE FROM people WHERE id > 100')
  await lookUntil('VACUUM (ANALYZE) people')
  await database.pool.query('SELECT pg_stat_force_next_flush()')
  const { rows } = await database.pool.query(`SELECT n_dead_tup::int AS dead FROM pg_stat_user_tables`)
  expect(rows).toEqual([{ dead: 0 }])
})

it('vacuums a table whose name needs quotes', async () => {
  await database.pool.query('CREATE TABLE "Odd name" AS SELECT n FROM generate_series(1, 5000) AS n')
  await lookUntil('VACUUM (ANALYZE) "Odd name"')
})

it('writes a checkpoint every five minutes, if anything was written', async () => {
  expect(await maintenance.look(minutes(4))).not.toContain('checkpoint')
  const before = await walPosition(database.pool)
  await maintenance.look(minutes(6))
  expect(walBytes(before, marks.checkpoint ?? '')).toBeGreaterThan(0)
  const { checkpoint } = marks
  await maintenance.look(minutes(12))
  expect(marks.checkpoint).toBe(checkpoint)
})

it('writes a checkpoint at once when the log has grown long', async () => {
  await maintenance.look(minutes(0))
  await database.pool.query(
    `INSERT INTO people SELECT n, repeat('x', 1000) FROM generate_series(1, 40000) AS n`,
  )
  await lookUntil('checkpoint')
})

it('takes a snapshot every fifteen minutes, and one when it stops', async () => {
  await maintenance.look(minutes(14))
  expect(snapshots).toBe(0)
  expect(await maintenance.look(minutes(16))).toContain('snapshot')
  expect(await maintenance.look(minutes(30))).not.toContain('snapshot')
  await maintenance.stop({ lastSnapshot: true })
  expect(snapshots).toBe(2)
})

it('reads a snapshot back once a day', async () => {
  expect(await maintenance.look(minutes(24 * 60 - 1))).not.toContain('check')
  expect(await maintenance.look(minutes(24 * 60 + 1))).toContain('check')
  expect(await maintenance.look(minutes(25 * 60))).not.toContain('check')
  expect(checks).toBe(1)
})

it('tells what went wrong with the last snapshot, and stops all the same', async () => {
  const failing = keepInShape({
    pool: database.pool,
    marks,
    snapshot: () => Promise.reject(new Error('full')),
    check: () => Promise.resolve(),
    onProblem: error => problems.push(error),
  })
  await failing.stop({ lastSnapshot: true })
  expect(problems).toEqual([new Error('full')])
})

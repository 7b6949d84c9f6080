// What the embedded database has acknowledged is still there after a power cut, a kill and a clean stop.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clusterPaths } from '#server/db/cluster.ts'
import { openDatabase } from '#server/db/open.ts'
import { pglitePool } from '#server/db/pglite-pool.ts'
import { watchDisk } from '#test/support/forgetful-disk.ts'
import type { ForgetfulDisk } from '#test/support/forgetful-disk.ts'
import { newDataFolder } from '#test/support/data-folder.ts'
import type { DataFolder } from '#test/support/data-folder.ts'

let place: DataFolder
let folder: string
let dataDir: string

beforeEach(async () => {
  place = await newDataFolder()
  ;({ folder, dataDir } = place)
})

afterEach(() => {
  place.remove()
})

const rowsOf = async (place: string): Promise<number[]> => {
  const database = await openDatabase({ dataDir: place })
  const { rows } = await database.pool.query<{ id: number }>('SELECT id FROM kept ORDER BY id')
  await database.close()
  return rows.map(row => row.id)
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

// The disk of this test reads from /proc which file a sync was for.
describe.runIf(process.platform === 'linux')('after a power cut', () => {
  const writeRows = async (
    disk: ForgetfulDisk,
    query: (sql: string) => Promise<unknown>,
  ): Promise<number[]> => {
    await query('CREATE TABLE kept (id int PRIMARY KEY, filler text)')
    const syncs: number[] = []
    for (const id of upTo(30)) {
      const before = disk.syncs
      await query(`INSERT INTO kept VALUES (${id}, repeat('x', 2000))`)
      syncs.push(disk.syncs - before)
      if (id === 10) await query('CHECKPOINT')
      if (id === 20) await query('CREATE TABLE later AS SELECT * FROM kept')
    }
    return syncs
  }

  const cutPower = (disk: ForgetfulDisk): string => {
    const after = join(folder, 'after')
    disk.cutPower(clusterPaths(after).current)
    return after
  }

  it('holds every row that was acknowledged', async () => {
    const disk = watchDisk(clusterPaths(dataDir).current)
    const database = await openDatabase({ dataDir })
    const syncs = await writeRows(disk, sql => database.pool.query(sql))
    const after = cutPower(disk)
    expect(Math.min(...syncs)).toBeGreaterThan(0)
    expect(await rowsOf(after)).toEqual(upTo(30))
    await database.close()
  })

  it('is put to the proof by this disk: the stock file system of PGlite loses rows on it', async () => {
    const cluster = clusterPaths(dataDir).current
    const disk = watchDisk(cluster)
    const stock = await PGlite.create({ fs: new NodeFS(cluster) })
    const pool = pglitePool(stock)
    const syncs = await writeRows(disk, sql => pool.query(sql))
    const after = cutPower(disk)
    expect(Math.max(...syncs)).toBe(0)
    await expect(rowsOf(after)).rejects.toThrow(/kept/)
    await pool.end()
    await stock.close()
  })
})

it.each([50, 400])('holds every acknowledged row after kill -9 at row %i', async last => {
  const writer = spawn(
    process.execPath,
    ['--import', 'tsx', new URL('../support/write-until-killed.ts', import.meta.url).pathname, dataDir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let acknowledged = 0
  for await (const line of createInterface(writer.stdout)) {
    acknowledged = Number(line)
    if (acknowledged === last) writer.kill('SIGKILL')
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
  expect(writer.signalCode).toBe('SIGKILL')
  const rows = await rowsOf(dataDir)
  // The row after the last acknowledged one may have been committed before its line could be read.
  expect(rows).toEqual(upTo(rows.length))
  expect(rows.length).toBeGreaterThanOrEqual(acknowledged)
})

it('holds every row after a clean stop', async () => {
  const database = await openDatabase({ dataDir })
  await database.pool.query('CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id')
  await database.close()
  expect(await rowsOf(dataDir)).toEqual(upTo(1000))
})

it('is not opened by a second process', async () => {
  const database = await openDatabase({ dataDir })
  await expect(openDatabase({ dataDir })).rejects.toThrow(/in use by another Rollcall/)
  await database.close()
})

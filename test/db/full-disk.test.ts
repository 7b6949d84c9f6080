// A disk that is full: nothing acknowledged is lost, everybody is told, and a start with space goes on.
import fs from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { classifyDatabaseError } from '#server/db/errors.ts'
import { openDatabase } from '#server/db/open.ts'
import { newDataFolder } from '#test/support/data-folder.ts'
import type { DataFolder } from '#test/support/data-folder.ts'

const writeSync = fs.writeSync

let place: DataFolder
let dataDir: string

beforeEach(async () => {
  place = await newDataFolder()
  dataDir = place.dataDir
})

afterEach(() => {
  fs.writeSync = writeSync
  place.remove()
})

/** From now on the disk has no room for the log; other writes pass. */
function fillDisk(): void {
  const full = (descriptor: number, ...rest: unknown[]): number => {
    if (fs.readlinkSync(`/proc/self/fd/${descriptor}`).includes('/pg_wal/')) {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    return (writeSync as (...all: unknown[]) => number)(descriptor, ...rest)
  }
  fs.writeSync = full
}

it.runIf(process.platform === 'linux')(
  'stops the database with a sentence and keeps what was acknowledged',
  async () => {
    const problems: unknown[] = []
    const database = await openDatabase({ dataDir, onProblem: error => problems.push(error) })
    await database.pool.query('CREATE TABLE kept (id int)')
    await database.pool.query('INSERT INTO kept VALUES (1)')
    expect(database.stopped.aborted).toBe(false)

    fillDisk()
    const failure = await database.pool.query('INSERT INTO kept VALUES (2)').catch((error: unknown) => error)
    expect(classifyDatabaseError(failure)).toBe('unavailable')
    expect(String(database.stopped.reason)).toMatch(
      /had to stop \(.+No space left on device\).+free space on its disk/,
    )

    fs.writeSync = writeSync
    const after = await database.pool.query('SELECT 1').catch((error: unknown) => error)
    expect(after).toBe(database.stopped.reason)
    const byPrisma = await database.prisma.$queryRaw`SELECT 1`.catch((error: unknown) => error)
    expect(classifyDatabaseError(byPrisma)).toBe('unavailable')
    await database.close()
    expect(problems).toEqual([])

    const again = await openDatabase({ dataDir })
    expect((await again.pool.query('SELECT id FROM kept')).rows).toEqual([{ id: 1 }])
    await again.close()
  },
)

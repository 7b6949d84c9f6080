// One process per data folder: who holds it is told, who has gone is replaced, nobody slips in beside.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from '#server/db/folder-lock.ts'
import type { FolderLock } from '#server/db/folder-lock.ts'
import { thisProcess } from '#server/db/process-identity.ts'
import { unwritable } from '#server/db/unwritable-folder.ts'

const quick = { heartbeat: 20, silence: 200, settle: 50 }

let folder: string
let locks: FolderLock[]
let file: string

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'rollcall-lock-')), 'data')
  file = join(folder, 'rollcall.lock')
  locks = []
})

afterEach(async () => {
  for (const lock of locks) await lock.release()
  await rm(join(folder, '..'), { recursive: true })
})

async function lock(): Promise<FolderLock> {
  const taken = await lockFolder(folder, quick)
  locks.push(taken)
  return taken
}

/** Leaves a lock behind as some other process would have. */
async function leave(other: object): Promise<void> {
  await mkdir(folder, { recursive: true })
  const holder = { ...(await thisProcess()), token: 'theirs', since: '2026-03-01T08:00:00.000Z', ...other }
  await writeFile(file, JSON.stringify(holder))
}

it('makes the folder, for this user only, and lets nobody else in until it is released', async () => {
  const first = await lock()
  await expect(lock()).rejects.toMatchObject({ name: 'StartupError' })
  await first.release()
  await lock()
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid })
})

it('removes the file when it is released', async () => {
  await (await lock()).release()
  expect(existsSync(file)).toBe(false)
})

it('names the process that holds the folder, since when, and what to do', async () => {
  await lock()
  await expect(lock()).rejects.toThrow(
    new RegExp(
      `in use by another Rollcall \\(process ${process.pid} on .+, since 20.+ UTC\\): stop that one first, or set DATA_DIR`,
    ),
  )
})

describe('with a living process', () => {
  let child: ChildProcess

  beforeEach(async () => {
    child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'])
    await once(child.stdout!, 'data')
    const line = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '')
    await leave({ pid: child.pid, started: line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '' })
  })

  afterEach(() => child.kill('SIGKILL'))

  it('refuses while it runs, and takes over at once when it was killed', async () => {
    await expect(lock()).rejects.toThrow(`process ${child.pid}`)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await lock()
  })
})

describe('takes over at once', () => {
  it.each([
    ['from before the last boot', { boot: 'another' }],
    ['of a process number that another program has now', { started: '1' }],
    [
      'of an earlier process with this number, as in a restarted container',
      { pid: process.pid, started: '2' },
    ],
  ])('a lock %s', async (_case, holder) => {
    await leave(holder)
    const begun = Date.now()
    await lock()
    expect(Date.now() - begun).toBeLessThan(quick.silence)
  })
})

describe('a lock of another machine or container', () => {
  const elsewhere = { host: 'elsewhere', namespace: 'pid:[1]' }

  it('is taken over once its heartbeat has stopped', async () => {
    await leave(elsewhere)
    const begun = Date.now()
    await lock()
    expect(Date.now() - begun).toBeGreaterThanOrEqual(quick.silence)
  })

  it.each([
    ['another machine', elsewhere],
    ['another container of the same name', { namespace: 'pid:[1]' }],
  ])('is left alone while the heart beats: %s', async (_case, holder) => {
    await leave(holder)
    const beat = setInterval(() => void utimes(file, new Date(), new Date()), quick.heartbeat)
    await expect(lock()).rejects.toThrow('since 2026-03-01 08:00:00 UTC')
    clearInterval(beat)
  })
})

it.each([
  ['empty', ''],
  ['cut off', '{"pid": 12'],
])('takes over a file that a crash left %s', async (_case, content) => {
  await mkdir(folder, { recursive: true })
  await writeFile(file, content)
  await lock()
})

it('gives an abandoned lock to one of ten who come at once', async () => {
  await leave({ boot: 'another' })
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => lock()))
  expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1)
})

it('gives a new folder to one of ten who come at once', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => lock()))
  expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1)
})

it('tells the holder when somebody else has taken the folder, and leaves the file to them', async () => {
  const mine = await lock()
  await leave({ host: 'elsewhere' })
  await expect.poll(() => mine.lost.aborted).toBe(true)
  expect(String(mine.lost.reason)).toMatch(/taken the data folder .+ over \(process .+ on elsewhere/)
  await mine.release()
  expect(existsSync(file)).toBe(true)
})

describe('says in one sentence', () => {
  it.each([
    ['EACCES', /may not write to the data folder/],
    ['EROFS', /read-only disk/],
    ['ENOSPC', /disk of the data folder .+ is full: free at least/],
    ['ENOTDIR', /a file is in its way/],
  ])('what %s means', (code, sentence) => {
    const error = unwritable('/data', Object.assign(new Error(code), { code }))
    expect(error).toMatchObject({ name: 'StartupError', message: expect.stringMatching(sentence) as string })
  })

  it('that a file is where the folder belongs', async () => {
    await writeFile(folder, '')
    await expect(lock()).rejects.toThrow(/a file is in its way/)
  })
})

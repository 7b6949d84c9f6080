// One process per data folder: two servers on one embedded database would destroy it without noticing.
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isSameMachine, isSameProcess, thisProcess } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { StartupError, StoppedError } from './startup-error.ts'
import { codeOf, unwritable } from './unwritable-folder.ts'

/** Times in milliseconds. */
export interface LockTimes {
  /** How often the holder touches the file. */
  readonly heartbeat: number
  /** How long a file of another machine must lie still until its holder counts as gone. */
  readonly silence: number
  /** How long a claim to an abandoned lock waits for somebody else who claims it too. */
  readonly settle: number
}

const TIMES: LockTimes = { heartbeat: 2_000, silence: 12_000, settle: 200 }

interface Holder extends ProcessIdentity {
  /** Unlike the process, never the same twice. */
  readonly token: string
  /** ISO 8601. */
  readonly since: string
}

export interface FolderLock {
  /** Aborted, with a StoppedError as its reason, when somebody else has taken the folder over. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

/**
 * Makes `folder` when it is missing and locks it for this process, by the file `rollcall.lock` inside. A lock whose
 * process has ended is taken over: at once when it ran on this machine, otherwise after its heartbeat has stopped.
 *
 * @throws StartupError naming the holder, or telling that the folder cannot be written.
 */
export async function lockFolder(folder: string, times: LockTimes = TIMES): Promise<FolderLock> {
  const file = join(folder, 'rollcall.lock')
  const mine: Holder = { ...(await thisProcess()), token: randomUUID(), since: new Date().toISOString() }
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (!(await create(file, mine))) await takeOver({ folder, file, mine, times })
  } catch (error) {
    throw unwritable(folder, error)
  }
  return hold({ folder, file, mine, times })
}

interface Claim {
  readonly folder: string
  readonly file: string
  readonly mine: Holder
  readonly times: LockTimes
}

/** Writes the file if there is none; the file system lets only one process win. */
async function create(file: string, mine: Holder): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600)
    await handle.writeFile(JSON.stringify(mine))
    await handle.sync()
    await handle.close()
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    // A full disk may let the file be made but not be filled; what is left must not look like a lock.
    if (codeOf(error) === 'ENOSPC') await rm(file, { force: true })
    throw error
  }
}

async function takeOver(claim: Claim): Promise<void> {
  const { file, mine, times } = claim
  const holder = await readHolder(file)
  // Whoever started at the same moment may not have written their name yet when it was first looked for.
  if (!(await isGone(file, holder, times))) throw inUse(claim, holder ?? (await readHolder(file)))
  const half = `${file}.${mine.token}`
  await writeFile(half, JSON.stringify(mine), { flush: true })
  // Whoever renames last wins; the wait lets everybody see who that was.
  const now = await readHolder(file)
  if (now !== undefined && now.token !== holder?.token) {
    await rm(half, { force: true })
    throw inUse(claim, now)
  }
  await rename(half, file)
  await pause(times.settle)
  const winner = await readHolder(file)
  if (winner?.token !== mine.token) throw inUse(claim, winner)
}

/** Whether nobody holds the lock any more. A file that cannot be read was cut off while it was written. */
async function isGone(file: string, holder: Holder | undefined, times: LockTimes): Promise<boolean> {
  if (holder && isSameMachine(holder, await thisProcess())) return !(await isSameProcess(holder))
  // Another machine or container: its processes are out of sight, but not its heartbeat.
  const before = await touchedAt(file)
  const ends = Date.now() + times.silence
  while (Date.now() < ends) {
    await pause(Math.min(times.heartbeat, times.silence) / 4)
    if ((await touchedAt(file)) !== before) return false
  }
  return true
}

function hold({ folder, file, mine, times }: Claim): FolderLock {
  const lost = new AbortController()
  const beat = async (): Promise<void> => {
    const holder = await readHolder(file)
    if (holder?.token === mine.token) {
      const now = new Date()
      await utimes(file, now, now)
      return
    }
    clearInterval(timer)
    lost.abort(
      new StoppedError(
        `Another process has taken the data folder ${folder} over${holder ? ` (${describe(holder)})` : ''}, so this one writes nothing any more: stop it.`,
      ),
    )
  }
  const timer = setInterval(() => {
    // A folder that cannot be read for a moment is not lost; the database itself will complain.
    beat().catch(() => undefined)
  }, times.heartbeat)
  timer.unref()
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer)
      const holder = await readHolder(file)
      if (holder?.token === mine.token) await rm(file, { force: true })
    },
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return isHolder(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'token' in value && 'pid' in value
}

async function touchedAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function describe({ pid, host, since }: Holder): string {
  return `process ${pid} on ${host}, since ${since.replace('T', ' ').slice(0, 19)} UTC`
}

function inUse({ folder, file }: Claim, holder: Holder | undefined): StartupError {
  const who = holder ? ` (${describe(holder)})` : ''
  // Only Linux tells a process from a later one with the same number.
  const unsure = holder?.started === '' ? ` (if it no longer runs, delete ${file})` : ''
  return new StartupError(
    `The data folder ${folder} is in use by another Rollcall${who}: stop that one first${unsure}, or set DATA_DIR to another folder.`,
  )
}

// Shares the machine out while it is measured: the server and its database on one core, whoever asks on the others.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Puts things back as they were. */
export type GiveBack = () => void

/**
 * Puts these processes, with all their threads, on the first of our cores, and this one on the others. Two processes
 * that wake each other up across cores pay for it with more than their work, and how much is chance. Does nothing where
 * we have one core, or where the machine does not let us (no `taskset`, processes of somebody else): then `false` is told.
 */
export function shareCores(pids: readonly number[]): { shared: boolean; giveBack: GiveBack } {
  const before = new Map([...pids, process.pid].map(pid => [pid, coresOf(pid)]))
  const [first = '', ...others] = listed(coresOf(process.pid))
  const moved = others.length > 0 && pids.every(pid => move(pid, first)) && move(process.pid, others.join())
  const giveBack = (): void => {
    for (const [pid, cores] of before) move(pid, cores)
  }
  if (!moved) giveBack()
  return { shared: moved, giveBack: moved ? giveBack : () => undefined }
}

/** The cores that a process may use, as the kernel lists them: "0-1,4". */
function coresOf(pid: number): string {
  return /^Cpus_allowed_list:\s+(\S+)/m.exec(statusOf(pid))?.[1] ?? ''
}

/** The cores of such a list, each by itself. */
function listed(cores: string): string[] {
  return cores.split(',').flatMap(range => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, at) => String(from + at))
  })
}

/** A database server and what it has started: what it starts later stays where it is itself. */
export function familyOf(backend: number): number[] {
  const parent = Number(/^PPid:\s+(\d+)/m.exec(statusOf(backend))?.[1] ?? 0)
  if (!/^Name:\s+postgres/m.test(statusOf(parent))) return []
  const children = readFileSync(`/proc/${String(parent)}/task/${String(parent)}/children`, 'utf8')
  return [parent, ...children.trim().split(' ').map(Number)]
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/status`, 'utf8')
  } catch {
    return ''
  }
}

function move(pid: number, cores: string): boolean {
  const words = ['--all-tasks', '--pid', '--cpu-list', cores, String(pid)]
  return spawnSync('taskset', words, { stdio: 'ignore' }).status === 0
}

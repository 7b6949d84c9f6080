// Shares the machine out while it is measured: the server and its database on one core, whoever asks on the others.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Puts things back as they were. */
export type GiveBack = () => void

const all = `0-${String(availableParallelism() - 1)}`
const others = availableParallelism() === 2 ? '1' : `1-${String(availableParallelism() - 1)}`

/**
 * Puts these processes, with all their threads, on the first core, and this one on the others. Two processes that wake
 * each other up across cores pay for it with more than their work, and how much is chance. Does nothing where there is
 * one core, or where the machine does not let us (no `taskset`, processes of somebody else): then `false` is told.
 */
export function shareCores(pids: readonly number[]): { shared: boolean; giveBack: GiveBack } {
  const moved = availableParallelism() > 1 && pids.every(pid => move(pid, '0')) && move(process.pid, others)
  const giveBack = (): void => {
    for (const pid of [...pids, process.pid]) move(pid, all)
  }
  if (!moved) giveBack()
  return { shared: moved, giveBack: moved ? giveBack : () => undefined }
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

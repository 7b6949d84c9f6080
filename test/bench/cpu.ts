// CPU time and memory of other processes, from the kernel's accounting.
import { readFileSync } from 'node:fs'

const ticksASecond = 100

/** Milliseconds of CPU that the process has used so far; null when it is gone. */
export function cpuMsOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksASecond
  } catch {
    return null
  }
}

/** Resident memory in MB, now and at most. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
  const field = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1_024
  return { now: Math.round(field('VmRSS')), most: Math.round(field('VmHWM')) }
}

/** A reading of several processes, to be subtracted from a later one. */
export type Reading = ReadonlyMap<number, number>

export function read(pids: readonly number[]): Reading {
  return new Map(
    pids.flatMap(pid => {
      const used = cpuMsOf(pid)
      return used === null ? [] : [[pid, used] as const]
    }),
  )
}

/** Milliseconds used between two readings; processes that came in between count from their start. */
export function between(before: Reading, after: Reading): number {
  return [...after].reduce((sum, [pid, used]) => sum + used - (before.get(pid) ?? 0), 0)
}

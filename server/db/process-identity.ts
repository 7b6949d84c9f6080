// Tells a process from every other: by machine, boot and start, because process numbers are used again.
import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'

export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** Changes at each boot; '' where the system does not tell. */
  readonly boot: string
  /** The container's own list of processes; '' where there are none. */
  readonly namespace: string
  /** When the process began, in clock ticks after the boot; '' where the system does not tell. */
  readonly started: string
}

/** The identity of this process. */
export async function thisProcess(): Promise<ProcessIdentity> {
  const [boot, namespace, started] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
    startOf(process.pid),
  ])
  return { pid: process.pid, host: hostname(), boot: boot.trim(), namespace, started }
}

/** Whether the numbers of one's processes mean something to the other. */
export function isSameMachine(one: ProcessIdentity, other: ProcessIdentity): boolean {
  if (one.host !== other.host) return false
  // After a reboot nothing of before runs any more, in whichever container.
  return one.boot !== other.boot || one.namespace === other.namespace
}

/** Whether a process of this machine, seen earlier, still runs. */
export async function isSameProcess(seen: ProcessIdentity): Promise<boolean> {
  const here = await thisProcess()
  if (seen.boot !== here.boot) return false
  if (!isAlive(seen.pid)) return false
  return (await startOf(seen.pid)) === seen.started
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function startOf(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The second field is the program's name in brackets, which may hold spaces; the 22nd is the start.
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

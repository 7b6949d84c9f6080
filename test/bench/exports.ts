// The phase about files: everybody as CSV, how long the file takes, and how much memory the server takes for it.
import { between, memoryOf, read } from './cpu.ts'
import type { Measured, PhaseResult } from './measure.ts'

/** A request is one file; the first is not counted, as it fills caches. `note` tells of memory. */
export async function measureExport(measured: Measured, rounds: number): Promise<PhaseResult> {
  await download(measured)
  const own = measured.pid === null ? [] : [measured.pid]
  const before = read([...own, ...(await measured.backends())])
  const resting = measured.pid === null ? 0 : memoryOf(measured.pid).now
  const files: Download[] = []
  for (let round = 0; round < rounds; round += 1) files.push(await download(measured))
  const used = between(before, read([...own, ...(await measured.backends())]))
  const times = files.map(({ ms }) => ms).sort((one, other) => one - other)
  const lines = files.map(file => file.lines)
  const least = measured.population.stored.length
  const short = lines.filter(count => count < least).length
  const most = Math.max(...files.flatMap(({ memory }) => memory), resting)
  return {
    cpuMs: measured.pid === null ? null : used / rounds,
    databaseMs: null,
    perSecond: 1_000 / (times[0] ?? 1),
    medianMs: times[Math.floor(rounds / 2)] ?? 0,
    p95Ms: times.at(-1) ?? 0,
    errors: short,
    firstError: short === 0 ? null : `${String(Math.min(...lines))} lines instead of ${String(least)}`,
    note: `memory while a file is sent: ${String(resting)} MB before, at most ${String(most)} MB; by fifths of the last file ${fifths(files.at(-1)?.memory ?? [])} MB`,
  }
}

interface Download {
  readonly ms: number
  readonly lines: number
  /** Resident memory of the server in MB, about once in a megabyte. */
  readonly memory: readonly number[]
}

const sampleEvery = 1_000_000

async function download({ target, adminKey, pid }: Measured): Promise<Download> {
  const started = performance.now()
  const response = await fetch(`${new URL(target.baseUrl).origin}/exports/users.csv`, {
    headers: { authorization: `Bearer ${adminKey ?? ''}` },
  })
  if (!response.ok || response.body === null) throw new Error(`No file: ${String(response.status)}`)
  let lines = 0
  let bytes = 0
  let sampled = 0
  const memory: number[] = []
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    for (const byte of chunk) if (byte === 10) lines += 1
    if (pid !== null && bytes - sampled > sampleEvery) {
      sampled = bytes
      memory.push(memoryOf(pid).now)
    }
  }
  return { ms: performance.now() - started, lines, memory }
}

function fifths(memory: readonly number[]): string {
  const at = (part: number): number => memory[Math.floor(((memory.length - 1) * part) / 5)] ?? 0
  return [0, 1, 2, 3, 4, 5].map(part => String(at(part))).join(' ')
}

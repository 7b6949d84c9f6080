// The walk phases: everyone page by page, by number or by cursor, and what the last pages cost beside the first.
import { between, read } from './cpu.ts'
import { exchange } from './http-load.ts'
import type { Measured, PhaseResult } from './measure.ts'

export const walkNames = ['walk-index', 'walk-cursor'] as const
export type WalkName = (typeof walkNames)[number]

const onPage = 100
/** With fewer pages the kernel's clock is too coarse to compare the ends. */
const pagesToCompare = 50

interface Listed {
  readonly Resources: readonly { readonly id: string }[]
  readonly nextCursor?: string
}

/**
 * Walks the whole list, `rounds` times. Times are those of one page; `lastOverFirst` is the CPU of the last fifth of the
 * pages over that of the first fifth, or null for short lists and servers that cannot be seen.
 */
export async function measureWalk(measured: Measured, name: WalkName, rounds: number): Promise<PhaseResult> {
  const pages = Math.ceil(measured.population.stored.length / onPage)
  const fifth = Math.floor(pages / 5)
  const used = { whole: 0, first: 0, last: 0 }
  const times: number[] = []
  let fault: string | null = null
  for (let round = 0; round < rounds; round += 1) {
    const walk = walker(measured, name)
    for (const [part, count] of [
      ['first', fifth],
      ['whole', pages - 2 * fifth],
      ['last', fifth],
    ] as const) {
      const before = await reading(measured)
      for (let page = 0; page < count; page += 1) times.push(await walk.next())
      used[part] += between(before, await reading(measured))
    }
    if (walk.seen() < measured.population.stored.length) fault = `${String(walk.seen())} people were met`
  }
  const total = used.first + used.whole + used.last
  const seen = measured.pid !== null
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1_000
  times.sort((one, other) => one - other)
  return {
    cpuMs: seen ? total / times.length : null,
    databaseMs: null,
    perSecond: times.length / seconds,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
    errors: fault === null ? 0 : 1,
    firstError: fault,
    lastOverFirst: seen && pages >= pagesToCompare ? used.last / used.first : null,
  }
}

async function reading({ pid, backends }: Measured): Promise<ReturnType<typeof read>> {
  return pid === null ? new Map() : read([pid, ...(await backends())])
}

/** Each `next` reads a page and answers its milliseconds; `seen` counts whom the pages had, each once. */
function walker({ target }: Measured, name: WalkName) {
  const ids = new Set<string>()
  let cursor: string | undefined = ''
  let startIndex = 1
  return {
    seen: () => ids.size,
    next: async (): Promise<number> => {
      const place = name === 'walk-cursor' ? `cursor=${cursor ?? ''}` : `startIndex=${String(startIndex)}`
      const started = performance.now()
      const { status, text } = await exchange(target, {
        method: 'GET',
        path: `/Users?count=${String(onPage)}&${place}`,
      })
      const time = performance.now() - started
      if (status !== 200) throw new Error(`A page was refused: ${String(status)} ${text.slice(0, 200)}`)
      const page = JSON.parse(text) as Listed
      for (const { id } of page.Resources) ids.add(id)
      cursor = page.nextCursor
      startIndex += onPage
      return time
    },
  }
}

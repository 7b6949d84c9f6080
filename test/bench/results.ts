// Tables of results, and the comparison with the committed ones.
import { readFileSync } from 'node:fs'
import { peopleOfBulk } from './bulk.ts'
import { largeSize, type GroupSize } from './groups.ts'
import type { PhaseResult } from './measure.ts'
import type { PhaseName } from './phases.ts'

export type Phases = Partial<Record<PhaseName, PhaseResult>>

/** One server measured at one size. */
export interface Result {
  /** embedded, postgresql, floor, limit, or an address. */
  readonly subject: string
  readonly people: number
  readonly preloadMs: number | null
  /** Resident memory in MB at the end, and its peak. */
  readonly memory: { readonly now: number; readonly most: number } | null
  readonly phases: Phases
}

/** A table of one result: ratios to the floor, the limit and the last committed figures where there are any. */
export function tableOf(
  result: Result,
  beside: readonly { readonly title: string; readonly phases: Phases | undefined }[],
): string {
  const compared = beside.filter(({ phases }) => phases !== undefined)
  const head = [
    'phase',
    'CPU ms',
    'of it DB',
    'req/s',
    'median ms',
    'p95 ms',
    'errors',
    ...compared.map(({ title }) => `x ${title}`),
  ]
  const rows = entries(result.phases).map(([name, phase]) => [
    name,
    figure(phase.cpuMs),
    figure(phase.databaseMs),
    phase.perSecond.toFixed(0),
    figure(phase.medianMs),
    figure(phase.p95Ms),
    String(phase.errors),
    ...compared.map(({ phases }) => ratio(phase.cpuMs, phases?.[name]?.cpuMs)),
  ])
  const lines = [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)
  return lines.join('\n')
}

export function entries(phases: Phases): [PhaseName, PhaseResult][] {
  return Object.entries(phases) as [PhaseName, PhaseResult][]
}

/** CPU a request at the largest size over the smallest, by phase. */
export function growthOf(results: readonly Result[]): string {
  const sorted = [...results].sort((one, other) => one.people - other.people)
  const [smallest, largest] = [sorted[0], sorted.at(-1)]
  if (smallest === undefined || largest === undefined || smallest === largest) return ''
  const parts = entries(largest.phases).map(
    ([name, phase]) => `${name} ${ratio(phase.cpuMs, smallest.phases[name]?.cpuMs)}`,
  )
  return `${largest.subject}, from ${count(smallest.people)} to ${count(largest.people)} people: ${parts.join(', ')}`
}

/** CPU of a change of one member in groups of 1,000 and more, over that in groups of one. */
export function groupGrowthOf({ phases, people }: Result): string {
  const parts = (['add', 'remove'] as const).flatMap(change => {
    const of = (size: GroupSize) => phases[`group-${change}-${size}`]?.cpuMs
    const [thousand, large] = [ratio(of('1000'), of('1')), ratio(of('large'), of('1'))]
    return large === '' ? [] : [`${change} ${thousand} and ${large}`]
  })
  if (parts.length === 0) return ''
  return `groups of 1,000 and ${count(largeSize(people))} over groups of 1: ${parts.join(', ')}`
}

/** What the last pages of a walk cost over the first. */
export function walkGrowthOf({ phases }: Result): string {
  const parts = entries(phases).flatMap(([name, { lastOverFirst }]) =>
    typeof lastOverFirst === 'number' ? [`${name} ${lastOverFirst.toFixed(2)}`] : [],
  )
  return parts.length === 0 ? '' : `the last pages over the first: ${parts.join(', ')}`
}

/** How much faster people come by Bulk than by as many single requests, one after the other on one connection. */
export function bulkGainOf({ phases }: Result): string {
  const [single, bulk] = [phases.create?.medianMs, phases['bulk-500']?.medianMs]
  if (single === undefined || bulk === undefined) return ''
  return `Bulk of ${String(peopleOfBulk)}: ${ratio(single * peopleOfBulk, bulk)} x the rate of single creates`
}

/** What phases tell beside their figures, a line each. */
export function notesOf({ phases }: Result): string {
  return entries(phases)
    .flatMap(([name, { note }]) => (note === undefined ? [] : [`${name}: ${note}`]))
    .join('\n')
}

/** The results that are committed in results.md; none when it has none yet. */
export function committedResults(file: URL): Result[] {
  try {
    const json = /```json\n([\s\S]*?)\n```/.exec(readFileSync(file, 'utf8'))?.[1]
    return json === undefined ? [] : (JSON.parse(json) as Result[])
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return []
    throw error
  }
}

export function count(number: number): string {
  return number.toLocaleString('en')
}

function figure(value: number | null): string {
  return value === null ? '' : value.toFixed(2)
}

function ratio(value: number | null | undefined, base: number | null | undefined): string {
  return value === null || value === undefined || !base ? '' : (value / base).toFixed(2)
}

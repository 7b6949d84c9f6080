// Runs the phases against one started server and says what each cost.
import { makeBulkPhases } from './bulk.ts'
import { measureFeed } from './feed.ts'
import { makeGroupPhases, makeGroups } from './groups.ts'
import { measureExport } from './exports.ts'
import { makeEventPhases } from './managed-events.ts'
import { measureMapping } from './mapping.ts'
import type { Population } from './people.ts'
import { amounts, feedSubscribers, makePhases, type Amount, type OwnPhase, type PhaseName } from './phases.ts'
import { measureRefusals } from './refusals.ts'
import { between, read } from './cpu.ts'
import { load, type LoadRequest, type Target } from './http-load.ts'
import { measureWalk } from './walk.ts'

export interface PhaseResult {
  /** CPU of the server and its database a request, in milliseconds; null when it cannot be seen. */
  readonly cpuMs: number | null
  /** The database's part of it. */
  readonly databaseMs: number | null
  /** Requests a second with eight at once. */
  readonly perSecond: number
  /** Latency one at a time. */
  readonly medianMs: number
  readonly p95Ms: number
  readonly errors: number
  readonly firstError: string | null
  /** In walks: CPU of the last pages over that of the first. */
  readonly lastOverFirst?: number | null
  /** A sentence about what the columns do not tell. */
  readonly note?: string
}

export interface Measured {
  readonly target: Target
  readonly population: Population
  /** True for the floor and the limit, which know people only. */
  readonly skeleton: boolean
  /** Marks the people whom this run creates. */
  readonly run: string
  /** The server's own process; null when it runs elsewhere. */
  readonly pid: number | null
  /** Keys for the live feed, five sockets each; without them it is left out. */
  readonly apiKeys: readonly string[]
  /** A key that may preview and save the mapping; null on other servers. */
  readonly adminKey: string | null
  /** Processes of its database. */
  readonly backends: () => Promise<number[]>
}

const parallel = 8
/** Rounds that are not counted: a server that has run for a minute has its code compiled. */
const warmUp = 4

/** Phases in the order given, `rounds` rounds each; medians of the rounds. */
export async function measure(
  measured: Measured,
  plan: { phases: readonly PhaseName[]; rounds: number; effort: number },
): Promise<Partial<Record<PhaseName, PhaseResult>>> {
  const makers = await makersOf(measured, plan.phases)
  const results: Partial<Record<PhaseName, PhaseResult>> = {}
  for (const phase of plan.phases) {
    if (isOwn(phase)) {
      const measureIt = canMeasure(measured, phase) ? ownPhases[phase] : null
      if (measureIt !== null) results[phase] = await measureIt(measured, plan.rounds)
      continue
    }
    const next = makers[phase]
    if (next === undefined) continue
    const amount = amounts[phase]
    if (amount.heavy !== true) {
      await load(measured.target, { count: amount.together * warmUp, parallel, next })
    }
    const rounds: PhaseResult[] = []
    for (let round = 0; round < plan.rounds; round += 1) {
      rounds.push(await measureRound(measured, { amount, next, effort: plan.effort }))
    }
    results[phase] = medianOf(rounds)
  }
  return results
}

const ownPhases: Readonly<Record<OwnPhase, (measured: Measured, rounds: number) => Promise<PhaseResult>>> = {
  'feed-1': measured => measureFeed(measured, feedSubscribers['feed-1']),
  'feed-200': measured => measureFeed(measured, feedSubscribers['feed-200']),
  'walk-index': (measured, rounds) => measureWalk(measured, 'walk-index', rounds),
  'walk-cursor': (measured, rounds) => measureWalk(measured, 'walk-cursor', rounds),
  refusals: measureRefusals,
  'mapping-preview': (measured, rounds) => measureMapping(measured, 'mapping-preview', rounds),
  'mapping-apply': (measured, rounds) => measureMapping(measured, 'mapping-apply', rounds),
  'mapping-move': (measured, rounds) => measureMapping(measured, 'mapping-move', rounds),
  'export-users': measureExport,
}

function isOwn(phase: PhaseName): phase is OwnPhase {
  return phase in ownPhases
}

/** Skeletons speak a little SCIM, other people's servers SCIM only. */
function canMeasure(measured: Measured, phase: OwnPhase): boolean {
  const scimOnly = phase.startsWith('walk') || phase === 'refusals'
  return scimOnly ? !measured.skeleton : measured.adminKey !== null
}

type Makers = Partial<Record<PhaseName, () => LoadRequest>>

/** Skeletons have no Bulk and no groups; elsewhere groups are made when a phase needs them. */
async function makersOf(measured: Measured, phases: readonly PhaseName[]): Promise<Makers> {
  const { target, population, run } = measured
  const people = makePhases(population, run)
  if (measured.skeleton) return people
  const makers = { ...people, ...makeBulkPhases(run), ...makeEventPhases(population) }
  if (!phases.some(phase => phase.startsWith('group-'))) return makers
  return { ...makers, ...makeGroupPhases(await makeGroups(target, population, run), population, run) }
}

async function measureRound(
  measured: Measured,
  what: { amount: Amount; next: () => LoadRequest; effort: number },
): Promise<PhaseResult> {
  const { amount } = what
  const heavy = amount.heavy === true
  const size = (count: number): number => (heavy ? count : Math.max(5, Math.round(count * what.effort)))
  const alone = await load(measured.target, { count: size(amount.alone), parallel: 1, next: what.next })
  const own = measured.pid === null ? [] : [measured.pid]
  const before = { own: read(own), database: read(await measured.backends()) }
  const together = await load(measured.target, {
    count: size(amount.together),
    parallel: heavy ? 1 : parallel,
    next: what.next,
  })
  await quiet()
  const after = { own: read(own), database: read(await measured.backends()) }
  const database = between(before.database, after.database) / together.requests
  const errors = [...alone.errors, ...together.errors]
  return {
    cpuMs: measured.pid === null ? null : between(before.own, after.own) / together.requests + database,
    databaseMs: measured.pid === null ? null : database,
    perSecond: together.requests / together.seconds,
    medianMs: quantile(alone.times, 0.5),
    p95Ms: quantile(alone.times, 0.95),
    errors: errors.length,
    firstError: errors[0] ?? null,
  }
}

/** Work behind the answers, such as the exchange log, belongs to the phase that caused it. */
function quiet(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 120))
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function medianOf(rounds: readonly PhaseResult[]): PhaseResult {
  const middle = (of: (round: PhaseResult) => number): number => {
    const sorted = rounds.map(of).sort((one, other) => one - other)
    return quantile(sorted, 0.5)
  }
  const seen = rounds.every(round => round.cpuMs !== null)
  return {
    cpuMs: seen ? middle(round => round.cpuMs ?? 0) : null,
    databaseMs: seen ? middle(round => round.databaseMs ?? 0) : null,
    perSecond: middle(round => round.perSecond),
    medianMs: middle(round => round.medianMs),
    p95Ms: middle(round => round.p95Ms),
    errors: rounds.reduce((sum, round) => sum + round.errors, 0),
    firstError: rounds.find(round => round.firstError !== null)?.firstError ?? null,
  }
}

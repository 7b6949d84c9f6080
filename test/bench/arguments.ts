// The words behind `npm run bench --`.
import { phaseNames, type PhaseName } from './phases.ts'

export type EngineName = 'embedded' | 'postgresql'

export interface BenchArguments {
  readonly people: readonly number[]
  readonly phases: readonly PhaseName[]
  readonly engines: readonly EngineName[]
  /** Rounds a phase; medians are reported. */
  readonly rounds: number
  /** Share of the usual number of requests. */
  readonly effort: number
  /** Another SCIM server to measure instead of our own. */
  readonly against: { readonly baseUrl: string; readonly token: string } | null
  /** Writes test/bench/results.md. */
  readonly write: boolean
  /** Folder for CPU profiles of the server. */
  readonly profile: string | null
  /** A bundle to measure instead of building dist/server/main.js. */
  readonly server: string | null
}

const usage = `npm run bench -- [--people 1000,20000,100000] [--phases ${phaseNames.join(',')}]
  [--engine embedded,postgresql] [--rounds 3] [--effort 1] [--write] [--profile FOLDER] [--server FILE] [--against URL --token TOKEN]`

/** Reads the arguments; throws an error with the usage for what it does not know. */
export function parseArguments(words: readonly string[]): BenchArguments {
  const given = collect(words)
  const list = (name: string): string[] | undefined => given.get(name)?.split(',')
  const url = given.get('against')
  return {
    people: (list('people') ?? ['1000', '20000', '100000']).map(Number),
    phases: known(list('phases') ?? phaseNames, phaseNames),
    engines: known(list('engine') ?? ['embedded', 'postgresql'], ['embedded', 'postgresql'] as const),
    rounds: Number(given.get('rounds') ?? 3),
    effort: Number(given.get('effort') ?? 1),
    against: url === undefined ? null : { baseUrl: url.replace(/\/+$/, ''), token: given.get('token') ?? '' },
    write: given.has('write'),
    profile: given.get('profile') ?? null,
    server: given.get('server') ?? null,
  }
}

const names = [
  'people',
  'phases',
  'engine',
  'rounds',
  'effort',
  'against',
  'token',
  'write',
  'profile',
  'server',
]

function collect(words: readonly string[]): Map<string, string> {
  const given = new Map<string, string>()
  for (let at = 0; at < words.length; at += 1) {
    const name = words[at]?.replace(/^--/, '') ?? ''
    if (!names.includes(name)) throw new Error(`"${words[at] ?? ''}" is not known.\n${usage}`)
    given.set(name, name === 'write' ? 'yes' : (words[(at += 1)] ?? ''))
  }
  return given
}

function known<T extends string>(given: readonly string[], all: readonly T[]): T[] {
  return given.map(word => {
    const found = all.find(name => name === word)
    if (found === undefined) throw new Error(`"${word}" is none of ${all.join(', ')}.\n${usage}`)
    return found
  })
}

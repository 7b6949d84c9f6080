// npm run bench: measures the built server, embedded and on PostgreSQL, beside a floor and a limit.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { userNameOf } from '#server/domain/users/rules/user.ts'
import { serverFlags } from '../../scripts/prepare.mjs'
import { parseArguments, type BenchArguments, type EngineName } from './arguments.ts'
import { familyOf, shareCores } from './cores.ts'
import { memoryOf } from './cpu.ts'
import { makePlace, postgresqlServer, prepare, type Place, type Prepared } from './database.ts'
import { exchange } from './http-load.ts'
import { measure } from './measure.ts'
import { bodyOf } from './people.ts'
import {
  bulkGainOf,
  committedResults,
  growthOf,
  groupGrowthOf,
  tableOf,
  count,
  notesOf,
  walkGrowthOf,
  type Result,
} from './results.ts'
import { startProcess, type Program, type Started } from './start-process.ts'

const resultsFile = new URL('results.md', import.meta.url)
const root = fileURLToPath(new URL('../..', import.meta.url))
const committed = committedResults(resultsFile)
const plan = parseArguments(process.argv.slice(2))
const run = Date.now().toString(36)

await (plan.against === null ? measureOurs() : measureOther(plan.against))

async function measureOurs(): Promise<void> {
  if (plan.server === null) build()
  const server = plan.engines.includes('postgresql') ? await postgresqlServer() : null
  const results: Result[] = [await measureFloor()]
  for (const engine of plan.engines) {
    if (engine === 'postgresql' && server === null) {
      say('PostgreSQL is left out: set BENCH_DATABASE_URL to the address of a server.')
      continue
    }
    for (const people of plan.people)
      results.push(...(await measureEngine(engine, { server, people, floor: results[0] })))
    say(growthOf(results.filter(result => result.subject === engine)))
  }
  keep(results)
}

function build(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error('The server was not built, so there is nothing to measure.')
}

async function measureFloor(): Promise<Result> {
  const floor = await startProcess({
    words: ['--import', 'tsx', local('floor.ts')],
    env: {},
    probe: '/health',
  })
  const stored = [{ id: '0190f3a0-0000-7000-8000-000000000001', userName: 'ada@example.com', active: true }]
  const result = await measureStarted(floor, {
    subject: 'floor',
    path: '/scim',
    token: 'x',
    checked: false,
    stored,
  })
  say(`\nfloor: Fastify with fixed JSON\n${tableOf(result, [])}`)
  return result
}

async function measureEngine(
  engine: EngineName,
  at: { server: string | null; people: number; floor: Result | undefined },
): Promise<Result[]> {
  const place = await makePlace(engine, at.server)
  try {
    const prepared = await prepare(place, at.people)
    const limit = engine === 'postgresql' && at.people === 20_000 ? await measureLimit(place, prepared) : null
    const ours = await measureServer(engine, place, prepared)
    const last = committed.find(({ subject, people }) => subject === engine && people === at.people)
    say(`\n${engine}, ${count(at.people)} people (stored in ${(prepared.preloadMs / 1_000).toFixed(1)} s)`)
    say(
      tableOf(ours, [
        { title: 'floor', phases: at.floor?.phases },
        { title: 'limit', phases: limit?.phases },
        { title: 'last', phases: last?.phases },
      ]),
    )
    say(groupGrowthOf(ours))
    say(walkGrowthOf(ours))
    say(bulkGainOf(ours))
    say(notesOf(ours))
    say(`memory: ${String(ours.memory?.now)} MB, at most ${String(ours.memory?.most)} MB`)
    for (const phase of Object.values(ours.phases))
      if (phase.firstError !== null) say(`error: ${phase.firstError}`)
    return limit === null ? [ours] : [limit, ours]
  } finally {
    await place.remove()
  }
}

async function measureLimit(place: Place, prepared: Prepared): Promise<Result> {
  const limit = await startProcess({
    words: ['--import', 'tsx', local('limit.ts')],
    env: place.env,
    probe: '/health',
  })
  const subject = {
    subject: 'limit',
    path: '/scim',
    token: prepared.token,
    checked: true,
    stored: prepared.stored,
  }
  const result = await measureStarted(limit, { ...subject, backends: place.backends })
  say(`\nlimit: Fastify and SQL, ${count(prepared.stored.length)} people\n${tableOf(result, [])}`)
  return result
}

async function measureServer(engine: EngineName, place: Place, prepared: Prepared): Promise<Result> {
  const profile = plan.profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${plan.profile}`]
  const program: Program = {
    words: [...serverFlags, ...profile, plan.server ?? `${root}dist/server/main.js`],
    env: { ...place.env, SCIM_RATE: '0', LOG_LEVEL: 'error', HOST: '127.0.0.1' },
    probe: '/readyz',
  }
  const server = await startProcess(program)
  const path = `/scim/v2/${prepared.orgId}`
  const subject = {
    subject: engine,
    path,
    token: prepared.token,
    checked: true,
    stored: prepared.stored,
    apiKeys: prepared.apiKeys,
    adminKey: prepared.adminKey,
    holding: prepared.holding,
  }
  const result = await measureStarted(server, { ...subject, backends: place.backends })
  return { ...result, preloadMs: prepared.preloadMs }
}

interface Subject extends Pick<Prepared, 'stored' | 'token'> {
  readonly subject: string
  readonly path: string
  readonly checked: boolean
  readonly backends?: Place['backends']
  readonly apiKeys?: Prepared['apiKeys']
  readonly adminKey?: Prepared['adminKey']
  readonly holding?: Prepared['holding']
}

/** Stops the server whatever happens. */
async function measureStarted(started: Started, subject: Subject): Promise<Result> {
  try {
    return await measureRunning(started, subject)
  } finally {
    await started.stop()
  }
}

async function measureRunning(started: Started, subject: Subject): Promise<Result> {
  const [backend] = (await subject.backends?.()) ?? []
  const { shared, giveBack } = shareCores([started.pid, ...(backend === undefined ? [] : familyOf(backend))])
  if (!shared) say('Server and driver share all cores here: the figures are higher, and less sure.')
  try {
    return await measureShared(started, subject)
  } finally {
    giveBack()
  }
}

async function measureShared(started: Started, subject: Subject): Promise<Result> {
  const { stored, token, checked } = subject
  const phases = await measure(
    {
      target: { baseUrl: `http://127.0.0.1:${String(started.port)}${subject.path}`, token, checked },
      population: { stored, made: new Set(), holding: subject.holding ?? [] },
      skeleton: ['floor', 'limit'].includes(subject.subject),
      run: `n${run}-`,
      pid: started.pid,
      apiKeys: subject.apiKeys ?? [],
      adminKey: subject.adminKey ?? null,
      backends: subject.backends ?? (() => Promise.resolve([])),
    },
    plan,
  )
  return {
    subject: subject.subject,
    people: stored.length,
    preloadMs: null,
    memory: memoryOf(started.pid),
    phases,
  }
}

/** The same phases against any SCIM server; its people are made over HTTP. */
async function measureOther(against: NonNullable<BenchArguments['against']>): Promise<void> {
  const target = { ...against, checked: true }
  const [people = 1_000] = plan.people
  const stored = []
  for (let index = 0; index < people; index += 1) {
    const body = bodyOf(index, `${run}-`)
    const { status, text } = await exchange(target, { method: 'POST', path: '/Users', body })
    if (status !== 201) throw new Error(`Storing people failed: ${String(status)} ${text.slice(0, 300)}`)
    stored.push({
      id: (JSON.parse(text) as { id: string }).id,
      userName: userNameOf(body),
      active: true,
    })
  }
  const population = { stored, made: new Set<string>(), holding: [] }
  const phases = await measure(
    {
      target,
      population,
      skeleton: false,
      run: `n${run}-`,
      pid: null,
      apiKeys: [],
      adminKey: null,
      backends: () => Promise.resolve([]),
    },
    plan,
  )
  const result = { subject: against.baseUrl, people, preloadMs: null, memory: null, phases }
  const ours = committed.find(({ subject }) => subject === 'postgresql')
  say(tableOf(result, [{ title: 'ours', phases: ours?.phases }]))
}

function keep(results: readonly Result[]): void {
  mkdirSync(`${root}test-output`, { recursive: true })
  const json = JSON.stringify(results)
  writeFileSync(`${root}test-output/bench.json`, json)
  say(`\nAll figures: test-output/bench.json`)
  if (!plan.write) return
  const machine = `${cpus()[0]?.model ?? 'unknown'} x ${String(cpus().length)}, Node ${process.versions.node}`
  const tables = results.map(
    result =>
      `## ${result.subject}, ${count(result.people)} people\n\n${tableOf(result, [
        { title: 'floor', phases: results[0]?.phases },
        {
          title: 'limit',
          phases: results.find(({ subject, people }) => subject === 'limit' && people === result.people)
            ?.phases,
        },
      ])}\n\nMemory: ${String(result.memory?.now)} MB, at most ${String(result.memory?.most)} MB.`,
  )
  const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`
  const head = `# Results of the bench\n\n- ${new Date().toISOString().slice(0, 10)}, ${machine}\n- \`${command}\`\n`
  const growth = plan.engines.map(engine => growthOf(results.filter(({ subject }) => subject === engine)))
  writeFileSync(
    resultsFile,
    `${head}\n${tables.join('\n\n')}\n\n## Growth\n\n${growth.join('\n\n')}\n\n\`\`\`json\n${json}\n\`\`\`\n`,
  )
}

function local(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}

function say(text: string): void {
  if (text !== '') console.log(text)
}

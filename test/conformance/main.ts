// npm run conformance: other people's SCIM suites and clients against the built server. Names of suites limit the run.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, startServer, type ServerProcess } from '#test/support/server-process.ts'
import { judge, type Case, type Verdict, type Waiver } from './judge.ts'
import { newTarget, operatorKey } from './organization.ts'
import { suites, type Suite } from './suites.ts'
import { local } from './tools.ts'

const waivers = JSON.parse(readFileSync(local('waivers.json'), 'utf8')) as readonly Waiver[]
const wanted = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'rollcall-conformance-'))

try {
  const verdicts = await runSuites(suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
  const sum = (of: (verdict: Verdict) => number): number =>
    verdicts.reduce((total, each) => total + of(each), 0)
  const failed = sum(({ faults }) => faults.length)
  const passed = sum(verdict => verdict.passed)
  say(`Conformance: ${passed} passed, ${failed} failed, ${sum(({ waived }) => waived)} waived`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function runSuites(chosen: readonly Suite[]): Promise<readonly Verdict[]> {
  build()
  const server = await start()
  const verdicts: Verdict[] = []
  for (const suite of chosen) {
    const reason = await suite.whyNot()
    if (reason === null) verdicts.push(await runSuite(suite, server.url))
    else say(`${suite.name}: left out, because ${reason}`)
  }
  return [...verdicts, report('server', judge(await casesOfServer(server), []))]
}

/** What the suites cannot see: an answer may look right while the server complains. */
async function casesOfServer(server: ServerProcess): Promise<readonly Case[]> {
  const { code, output } = await server.stop()
  const complaints = output.split('\n').filter(line => /"level":[56]0\b/.test(line))
  return [
    caseOf('logs no error', complaints.length === 0, complaints.slice(0, 3).join('\n')),
    caseOf('stops cleanly', code === 0, output.slice(-2_000)),
  ]
}

function caseOf(name: string, isFine: boolean, detail: string): Case {
  return { name, outcome: isFine ? 'passed' : 'failed', detail }
}

function build(): void {
  const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' })
  if (status !== 0)
    throw new Error('The server was not built, so there is nothing to hold against a standard.')
}

async function start(): Promise<ServerProcess> {
  const port = String(await freePort())
  return startServer({
    env: {
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATA_DIR: join(folder, 'data'),
      OPERATOR_KEY: operatorKey,
    },
  })
}

/** Whatever goes wrong around a suite is a fault of its run, and the next suite begins. */
async function runSuite(suite: Suite, url: string): Promise<Verdict> {
  const own = waivers.filter(waiver => waiver.suite === suite.name)
  try {
    await suite.install()
    const began = performance.now()
    const cases = await suite.run(await newTarget(url, suite.name))
    const seconds = ((performance.now() - began) / 1_000).toFixed(1)
    return report(`${suite.name} (${seconds} s)`, judge(cases, own))
  } catch (error) {
    return report(suite.name, { passed: 0, waived: 0, faults: [`It did not run. ${String(error)}`] })
  }
}

function report(name: string, verdict: Verdict): Verdict {
  const { passed, waived, faults } = verdict
  say(`${name}: ${passed} passed, ${faults.length} failed, ${waived} waived`)
  for (const fault of faults) say(`  ${fault}`)
  return verdict
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

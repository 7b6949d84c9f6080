// The suites and clients of other people that meet our server, and how each tells what it found.
import { join } from 'node:path'
import type { Case } from './judge.ts'
import { runProgram, type Program } from './run-program.ts'
import { javaClassPath, local, pythonPrograms, whyNoJava } from './tools.ts'

/** An organization's SCIM service. */
export interface Target {
  readonly baseUrl: string
  readonly token: string
}

export interface Suite {
  readonly name: string
  /** Installs what the suite needs; throws when that fails. */
  readonly install: () => Promise<unknown>
  /** Why it cannot run on this machine; null when it can. */
  readonly whyNot: () => Promise<string | null>
  readonly run: (target: Target) => Promise<readonly Case[]>
}

const always = (): Promise<null> => Promise.resolve(null)

export const suites: readonly Suite[] = [
  {
    name: 'scim2-tester',
    install: pythonPrograms,
    whyNot: always,
    run: target => runScript('scim2-tester.py', target),
  },
  {
    name: 'scim-sanity',
    install: pythonPrograms,
    whyNot: always,
    run: runScimSanity,
  },
  {
    name: 'scim2-client',
    install: pythonPrograms,
    whyNot: always,
    run: target => runScript('scim2-client.py', target),
  },
  {
    name: 'scim-sdk-client',
    install: javaClassPath,
    whyNot: whyNoJava,
    run: runJavaClient,
  },
]

async function runScript(name: string, target: Target): Promise<readonly Case[]> {
  const file = join(await pythonPrograms(), 'python')
  return readCases({ file, args: [local(name)], env: environmentOf(target) })
}

async function runJavaClient(target: Target): Promise<readonly Case[]> {
  // Java 11 and later run a single source file without a build.
  const args = ['-cp', await javaClassPath(), local('java/scim-sdk-client.java')]
  return readCases({ file: 'java', args, env: environmentOf(target) })
}

function environmentOf({ baseUrl, token }: Target): Record<string, string> {
  return { SCIM_BASE_URL: baseUrl, SCIM_TOKEN: token }
}

/** Our own scripts print one line of JSON for each case; whatever else they say explains a bad end. */
async function readCases(program: Program): Promise<readonly Case[]> {
  const { code, stdout, stderr } = await runProgram(program)
  if (code !== 0) throw new Error(`It ended with ${code ?? 'a signal'}:\n${stdout}${stderr}`)
  return stdout
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as Case)
}

interface SanityReport {
  readonly results: readonly { readonly name: string; readonly status: string; readonly message?: string }[]
}

const outcomes: Record<string, Case['outcome']> = { pass: 'passed', skip: 'skipped' }

/** In its strict mode; a warning counts like a failure. */
async function runScimSanity({ baseUrl, token }: Target): Promise<readonly Case[]> {
  const file = join(await pythonPrograms(), 'scim-sanity')
  const args = ['probe', baseUrl, '--token', token, '--json-output', '--strict', '--i-accept-side-effects']
  const { stdout, stderr } = await runProgram({ file, args })
  if (!stdout.startsWith('{')) throw new Error(`It made no report:\n${stdout}${stderr}`)
  const { results } = JSON.parse(stdout) as SanityReport
  return results.map(({ name, status, message = '' }) => ({
    name: name.replace(/[\da-f]{8}-[\da-f-]{27}/, '{id}'),
    outcome: outcomes[status] ?? 'failed',
    detail: message,
  }))
}

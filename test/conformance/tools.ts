// Other people's tools: installed once into a cache outside of the repository, with pinned versions.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isThere, mustRun } from './run-program.ts'

/** The path of one of this folder's files. */
export function local(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'rollcall', 'conformance')
const installing = 600_000

let python: Promise<string> | undefined

/** The folder with the programs of requirements.txt, made by pip when it is not there yet. */
export function pythonPrograms(): Promise<string> {
  python ??= installPython()
  return python
}

/** The folder is named after what is in it, and gets its name only when it is whole. */
async function installPython(): Promise<string> {
  const requirements = local('requirements.txt')
  const version = await mustRun('Python', { file: 'python3', args: ['--version'] })
  const folder = join(cache, `python-${digestOf(version + readFileSync(requirements, 'utf8'))}`)
  const marker = join(folder, 'complete')
  if (existsSync(marker)) return join(folder, 'bin')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  // A virtual environment knows its own path, so it is made in place and declared whole at the end.
  await mustRun('Making a virtual environment (Debian: python3-venv)', {
    file: 'python3',
    args: ['-m', 'venv', folder],
    within: installing,
  })
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]
  await mustRun('pip install', { file: join(folder, 'bin', 'python'), args: pip, within: installing })
  mkdirSync(marker)
  return join(folder, 'bin')
}

/** Why the Java client cannot run on this machine, or null when it can. */
export async function whyNoJava(): Promise<string | null> {
  if (!(await isThere('javac', ['-version']))) return 'there is no Java development kit'
  return (await isThere('mvn', ['--version'])) ? null : 'there is no Maven'
}

/** The class path of pom.xml's dependencies; Maven keeps the files in its own cache. */
export async function javaClassPath(): Promise<string> {
  const pom = local('java/pom.xml')
  const file = join(cache, `java-${digestOf(readFileSync(pom, 'utf8'))}`)
  if (existsSync(file)) {
    const known = readFileSync(file, 'utf8').trim()
    if (known.split(':').every(existsSync)) return known
  }
  mkdirSync(cache, { recursive: true })
  const draft = `${file}-${randomUUID()}`
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath'
  const args = ['--quiet', '--batch-mode', '--file', pom, goal, `-Dmdep.outputFile=${draft}`]
  await mustRun('Maven', { file: 'mvn', args, within: installing })
  renameSync(draft, file)
  return readFileSync(file, 'utf8').trim()
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

// The built server as a process of its own: started, watched by what it says, stopped or killed.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bundle = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))

/** How a process ended. `output` is everything it said, standard output and error together. */
export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
}

export interface StartOptions {
  /** Variables on top of a quiet configuration; an empty text takes one away. */
  readonly env?: Readonly<Record<string, string>>
  /** Arguments of the program, for example `--demo`. */
  readonly words?: readonly string[]
  /** A command that starts Node in its place and takes what follows as its arguments, such as setpriv. */
  readonly through?: readonly string[]
  /** How long the server may take until it is ready, in milliseconds. */
  readonly within?: number
}

export interface ServerProcess {
  /** Origin without trailing slash. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Milliseconds from the start of the process until it said that it is ready. */
  readonly startedIn: number
  readonly output: () => string
  /** The address behind "Set up your organization". Throws when none was printed. */
  readonly setupLink: () => string
  /** Resolves with the first match in what the process says, now or later. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly kill: (signal: NodeJS.Signals) => void
  /** Sends the signal, SIGTERM unless told otherwise, and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ending>
  readonly ended: Promise<Ending>
}

/** Everything that is still running; a test that fails before it stops its server must not leave it behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * A port that nobody listened on a moment ago, below those that the system gives to clients: one of them could take a
 * server's port while the server is being started again.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(15_000, 32_000)
  const server = createServer()
  const isFree = await new Promise<boolean>(resolve => {
    server.once('error', () => {
      resolve(false)
    })
    server.listen(port, '127.0.0.1', () => {
      resolve(true)
    })
  })
  if (!isFree) return freePort()
  await new Promise(resolve => server.close(resolve))
  return port
}

/**
 * Starts the server and waits until it says that it is ready. Throws with its output when it ends before that; it
 * is aborted when it takes longer than `within`, two minutes unless told otherwise.
 */
export async function startServer(options: StartOptions = {}): Promise<ServerProcess> {
  const began = performance.now()
  const port = Number(options.env?.['PORT'] ?? (await freePort()))
  const watched = watch(launch({ ...options, env: { PORT: String(port), ...options.env } }))
  await ready(watched, options.within ?? 120_000)
  return {
    ...watched,
    url: `http://127.0.0.1:${port}`,
    port,
    startedIn: performance.now() - began,
    setupLink: () => {
      const link = /^\s+(http\S+\/setup#\S+)$/m.exec(watched.output())?.[1]
      if (link === undefined) throw new Error(`The server printed no setup link:\n${watched.output()}`)
      return link
    },
    stop: signal => {
      watched.kill(signal ?? 'SIGTERM')
      return watched.ended
    },
  }
}

/** Runs the server until it ends by itself, as a start does that cannot succeed. */
export async function runServer(options: StartOptions = {}): Promise<Ending> {
  const watched = watch(launch(options))
  const limit = setTimeout(() => {
    watched.kill('SIGKILL')
  }, options.within ?? 60_000)
  const ending = await watched.ended
  clearTimeout(limit)
  return ending
}

/** Variables of the caller that would change what a test means. */
const foreign = [
  'DATABASE_URL',
  'REDIS_URL',
  'DATA_DIR',
  'PUBLIC_URL',
  'OPERATOR_KEY',
  'MASTER_KEY',
  'MASTER_KEY_OLD',
  'SMTP_URL',
  'MAIL_FROM',
  'NODE_OPTIONS',
  'TRUST_PROXY',
]

function launch({ env = {}, words = [], through = [] }: StartOptions): ChildProcess {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !foreign.includes(name) && !name.startsWith('VITEST'),
  )
  const [file, ...args] = [...through, process.execPath, '--liftoff-only', bundle, ...words]
  return spawn(file ?? process.execPath, args, {
    cwd: root,
    env: {
      ...Object.fromEntries(inherited),
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      SCIM_RATE: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

type Watched = Pick<ServerProcess, 'pid' | 'output' | 'says' | 'kill' | 'ended'>

function watch(child: ChildProcess): Watched {
  let output = ''
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const keep = (chunk: Buffer): void => {
    output += chunk.toString()
    tell()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  running.add(child)
  const how = (): string => String(child.signalCode ?? child.exitCode)
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal, output })
      tell()
    })
  })
  return {
    pid: child.pid ?? 0,
    output: () => output,
    kill: signal => child.kill(signal),
    ended,
    says: pattern =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(output)
          const over = !running.has(child)
          if (!found && !over) return
          listeners.delete(look)
          if (found) resolve(found)
          else reject(new Error(`The server ended (${how()}) without saying ${String(pattern)}:\n${output}`))
        }
        listeners.add(look)
        look()
      }),
  }
}

async function ready(watched: Watched, within: number): Promise<void> {
  const limit = setTimeout(() => {
    watched.kill('SIGABRT')
  }, within)
  await watched.says(/Rollcall is ready/)
  clearTimeout(limit)
}

// Starts a server as a process of its own and waits until it answers.
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'

export interface Started {
  readonly pid: number
  readonly port: number
  /** Ends it the clean way. */
  readonly stop: () => Promise<void>
}

export interface Program {
  /** Arguments of node. */
  readonly words: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Answers when the server is up. */
  readonly probe: string
}

/** Starts `program` on a free port, told by PORT. Throws with its output when it ends early. */
export async function startProcess(program: Program): Promise<Started> {
  const port = await freePort()
  const { DATABASE_URL: _url, ...inherited } = process.env
  const child = spawn(process.execPath, [...program.words], {
    env: { ...inherited, ...program.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  for (let attempt = 0; !(await answers(`http://127.0.0.1:${String(port)}${program.probe}`)); attempt += 1) {
    if (child.exitCode !== null || attempt > 600) throw new Error(`The server did not start:\n${output}`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  return { pid: child.pid ?? 0, port, stop: () => stop(child) }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.arrayBuffer()
    return response.status < 500
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => {
        resolve(port)
      })
    })
  })
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null) {
      resolve()
      return
    }
    child.once('exit', () => {
      resolve()
    })
    child.kill('SIGTERM')
  })
}

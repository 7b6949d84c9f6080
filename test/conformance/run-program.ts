// Runs a program to its end and keeps what it said.
import { spawn } from 'node:child_process'

export interface Program {
  readonly file: string
  readonly args: readonly string[]
  /** On top of our own environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds until it is killed; two minutes unless told otherwise. */
  readonly within?: number
}

export interface Ended {
  /** Null when it was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Throws only when the program cannot be started; how it ended is in the answer. */
export function runProgram({ file, args, env = {}, within = 120_000 }: Program): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: within,
      killSignal: 'SIGKILL',
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.once('error', reject)
    child.once('close', code => {
      resolve({ code, stdout, stderr })
    })
  })
}

/** Like `runProgram`, and throws with everything the program said when it did not end well. */
export async function mustRun(what: string, program: Program): Promise<string> {
  const { code, stdout, stderr } = await runProgram(program)
  if (code === 0) return stdout
  throw new Error(`${what} failed (${code === null ? 'killed' : `exit code ${code}`}):\n${stdout}${stderr}`)
}

/** Whether a program can be started at all. */
export async function isThere(file: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await runProgram({ file, args })).code === 0
  } catch {
    return false
  }
}

// Playwright's global set-up: one server with the demonstration organization, for every test that only looks.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startServer } from './server-process.ts'

/** What `npm start -- --demo` printed. */
export interface Demo {
  readonly origin: string
  readonly email: string
  readonly password: string
  /** Two more who sign in with the same password. */
  readonly groupAdmin: string
  readonly user: string
  readonly scimBase: string
  readonly scimToken: string
  /** Opens the operator's part of the API: more organizations on the same server. */
  readonly operatorKey: string
}

const variable = 'ROLLCALL_DEMO'

/** The demonstration server of this run. Throws outside of Playwright. */
export function demo(): Demo {
  const told = process.env[variable]
  if (told === undefined) throw new Error('There is no demonstration server.')
  return JSON.parse(told) as Demo
}

/** Starts the server, tells the tests about it and answers how to stop it. */
export default async function startDemo(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-'))
  const port = await freePort()
  const operatorKey = `operator-${randomUUID()}`
  const server = await startServer({
    env: { DATA_DIR: join(folder, 'data'), PORT: String(port), OPERATOR_KEY: operatorKey },
    words: ['--demo'],
    within: 300_000,
  })
  const printed = (label: string): string => {
    const value = new RegExp(`^ +${label} +(\\S+)(?: \\(same password\\))?$`, 'm').exec(server.output())?.[1]
    if (value === undefined) throw new Error(`The demonstration printed no "${label}":\n${server.output()}`)
    return value
  }
  await server.says(/those of the start before no longer work/)
  const told: Demo = {
    origin: `http://localhost:${port}`,
    email: printed('Sign in'),
    password: printed('Password'),
    groupAdmin: printed('Group admin'),
    user: printed('User'),
    scimBase: printed('SCIM base'),
    scimToken: printed('SCIM token'),
    operatorKey,
  }
  process.env[variable] = JSON.stringify(told)
  return async () => {
    await server.stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

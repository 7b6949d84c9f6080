// Playwright's global set-up: a server with the demonstration organization for each width, for tests that only look.
import { randomUUID } from 'node:crypto'
import { test, type FullConfig } from '@playwright/test'
import { browserPlace, isBrowserProject, type BrowserProject } from './browser-place.ts'
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

const variableOf = (project: BrowserProject): string => `ROLLCALL_DEMO_${project.toUpperCase()}`

/** The demonstration server of the running test's project. Throws outside of Playwright. */
export function demo(): Demo {
  const { name } = test.info().project
  const told = isBrowserProject(name) ? process.env[variableOf(name)] : undefined
  if (told === undefined) throw new Error('There is no demonstration server.')
  return JSON.parse(told) as Demo
}

/** Starts the servers, tells the tests about them and answers how to stop them. */
export default async function startDemos({ projects }: FullConfig): Promise<() => Promise<void>> {
  const names = projects.map(({ name }) => name).filter(isBrowserProject)
  const stops = await Promise.all(names.map(startDemo))
  return async () => {
    await Promise.all(stops.map(stop => stop()))
  }
}

async function startDemo(project: BrowserProject): Promise<() => Promise<void>> {
  const place = await browserPlace(project)
  const port = await freePort()
  const operatorKey = `operator-${randomUUID()}`
  const server = await startServer({
    env: { ...place.env, PORT: String(port), OPERATOR_KEY: operatorKey },
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
  process.env[variableOf(project)] = JSON.stringify(told)
  return async () => {
    await server.stop('SIGKILL')
    await place.remove()
  }
}

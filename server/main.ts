// The program: configuration, world, listen, and a clean end on a signal.
import { setFlagsFromString } from 'node:v8'
import { readConfig, type Config } from './config.ts'
import { openDatabase, type Database } from './db/open.ts'
import { StartupError } from './db/startup-error.ts'
import { systemActor } from './housekeeping.ts'
import { parseArguments } from './cli/arguments.ts'
import { fillDemo } from './cli/demo.ts'
import { newSetupLink } from './cli/setup-link.ts'
import { prepareFirstStart } from './domain/organizations/prepare-first-start.ts'
import { pullRope } from './rope.ts'
import { serve, type Service } from './serve.ts'
import { buildWorld, type World } from './world.ts'

const hardEnd = 30_000

async function main(): Promise<void> {
  const command = parseArguments(process.argv.slice(2))
  const config = readConfig(process.env)
  if (config.databaseUrl !== undefined) saveMemory()
  const { databaseUrl: url, dataDir } = config
  const database = await openDatabase({ url, dataDir, onProblem: tellProblem })
  try {
    await database.migrate()
    const world = buildWorld(database)
    if (command.kind === 'setup-link') await printSetupLink(world, { config, orgId: command.orgId })
    else await run(world, { config, demo: command.demo })
  } catch (error) {
    await database.close()
    throw error
  }
  if (command.kind === 'setup-link') await database.close()
}

/**
 * Beside a PostgreSQL the only WebAssembly is Prisma's query compiler, which is not on the busy paths: optimizing it
 * would cost 60 MB for nothing. The embedded database is WebAssembly itself and needs the optimizer. And the heap may
 * be a quarter garbage before it is cleared, where V8 would let it grow to a multiple.
 */
function saveMemory(): void {
  setFlagsFromString('--liftoff-only')
  setFlagsFromString('--heap-growing-percent=25')
}

async function run(world: World, options: { config: Config; demo: boolean }): Promise<void> {
  const { config } = options
  const closeRope = await pullRope(world.bell, config)
  const service = await serve(world, { config })
  // Whoever waits for "ready" may stop the server the moment it is said.
  endOnSignal({ service, database: world.database, closeRope })
  await listen(service, config)
  const next = options.demo ? await fillDemo(world, config.publicUrl) : await firstSteps(world, config)
  say(`\nRollcall is ready: ${config.publicUrl}\n${next}`)
}

/** What to do on an empty installation; nothing otherwise. */
async function firstSteps(world: World, config: Config): Promise<string> {
  const secret = await prepareFirstStart(world.installationFor(systemActor))
  if (secret === null) return ''
  return `Set up your organization within 24 hours (the link works once):\n  ${config.publicUrl}/setup#${secret}\n`
}

/** A snapshot that a full disk refuses, say: nobody waits for it, and somebody should know. */
function tellProblem(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}

async function listen(service: Service, config: Config): Promise<void> {
  try {
    await service.app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await service.close()
    throw listenFailure(error, config)
  }
}

function listenFailure(error: unknown, config: Config): unknown {
  const code = (error as { code?: string }).code
  const address = `${config.host}:${String(config.port)}`
  if (code === 'EADDRINUSE') {
    return new StartupError(`Port ${address} is in use. Stop the other program, or start with another PORT.`)
  }
  if (code === 'EACCES')
    return new StartupError(`Not allowed to listen on ${address}. Choose a PORT above 1023.`)
  return code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
    ? new StartupError(`This machine has no address ${config.host}. Set HOST to one of its addresses.`)
    : error
}

async function printSetupLink(world: World, what: { config: Config; orgId: string | null }): Promise<void> {
  say(await newSetupLink(world, { orgId: what.orgId, publicUrl: what.config.publicUrl }))
}

interface Running {
  readonly service: Service
  readonly database: Database
  readonly closeRope: () => Promise<void>
}

function endOnSignal(running: Running): void {
  let ending = false
  const end = (): void => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), hardEnd).unref()
    void running.service
      .close()
      .then(() => running.closeRope())
      .then(() => running.database.close())
      .then(() => process.exit(0))
  }
  running.database.stopped.addEventListener('abort', () => {
    tellProblem(running.database.stopped.reason)
    process.exit(1)
  })
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

main().catch((error: unknown) => {
  const expected = error instanceof StartupError
  process.stderr.write(`${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`)
  process.exit(1)
})

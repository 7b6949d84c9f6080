// What the program does once its database is open: one command line's answer, or the service until a signal.
import type { Command } from './cli/arguments.ts'
import { fillDemo } from './cli/demo.ts'
import { resetOwnerByShell } from './cli/owner-reset.ts'
import { newSetupLink } from './cli/setup-link.ts'
import type { Config } from './config.ts'
import type { Database } from './db/open.ts'
import { makeKeyFile, readKeyFile } from './db/key-file.ts'
import { StartupError } from './db/startup-error.ts'
import { prepareFirstStart } from './domain/organizations/prepare-first-start.ts'
import { createVault } from './domain/secrets/vault.ts'
import { systemActor } from './housekeeping.ts'
import { pullRope } from './rope.ts'
import { serve, type Service } from './serve.ts'
import { buildWorld, type World } from './world.ts'

const hardEnd = 30_000

interface Means {
  readonly config: Config
  readonly database: Database
}

/** Resolves when the command has its answer and the database is closed, or when the service is ready. */
export async function run(command: Command, { config, database }: Means): Promise<void> {
  const world = buildWorld(database, {
    vault: createVault(await masterKeysOf(config)),
    sendsMail: config.mail !== undefined,
  })
  if (command.kind === 'start') return runService(world, { config, demo: command.demo })
  say(
    command.kind === 'setup-link'
      ? await newSetupLink(world, { orgId: command.orgId, publicUrl: config.publicUrl })
      : await resetOwnerByShell(world, command),
  )
  await database.close()
}

/** With PostgreSQL there is a key only when one is given: one in the database would protect nothing. */
async function masterKeysOf({ masterKeys, databaseUrl, dataDir }: Config): Promise<readonly Uint8Array[]> {
  if (databaseUrl !== undefined) return masterKeys
  const kept = await readKeyFile(dataDir)
  if (masterKeys.length === 0) return [kept ?? (await makeKeyFile(dataDir))]
  return kept === null ? masterKeys : [...masterKeys, kept]
}

async function runService(world: World, options: { config: Config; demo: boolean }): Promise<void> {
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
    const reason: unknown = running.database.stopped.reason
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`)
    process.exit(1)
  })
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

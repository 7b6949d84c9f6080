// The program: its words and its configuration, the database, and only then everything else.
import { setFlagsFromString } from 'node:v8'
import { readConfig, type Config } from './config.ts'
import type { Database } from './db/open.ts'
import { StartupError } from './db/startup-error.ts'
import { parseArguments } from './cli/arguments.ts'

/** Most starts that fail do so before the database is open: they say so at once, because the rest is loaded later. */
async function main(): Promise<void> {
  const command = parseArguments(process.argv.slice(2))
  const config = readConfig(process.env)
  const database = await openDatabase(config)
  try {
    await database.migrate()
    const { run } = await import('./run.ts')
    await run(command, { config, database })
  } catch (error) {
    await database.close()
    throw error
  }
}

async function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl !== undefined) saveMemory()
  const open = await import('./db/open.ts')
  return open.openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, onProblem: tellProblem })
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

/** A snapshot that a full disk refuses, say: nobody waits for it, and somebody should know. */
function tellProblem(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}

main().catch((error: unknown) => {
  const expected = error instanceof StartupError
  process.stderr.write(`${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`)
  process.exit(1)
})

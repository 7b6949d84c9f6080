// npm run restore -- <snapshot>: goes back to a snapshot of the embedded database.
import { existsSync } from 'node:fs'
import { readConfig } from '../server/config.ts'
import { openDatabase } from '../server/db/open.ts'
import { restoreSnapshot } from '../server/db/restore-snapshot.ts'
import { newestSnapshot } from '../server/db/snapshot-files.ts'
import { StartupError } from '../server/db/startup-error.ts'

async function main(file: string | undefined): Promise<void> {
  const { dataDir, databaseUrl } = readConfig(process.env)
  if (databaseUrl !== undefined) {
    throw new StartupError('DATABASE_URL names a PostgreSQL server: restore it with the tools of PostgreSQL.')
  }
  if (file === undefined || !existsSync(file)) {
    const newest = newestSnapshot(dataDir)
    throw new StartupError(
      newest === undefined
        ? `There is no snapshot in ${dataDir}: set DATA_DIR to the folder of your database.`
        : `Name the snapshot to go back to, for example the newest: npm run restore -- ${newest}`,
    )
  }
  const before = await restoreSnapshot(dataDir, file)
  const database = await openDatabase({ dataDir })
  try {
    await database.migrate()
    // Whoever follows the log has seen numbers that will be given away again: a new epoch tells them to start over.
    await database.prisma.organizationStream.updateMany({ data: { epoch: crypto.randomUUID() } })
    await database.prisma.exchangeStream.updateMany({ data: { epoch: crypto.randomUUID() } })
    const people = await database.prisma.user.count()
    console.log(`Restored ${file}: ${people} people.`)
  } finally {
    await database.close()
  }
  if (before !== undefined)
    console.log(`The database of before is in ${before}; delete it when you are content.`)
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof StartupError ? error.message : error)
  process.exitCode = 1
})

// The database of a server under test, which this process may also look into: a folder, or one on PostgreSQL.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, type Database } from '#server/db/open.ts'
import { buildWorld, type World } from '#server/world.ts'
import { quickFolder } from '#test/support/data-folder.ts'
import { newDatabaseAddress } from '#test/support/database.ts'
import { serverUrl } from '#test/support/postgresql-server.ts'
import { newOrganization, type NewTestOrganization, type TestOrganization } from '#test/support/make-world.ts'

export interface Installation {
  /** What the server's environment must say. */
  readonly env: Readonly<Record<string, string>>
  /** The embedded database's folder; empty on PostgreSQL. */
  readonly folder: string
  /** Opens the database in this process for `work`; on the embedded one only while no server runs. */
  readonly inside: <T>(work: (world: World) => Promise<T>) => Promise<T>
  readonly remove: () => void
}

/** A folder of the caller's own, who removes it. */
export function temporaryFolder(): string {
  return mkdtempSync(join(quickFolder(), 'rollcall-fault-'))
}

/** An installation without any organization. */
export async function newInstallation(): Promise<Installation> {
  if (serverUrl !== undefined) {
    const url = await newDatabaseAddress()
    return installation({ DATABASE_URL: url }, () => openDatabase({ url }))
  }
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  cpSync(await emptyFolder(), dataDir, { recursive: true })
  return {
    ...installation({ DATA_DIR: dataDir }, () => openDatabase({ dataDir })),
    folder: dataDir,
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const empty = join(temporaryFolder(), 'data')
process.once('exit', () => {
  rmSync(join(empty, '..'), { recursive: true, force: true })
})

/** A migrated data folder, made once and copied for each installation: making one takes seconds. */
async function emptyFolder(): Promise<string> {
  if (existsSync(empty)) return empty
  const database = await openDatabase({ dataDir: empty })
  await database.migrate()
  await database.close()
  rmSync(join(empty, 'snapshots'), { recursive: true, force: true })
  return empty
}

/** An installation with one organization; its API key may do everything. */
export async function newInstallationWithOrganization(
  wanted: NewTestOrganization = {},
): Promise<Installation & { readonly org: TestOrganization }> {
  const made = await newInstallation()
  const org = await made.inside(world => newOrganization(world, wanted))
  return { ...made, org }
}

function installation(env: Record<string, string>, open: () => Promise<Database>): Installation {
  return {
    env,
    folder: '',
    remove: () => undefined,
    inside: async work => {
      const database = await open()
      try {
        await database.migrate()
        return await work(buildWorld(database))
      } finally {
        await database.close()
      }
    },
  }
}

// Makes the migrated empty database that a build brings along, so that a first start is quick and small.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { emptyDatabase } from '../server/db/cluster.ts'
import { migrate } from '../server/db/migrate.ts'
import { migrationsFolder, readMigrations } from '../server/db/migrations-folder.ts'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('node scripts/run.mjs scripts/make-template.ts <file>')
  process.exitCode = 1
} else {
  const archive = await emptyDatabase(async pool => {
    await migrate(pool, readMigrations(migrationsFolder()))
  })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.half`, archive)
  renameSync(`${file}.half`, file)
}

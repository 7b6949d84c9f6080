// npm run migration -- <what it does>: writes the SQL that brings the database to what prisma/schema.prisma says.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrationsFolder, readMigrations } from '../server/db/migrations-folder.ts'
import { readSchema, schemaDiff } from './schema-diff.ts'

const USAGE = `npm run migration -- <what it does>            for example: npm run migration -- add seat limit
npm run migration -- --empty <what it does>    an empty file for SQL that the schema cannot say`

async function main(words: readonly string[]): Promise<number> {
  const empty = words.includes('--empty')
  const slug = words
    .filter(word => word !== '--empty')
    .join('_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
  if (slug === '') {
    console.error(USAGE)
    return 1
  }
  const folder = migrationsFolder()
  const sql = empty ? '' : await schemaDiff(readMigrations(folder), readSchema(join(folder, '..')))
  if (sql === '' && !empty) {
    console.log('The migrations already build what prisma/schema.prisma says: nothing to write.')
    return 0
  }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const file = join(folder, `${stamp}_${slug}`, 'migration.sql')
  mkdirSync(join(file, '..'))
  writeFileSync(file, sql)
  console.log(
    `Wrote ${file}\nRead it, add what the schema cannot say (checks, partial indexes), and commit it.`,
  )
  return 0
}

process.exitCode = await main(process.argv.slice(2))

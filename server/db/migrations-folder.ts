// The migrations as they lie on disk: one folder each, applied in the order of their names.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Migration {
  /** Folder name, `<UTC time as 14 digits>_<words>`; sorts by age. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file, hex: what Prisma's own tools record too. */
  readonly checksum: string
}

/** `prisma/migrations` beside this program, whether it runs from source or from a bundle in a deeper folder. */
export function migrationsFolder(from: string = dirname(fileURLToPath(import.meta.url))): string {
  const folder = join(from, 'prisma', 'migrations')
  if (existsSync(folder)) return folder
  const parent = dirname(from)
  if (parent === from) throw new Error('The folder prisma/migrations is missing: install Rollcall again.')
  return migrationsFolder(parent)
}

/** All migrations of a folder, oldest first. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
    .map(name => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

// The empty database that a build brings along, so that a first start need not make one.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NAME = 'database-template.tar.gz'

/** Path of the archive (scripts/make-template.ts) beside the running bundle; nothing when running from source. */
export function databaseTemplate(): string | undefined {
  const file = join(dirname(fileURLToPath(import.meta.url)), NAME)
  return existsSync(file) ? file : undefined
}

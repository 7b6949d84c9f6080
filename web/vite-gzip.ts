// Each built text file gets a packed twin beside it, which the server sends to whoever takes gzip.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const packed = /\.(js|css|html|svg)$/

/** Writes `name.gz` beside every script, style, page and drawing of `folder`. */
export function packFiles(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter(name => packed.test(name))) {
    const path = join(folder, file)
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
  }
}

/** Packs what was built, once all of it is there. */
export const gzipPlugin = (): Plugin => ({
  name: 'rollcall:gzip',
  apply: 'build',
  writeBundle: ({ dir }) => {
    if (dir !== undefined) packFiles(dir)
  },
})

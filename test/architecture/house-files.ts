// Finds and reads the house's own files for the tests of its shape.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = new URL('../..', import.meta.url).pathname

const notOurs = ['node_modules', 'dist', 'data', 'coverage', 'test-output', 'generated', '.git']

/** Those of the folders (relative to the root) that are there: rooms are built one after another. */
export function existing(folders: string[]): string[] {
  return folders.filter(folder => existsSync(join(root, folder)))
}

/** Paths, relative to the root, of all our files under the folders; made and installed ones left out. */
export function filesUnder(...folders: string[]): string[] {
  return existing(folders)
    .flatMap(folder => entriesOf(folder))
    .sort()
}

function entriesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(entry => !notOurs.includes(entry.name))
    .flatMap(entry => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? entriesOf(path) : [path]
    })
}

/** The text of a file, by its path from the root. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

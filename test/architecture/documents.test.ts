// Holds the documents to what is really there: variables, commands and folders.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { existing, root, textOf } from './house-files.ts'

const readme = textOf('README.md')
const both = readme + textOf('CONTRIBUTING.md')

const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, word = '']) => word)),
]

describe('README.md', () => {
  test.each(existing(['server/config.ts']))('lists the variables that %s reads', path => {
    const read = found(textOf(path), /^ {2}([A-Z][A-Z_]+): (?:z\.|text,)/gm)
    expect(read.length).toBeGreaterThan(5)
    expect(found(readme, /^\| `([A-Z][A-Z_]+)`/gm).sort()).toEqual(read.sort())
  })

  test('and CONTRIBUTING.md name commands that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
    const named = [...found(both, /npm run ([a-z0-9:-]+)/g), 'start', 'test']
    expect(named.filter(name => !(name in scripts))).toEqual([])
  })

  test('draws a map of rooms that exist', () => {
    const map = readme.slice(readme.indexOf('## Map of the house'), readme.indexOf('## Tests'))
    const rooms = found(map, /`((?:server|web|prisma|scripts|test)(?:\/[a-z-]+)*)`/g)
    expect(rooms.length).toBeGreaterThan(8)
    expect(rooms.filter(room => !existsSync(join(root, room)))).toEqual([])
  })
})

// Archives of folders: what goes in comes out, other tools can read them, and damage is noticed.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { packFolder, unpackInto } from '#server/db/tar.ts'

let folder: string
let file: string
let target: string

const contents: Readonly<Record<string, Buffer>> = {
  PG_VERSION: Buffer.from('18\n'),
  empty: Buffer.alloc(0),
  'base/5/16384': randomBytes(8192),
  'base/5/one-block': randomBytes(512),
  'base/5/not-a-block': randomBytes(700_001),
  'pg_wal/größe': Buffer.from('name beyond ASCII'),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-tar-'))
  file = join(folder, 'archive.tar.gz')
  target = join(folder, 'target')
  mkdirSync(target)
  mkdirSync(join(folder, 'source/base/5/nothing'), { recursive: true })
  mkdirSync(join(folder, 'source/pg_wal'))
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, 'source', name), content)
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const expectAllIn = (place: string): void => {
  for (const [name, content] of Object.entries(contents)) {
    expect(readFileSync(join(place, name)).equals(content), name).toBe(true)
  }
  expect(readdirSync(join(place, 'base/5/nothing'))).toEqual([])
}

it('comes out as it went in', async () => {
  await packFolder(join(folder, 'source'), file)
  await unpackInto(target, file)
  expectAllIn(target)
})

it('can be read by tar', async () => {
  await packFolder(join(folder, 'source'), file)
  execFileSync('tar', ['-xzf', file, '-C', target])
  expectAllIn(target)
})

it('reads what tar wrote', async () => {
  execFileSync('tar', [
    '--format=ustar',
    '-czf',
    file,
    '-C',
    join(folder, 'source'),
    ...readdirSync(join(folder, 'source')),
  ])
  await unpackInto(target, file)
  expectAllIn(target)
})

it.each([
  [
    'cut off',
    (path: string) => {
      truncateSync(path, 300_000)
    },
  ],
  [
    'changed',
    (path: string) => {
      const bytes = readFileSync(path)
      bytes.writeUInt8(bytes.readUInt8(400_000) ^ 1, 400_000)
      writeFileSync(path, bytes)
    },
  ],
  [
    'empty',
    (path: string) => {
      truncateSync(path, 0)
    },
  ],
])('notices that an archive is %s', async (_case, damage) => {
  await packFolder(join(folder, 'source'), file)
  damage(file)
  await expect(unpackInto(target, file)).rejects.toThrow(
    /cut off|unexpected end|incorrect data check|invalid/,
  )
})

it('writes nothing outside of its folder', async () => {
  cpSync(join(folder, 'source/PG_VERSION'), join(folder, 'outside'))
  execFileSync('tar', ['-P', '-czf', file, '-C', join(folder, 'source'), '../outside'])
  await expect(unpackInto(target, file)).rejects.toThrow(/outside of itself/)
})

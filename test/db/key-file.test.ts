// The key file of an embedded installation: made once, for one user, and never guessed when it is damaged.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeKeyFile, readKeyFile } from '#server/db/key-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-key-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})
const file = (): string => join(folder, 'data', 'master.key')
const mode = (): number => statSync(file()).mode & 0o777

test('holds the key for the next start, for its user alone', async () => {
  const dataDir = join(folder, 'data')
  expect(await readKeyFile(dataDir)).toBeNull()
  const made = await makeKeyFile(dataDir)
  expect(made).toHaveLength(32)
  expect(mode()).toBe(0o600)
  chmodSync(file(), 0o644)
  expect(await readKeyFile(dataDir)).toEqual(made)
  expect(mode()).toBe(0o600)
})

test('is never overwritten, and a damaged one is told', async () => {
  const dataDir = join(folder, 'data')
  await makeKeyFile(dataDir)
  const before = readFileSync(file(), 'utf8')
  await expect(makeKeyFile(dataDir)).rejects.toThrow()
  expect(readFileSync(file(), 'utf8')).toBe(before)
  writeFileSync(file(), 'half of i')
  await expect(readKeyFile(dataDir)).rejects.toThrow(/^The key file .* is damaged: put its copy/)
})

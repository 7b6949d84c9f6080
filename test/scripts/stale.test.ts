// A build step runs exactly when its inputs or outputs call for it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freshen, hashOf, isInstalled } from '../../scripts/stale.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stale-'))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(path: string, content: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

describe('a step', () => {
  const step = { name: 'bundle', inputs: ['server', 'package.json'], outputs: ['dist/main.js'] }
  const make = () => {
    write('dist/main.js', 'made')
  }

  beforeEach(async () => {
    write('server/main.ts', 'one')
    write('package.json', '{}')
    expect(await freshen(root, step, make)).toBe(true)
  })

  test('rests when nothing has changed', async () => {
    expect(await freshen(root, step, make)).toBe(false)
  })

  test('runs when a file has changed, even to the same length', async () => {
    write('server/main.ts', 'two')
    expect(await freshen(root, step, make)).toBe(true)
  })

  test('runs when a file has come, and when it has gone', async () => {
    write('server/a/new.ts', '')
    expect(await freshen(root, step, make)).toBe(true)
    rmSync(join(root, 'server/a/new.ts'))
    expect(await freshen(root, step, make)).toBe(true)
  })

  test('rests when only a cache of a tool has come', async () => {
    write('server/node_modules/.cache/bundle', 'x')
    expect(await freshen(root, step, make)).toBe(false)
  })

  test('runs when its output is gone', async () => {
    rmSync(join(root, 'dist/main.js'))
    expect(await freshen(root, step, make)).toBe(true)
  })

  test('runs again after it has failed', async () => {
    write('server/main.ts', 'broken')
    const failing = (): Promise<void> => Promise.reject(new Error('no'))
    await expect(freshen(root, step, failing)).rejects.toThrow('no')
    expect(await freshen(root, step, make)).toBe(true)
  })
})

test('a hash tells a moved boundary between two files', () => {
  write('a/x', 'one')
  write('a/y', 'two')
  const before = hashOf(root, ['a'])
  write('a/x', 'onet')
  write('a/y', 'wo')
  expect(hashOf(root, ['a'])).not.toBe(before)
})

describe('dependencies', () => {
  const locked = { '': {}, 'node_modules/a': { version: '1.0.0' } }
  const other = { 'node_modules/win': { version: '1.0.0', optional: true } }

  test.each([
    ['are installed when every version fits', locked, true],
    ['are not when one is missing', { '': {} }, false],
    ['are not when one is another version', { 'node_modules/a': { version: '1.0.1' } }, false],
  ])('%s', (_title, installed, answer) => {
    write('package-lock.json', JSON.stringify({ packages: { ...locked, ...other } }))
    write('node_modules/.package-lock.json', JSON.stringify({ packages: installed }))
    expect(isInstalled(root)).toBe(answer)
  })

  test('are not installed without node_modules', () => {
    write('package-lock.json', JSON.stringify({ packages: locked }))
    expect(isInstalled(root)).toBe(false)
  })
})

// Keeps postponed work, switched-off checks and silent files out of the tree.
import { extname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesUnder, textOf } from './house-files.ts'

const self = 'test/architecture/words.test.ts'
const rooms = ['server', 'web', 'test', 'scripts', 'prisma', 'docs', '.ci']
const atTop = filesUnder('.').filter(path => !path.includes('/'))
const ours = [...filesUnder(...rooms), ...atTop].filter(
  path => path !== self && path !== 'package-lock.json' && !path.endsWith('.png'),
)
const code = ours.filter(path => ['.ts', '.mjs', '.cjs', '.js', '.vue'].includes(extname(path)))

/** The lines of a text that match, each with its place. */
const linesWith = (pattern: RegExp, paths: string[]): string[] =>
  paths.flatMap(path =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${String(index + 1)}: ${line.trim()}`] : [])),
  )

/** What must not stand in the tree, where it is looked for, and a line that must be found. */
const banned: [string, RegExp, string[], string][] = [
  ['work put off', /\b(TODO|FIXME|XXX|HACK)\b|^\s*\/\/ placeholder/, ours, '// TODO: later'],
  [
    'tests left alone or left out',
    /\b(test|it|describe|suite)\.(only|skip|todo|fixme|skipIf)\b/,
    code,
    "test.only('a', () => {})",
  ],
  ['lint switched off', /eslint-disable/, code, '/* eslint-disable no-console */'],
  ['types switched off', /@ts-(ignore|expect-error|nocheck)\b/, code, '// @ts-ignore'],
  ['values of any type', /\bas any\b\s*([;,)\].}]|$)|<any>/, code, 'const a = (b as any).c'],
  ['debuggers', /^\s*debugger\b/, code, '  debugger'],
]

describe('the tree', () => {
  test.each(banned)('has no %s', (_what, pattern, paths, sample) => {
    expect(sample).toMatch(pattern)
    expect(linesWith(pattern, paths)).toEqual([])
  })

  test('tells in the first line of each file what it is for', () => {
    const silent = code
      .filter(path => !path.endsWith('.d.ts'))
      .filter(path => !/^(#!.*\n)?(\/\/ |\/\*\* |<!-- )\S/.test(textOf(path)))
    expect(silent.filter(path => path !== 'eslint.config.js')).toEqual([])
  })

  test('reads the environment in one file of the server', () => {
    const server = code.filter(path => path.startsWith('server/') && path !== 'server/config.ts')
    const handed = /^server\/main\.ts:\d+: const config = readConfig\(process\.env\)$/
    expect(linesWith(/process\.env\b/, server).filter(line => !handed.test(line))).toEqual([])
  })
})

// Holds the house to the import rules of .dependency-cruiser.cjs, and each rule to its word.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { cruise, type IViolation } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { afterAll, describe, expect, test } from 'vitest'
import { type Breach, breaches, permitted } from './breaches.ts'
import { existing, root } from './house-files.ts'

const options = await extractOptions(join(root, '.dependency-cruiser.cjs'))
const tsConfig = extractTsConfig(join(root, 'tsconfig.base.json'))
const rooms = ['server', 'web', 'prisma', 'scripts']

async function violationsIn(baseDir: string, folders: string[]): Promise<IViolation[]> {
  const { output } = await cruise(folders, { ...options, baseDir }, options.enhancedResolveOptions, {
    tsConfig,
  })
  if (typeof output === 'string') throw new Error(output)
  return output.summary.violations
}

describe('the house', () => {
  test('keeps every import rule', async () => {
    const violations = await violationsIn(root, existing(rooms))
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
  })
})

describe('the import rules', () => {
  mkdirSync(join(root, 'test-output'), { recursive: true })
  const folder = mkdtempSync(join(root, 'test-output/boundaries-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  function plant(files: Record<string, string>): string {
    const tree = mkdtempSync(join(folder, 'tree-'))
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(tree, dirname(path)), { recursive: true })
      writeFileSync(join(tree, path), content)
    }
    return tree
  }

  const title = ({ rule, breach }: Breach): string =>
    `${rule} stops ${breach.from} from reaching ${breach.to}`

  test.each(breaches.map(breach => [title(breach), breach] as const))('%s', async (_title, breach) => {
    const tree = plant(breach.files)
    const top = new Set(Object.keys(breach.files).map(path => path.split('/')[0] ?? path))
    const inTree = (to: string): string =>
      to.replace(`${relative(tree, root)}/`, '').replace(/(node_modules\/[^/]+).*/, '$1')
    const found = (
      await violationsIn(
        tree,
        [...top].filter(name => rooms.includes(name)),
      )
    ).filter(violation => violation.rule.name === breach.rule)
    expect(found.map(({ from, to }) => ({ from, to: inTree(to) }))).toContainEqual(breach.breach)
  })

  test('let through what the house is built on', async () => {
    const tree = plant(permitted)
    const violations = await violationsIn(tree, ['server', 'web', 'prisma'])
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
  })

  test('are each broken here at least once', () => {
    const names = (options.ruleSet?.forbidden ?? []).map(rule => rule.name)
    expect([...new Set(breaches.map(breach => breach.rule))].sort()).toEqual(names.sort())
  })
})

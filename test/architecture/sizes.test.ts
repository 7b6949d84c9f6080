// Holds use cases to their shape; lines, nesting and complexity are held by lint.
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ExportedFunction, exportedFunctions } from './functions.ts'
import { filesUnder, textOf } from './house-files.ts'

/** A function that is handed a context (or the one inside a transaction) acts: it is a use case. */
const acts = ({ firstType }: ExportedFunction): boolean => /(Context|Transaction)$/.test(firstType)

function faultsOf(path: string, text: string): string[] {
  const functions = exportedFunctions(text)
  if (!functions.some(acts)) return []
  const expected = basename(path, '.ts').replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase())
  const faults = functions
    .filter(use => acts(use) && use.parameters !== 2)
    .map(use => `${path}: ${use.name} takes ${use.parameters} parameters, not a context and an object`)
  const [only, ...others] = functions.map(use => use.name)
  if (others.length > 0)
    faults.push(`${path}: exports more than its use case: ${[only, ...others].join(', ')}`)
  else if (only !== expected) faults.push(`${path}: exports ${String(only)}, its name promises ${expected}`)
  return faults
}

/** Files directly in a room of the domain; rules and raw statements are no use cases. */
const inRooms = filesUnder('server/domain').filter(
  path => /^server\/domain\/[^/]+\/[^/]+[.]ts$/.test(path) && !/([.]sql|\/rules)[.]ts$/.test(path),
)

describe('a use case', () => {
  test('takes a context and an object, stands alone in its file and is named like it', () => {
    expect(inRooms.flatMap(path => faultsOf(path, textOf(path)))).toEqual([])
  })

  test.each([
    ['with the right shape', 'export async function findUser(ctx: Context, input: { id: string }) {}', 0],
    ['with its own types', 'export interface A {}\nexport const findUser = (ctx: Context, a: A) => a', 0],
    ['without an object', 'export async function findUser(ctx: Context) {}', 1],
    ['with a third parameter', 'export async function findUser(ctx: Context, a: A, b: B) {}', 1],
    ['inside a transaction, too many', 'export const findUser = (tx: Transaction, a: A, b: B) => b', 1],
    ['under another name', 'export async function readUser(ctx: Context, a: A) {}', 1],
    ['not alone', 'export function findUser(ctx: Context, a: A) {}\nexport function b() {}', 1],
  ])('%s is judged rightly', (_title, text, faults) => {
    expect(faultsOf('server/domain/users/find-user.ts', text)).toHaveLength(faults)
  })

  test('is not what a file of types and pure functions has', () => {
    const text = 'export function a(x: number) {}\nexport function b(y: User, z: User, w: User) {}'
    expect(faultsOf('server/domain/users/where.ts', text)).toEqual([])
  })
})

// Which queries are worth preparing, and that their number is bounded.
import { expect, it } from 'vitest'
import { statementNames } from '#server/db/statement-names.ts'

it('names a query from its second sighting on, always alike', () => {
  const nameOf = statementNames()
  const names = [1, 2, 3].map(() => nameOf({ sql: 'SELECT 1' }))
  expect(names[0]).toBe('')
  expect(names[1]).not.toBe('')
  expect(names[2]).toBe(names[1])
})

it('never gives two queries one name', () => {
  const nameOf = statementNames()
  const queries = Array.from({ length: 400 }, (_, index) => ({ sql: `SELECT ${index}` }))
  queries.forEach(nameOf)
  expect(new Set(queries.map(nameOf)).size).toBe(400)
})

it('gives away 500 names at most, whatever comes', () => {
  const nameOf = statementNames()
  const queries = Array.from({ length: 20_000 }, (_, index) => ({ sql: `SELECT ${index}` }))
  const names = queries.flatMap(query => [nameOf(query), nameOf(query)]).filter(name => name !== '')
  expect(new Set(names).size).toBe(500)
  expect(nameOf({ sql: 'SELECT 0' })).not.toBe('')
})

it('leaves queries nameless that are seen once, or very long', () => {
  const nameOf = statementNames()
  const once = Array.from({ length: 20_000 }, (_, index) => nameOf({ sql: `SELECT ${index}` }))
  const long = { sql: `SELECT ${'1,'.repeat(8_000)}1` }
  expect(once.every(name => name === '')).toBe(true)
  expect([nameOf(long), nameOf(long)]).toEqual(['', ''])
})

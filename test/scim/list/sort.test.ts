// Sorting.
import { describe, expect, it } from 'vitest'
import { compareBy, parseSort, userType, type Resource } from '#server/scim/index.ts'
import { CAL, reasonOf } from '../people.ts'

const people: readonly Resource[] = [
  {
    id: 'b',
    userName: 'Bea',
    active: true,
    emails: [{ value: 'z@x' }, { value: 'b@x', primary: true }],
    meta: { created: '2026-01-01T00:00:00Z' },
  },
  {
    id: 'a',
    userName: 'ada',
    emails: [{ value: 'C@x' }],
    [CAL]: { group: 'a' },
    meta: { created: '2026-01-01T00:30:00+01:00' },
  },
  {
    id: 'c',
    userName: 'Cy',
    active: false,
    [CAL]: { group: 'B' },
    meta: { created: '2025-01-01T00:00:00Z' },
  },
]
const order = (sortBy: string, sortOrder?: string) => {
  const sort = parseSort({ sortBy, sortOrder }, userType)
  return sort === null ? [] : [...people].sort(compareBy(sort)).map(person => person['id'])
}

describe('sorting', () => {
  it('SO1, SO5: orders by type and letter case of the attribute', () => {
    expect(order('USERNAME')).toEqual(['a', 'b', 'c'])
    expect(order('userName', 'Descending')).toEqual(['c', 'b', 'a'])
    expect(order('meta.created')).toEqual(['c', 'a', 'b'])
    expect(order('active')).toEqual(['c', 'b', 'a'])
    expect(order(`${CAL}:group`)).toEqual(['c', 'a', 'b'])
  })

  it('SO3: puts missing values last ascending and first descending', () => {
    expect(order(`${CAL}:group`, 'descending')).toEqual(['b', 'a', 'c'])
  })

  it('SO4: takes the primary value of a list, else the first', () => {
    expect(order('emails')).toEqual(['b', 'a', 'c'])
    expect(order('emails.value')).toEqual(['b', 'a', 'c'])
  })

  it('SO2: means nothing without sortBy', () => {
    expect(parseSort({ sortOrder: 'descending' }, userType)).toBeNull()
    expect(parseSort({ sortBy: ' ' }, userType)).toBeNull()
  })

  it.each(['shoeSize', 'name', 'addresses', 'password', CAL])('SO2, SO4: refuses %s', sortBy => {
    expect(reasonOf(() => parseSort({ sortBy }, userType))).toBe('400 invalidPath')
  })

  it('SO1: refuses another word for the order', () => {
    expect(reasonOf(() => parseSort({ sortBy: 'title', sortOrder: 'up' }, userType))).toBe('400 invalidValue')
  })
})

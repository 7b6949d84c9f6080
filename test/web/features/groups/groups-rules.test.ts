// The rules of the groups pages that need no page.
import { expect, test } from 'vitest'
import { lossesOf } from '#web/features/groups/deletion.ts'
import { groupFiltersIn, groupsCsv, groupVariables, nextGroupSort } from '#web/features/groups/group-list.ts'
import { sourcesOf } from '#web/features/groups/group-row.ts'
import { memberColumns } from '#web/features/groups/member-columns.ts'

const say = (key: string) => key

test('the address becomes the variables of the list', () => {
  expect(groupVariables(groupFiltersIn({ q: 'sales', sort: '-changed' }))).toEqual({
    search: 'sales',
    orderBy: { field: 'CHANGED_AT', direction: 'DESC' },
  })
  expect(groupVariables(groupFiltersIn({ sort: 'nonsense' }))).toEqual({
    search: null,
    orderBy: { field: 'NAME', direction: 'ASC' },
  })
})

test.each([
  ['', 'name', '-name'],
  ['-name', 'name', 'name'],
  ['', 'changed', '-changed'],
  ['-changed', 'changed', 'changed'],
])('sorted by "%s", a click on %s sorts by "%s"', (sort, by, next) => {
  expect(nextGroupSort(groupFiltersIn({ sort }), by)).toBe(next)
})

test('the file is narrowed like the list', () => {
  expect(groupsCsv('')).toBe('/exports/groups.csv')
  expect(groupsCsv('R & D')).toBe('/exports/groups.csv?search=R%20%26%20D')
})

test('only reasons that occur are named', () => {
  expect(sourcesOf({ mapping: 2, default: 0, scim: 0, manual: 1 })).toEqual([
    { kind: 'MAPPING', count: 2 },
    { kind: 'MANUAL', count: 1 },
  ])
})

test('what goes with a group is said in sentences, and nothing when nothing goes', () => {
  const nothing = {
    members: 0,
    admins: 0,
    managedEvents: 0,
    copiesLost: 0,
    mappingRows: 0,
    isDefaultGroup: false,
  }
  expect(lossesOf(nothing, say)).toEqual([])
  expect(lossesOf({ ...nothing, members: 3, mappingRows: 1, isDefaultGroup: true }, say)).toEqual([
    'groups.delete.members',
    'groups.delete.mappingRows',
    'groups.delete.isDefaultGroup',
  ])
})

test('nobody but managers has a way to take people out', () => {
  const keys = (manageable: boolean) => memberColumns(manageable, say).map(column => column.key)
  expect(keys(true)).toContain('remove')
  expect(keys(false)).not.toContain('remove')
})

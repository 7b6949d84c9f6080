// The pure parts of mapping values to groups: edits, what differs, faults, pasted and imported tables, open values.
import { describe, expect, test } from 'vitest'
import { changesOf } from '#web/features/mapping/draft-changes.ts'
import {
  draftOf,
  isSameGroup,
  newGroupNames,
  withMove,
  withRow,
  type Draft,
} from '#web/features/mapping/draft.ts'
import { firstChoice, groupOptions } from '#web/features/mapping/group-options.ts'
import { importPlan } from '#web/features/mapping/import-plan.ts'
import { inputOf } from '#web/features/mapping/mapping-input.ts'
import { openValues } from '#web/features/mapping/open-values.ts'
import { mergePasted, namesAsCsv, pastedRows } from '#web/features/mapping/pasted-rows.ts'
import {
  endsOf,
  flowFilters,
  peopleFiltersIn,
  peopleVariables,
} from '#web/features/mapping/people-filters.ts'
import { isUnfinished, rowFaults } from '#web/features/mapping/row-faults.ts'

const sales = { id: 'G1', name: 'Sales' }
const support = { id: 'G2', name: 'Support' }
const made = { id: null, name: 'Plant' }
const row = (key: string, value: string, group: Draft['rows'][number]['group'] = sales) => ({
  key,
  value,
  group,
})
const stored: Draft = {
  enabled: true,
  applyToExisting: false,
  defaultGroup: null,
  rows: [row('1', 'Sales'), row('2', 'Support', support), row('3', 'Deals')],
}

describe('what differs', () => {
  test('nothing, when nothing was edited; edge blanks do not count', () => {
    const draft = { ...stored, rows: withRow(stored.rows, '1', { value: ' Sales ' }) }
    expect(changesOf(stored, draft).count).toBe(0)
  })

  test('new, edited and removed rows, each once', () => {
    const rows = [
      ...withRow(stored.rows, '2', { group: sales }).filter(one => one.key !== '3'),
      row('new-1', 'Plant', made),
    ]
    const changes = changesOf(stored, { ...stored, rows })
    expect([...changes.states]).toEqual([
      ['2', 'edited'],
      ['new-1', 'new'],
    ])
    expect(changes.removed.map(one => one.value)).toEqual(['Deals'])
    expect(changes).toMatchObject({ count: 3, reordered: false })
  })

  test('the order, as one change, whatever else was added', () => {
    const rows = [...withMove(stored.rows, '3', -1), row('new-1', 'Plant')]
    expect(changesOf(stored, { ...stored, rows })).toMatchObject({ reordered: true, count: 2 })
  })

  test('each setting', () => {
    const draft = { ...stored, enabled: false, applyToExisting: true, defaultGroup: made }
    expect(changesOf(stored, draft).count).toBe(3)
  })

  test('moving existing people is chosen anew for each save', () => {
    const draft = draftOf({
      enabled: true,
      defaultGroup: sales,
      rows: [{ id: '1', value: 'A', group: sales }],
    })
    expect(draft).toMatchObject({ applyToExisting: false, rows: [{ key: '1', value: 'A' }] })
  })
})

test('rows at the ends stay where they are', () => {
  expect(withMove(stored.rows, '1', -1)).toBe(stored.rows)
  expect(withMove(stored.rows, '3', 1)).toBe(stored.rows)
})

test('two new groups of one name are the same, letter case aside', () => {
  expect(isSameGroup(made, { id: null, name: ' plant' })).toBe(true)
  expect(isSameGroup(made, { id: 'G3', name: 'Plant' })).toBe(false)
  const rows = [row('1', 'a', made), row('2', 'b', { id: null, name: 'PLANT' }), row('3', 'c')]
  expect(newGroupNames({ ...stored, rows })).toEqual(['PLANT'])
})

describe('faults of rows', () => {
  test.each([
    ['nothing but blanks', ' \t', 'empty'],
    ['more than 255 characters', 'x'.repeat(256), 'long'],
  ])('%s', (_name, value, kind) => {
    expect(rowFaults([row('1', value)])).toMatchObject([{ kind, field: 'value', row: 1 }])
  })

  test('a value mapped twice names the row that has it, edge blanks aside', () => {
    expect(rowFaults([row('1', 'Sales'), row('2', ' Sales')])).toEqual([
      { key: '2', row: 2, field: 'value', kind: 'duplicate', other: 1 },
    ])
  })

  test('255 characters and another case are no fault; what is not filled in can be left out of a preview', () => {
    const rows = [row('1', 'x'.repeat(255)), row('2', 'Sales'), row('3', 'sales'), row('4', '', null)]
    const faults = rowFaults(rows)
    expect(faults.map(fault => fault.kind)).toEqual(['empty', 'noGroup'])
    expect(faults.every(isUnfinished)).toBe(true)
    expect(inputOf({ ...stored, rows }).rows).toHaveLength(3)
  })
})

test('the server is told ids of groups, or names of new ones', () => {
  expect(inputOf({ ...stored, defaultGroup: made, rows: [row('1', 'A'), row('2', 'B', made)] })).toEqual({
    enabled: true,
    applyToExisting: false,
    defaultGroup: { newGroup: 'Plant' },
    rows: [
      { value: 'A', group: { groupId: 'G1' } },
      { value: 'B', group: { newGroup: 'Plant' } },
    ],
  })
})

describe('a pasted table', () => {
  test('is one only with several lines or columns', () => {
    expect(pastedRows('Sales EMEA')).toBeNull()
    expect(pastedRows('a\tb')).toEqual([{ value: 'a', group: 'b' }])
    expect(pastedRows('a\r\nb\n')).toEqual([
      { value: 'a', group: '' },
      { value: 'b', group: '' },
    ])
  })

  test('takes the place of the row it was pasted into, with groups by name', () => {
    const pasted = pastedRows('a\tsales\nb\tPlant\nc') ?? []
    expect(namesAsCsv(pasted)).toBe('1,"sales"\r\n2,"Plant"\r\n')
    const rows = mergePasted({ rows: stored.rows, key: '2', pasted }, [sales, made])
    expect(rows.map(one => [one.value, one.group?.name ?? null])).toEqual([
      ['Sales', 'Sales'],
      ['a', 'Sales'],
      ['b', 'Plant'],
      ['c', null],
      ['Deals', 'Sales'],
    ])
    expect(new Set(rows.map(one => one.key)).size).toBe(5)
  })
})

describe('an imported table', () => {
  const table = [
    { value: 'Sales', group: support },
    { value: 'Plant', group: made },
    { value: ' Plant', group: sales },
    { value: 'Support', group: support },
  ]

  test('merged changes and adds; a value that comes again counts once, the last time', () => {
    const plan = importPlan(stored.rows, table, 'merge')
    expect(plan).toMatchObject({ added: 1, changed: 1, same: 1, removed: 0, repeated: 1 })
    expect(plan.rows.map(one => [one.value.trim(), one.group.name])).toEqual([
      ['Sales', 'Support'],
      ['Support', 'Support'],
      ['Deals', 'Sales'],
      ['Plant', 'Sales'],
    ])
  })

  test('in place of all rows removes what it does not name', () => {
    const plan = importPlan(stored.rows, table, 'replace')
    expect(plan).toMatchObject({ added: 1, changed: 1, same: 1, removed: 1 })
    expect(plan.rows.map(one => one.value.trim())).toEqual(['Sales', 'Plant', 'Support'])
  })
})

describe('values that need a group', () => {
  const seen = (value: string, count: number, near?: string) => ({
    __typename: 'SeenValue' as const,
    value,
    count,
    lastSeen: '2026-11-20T08:00:00Z',
    nearMiss: near === undefined ? null : { value: near, kinds: ['CASE' as const] },
  })

  test('are those without a row here; near misses come first and know where they belong', () => {
    const unmapped = [seen('Plant', 9), seen('sales', 2, 'Sales'), seen('Lab', 1)]
    const draft = { ...stored, rows: [...stored.rows, row('new-1', 'Plant')] }
    const open = openValues({ draft, unmapped, stored: [], planned: [] })
    expect(open.map(one => [one.value, one.near?.group?.name])).toEqual([
      ['sales', 'Sales'],
      ['Lab', undefined],
    ])
  })

  test('come back when their row is removed, and may be near a row that is not saved yet', () => {
    const draft = { ...stored, rows: [row('new-1', 'Lab')] }
    const given = [{ value: 'Support', people: 7, lastSeen: null }]
    const open = openValues({
      draft,
      unmapped: [seen('LAB', 3)],
      stored: given,
      planned: [seen('LAB', 3, 'Lab')],
    })
    expect(open.map(one => [one.value, one.near?.value])).toEqual([
      ['LAB', 'Lab'],
      ['Support', undefined],
    ])
  })
})

describe('the group picker', () => {
  const groups = [
    { id: 'G1', name: 'Sales', memberCount: 4 },
    { id: 'G2', name: 'Support', memberCount: 0 },
  ]
  const kinds = (text: string, allowNone = false) =>
    groupOptions({ text, groups, drafted: ['Plant'], allowNone }).map(
      ({ kind, pick }) => `${kind} ${pick?.name ?? ''}`,
    )

  test('offers a new group only for a name that none has, of 50 characters at most', () => {
    expect(kinds('')).toEqual(['drafted Plant', 'group Sales', 'group Support'])
    expect(kinds('pl')).toEqual(['drafted Plant', 'group Sales', 'group Support', 'create pl'])
    expect(kinds('sALES')).toEqual(['group Sales', 'group Support'])
    expect(kinds('x'.repeat(51))).toEqual(['group Sales', 'group Support'])
    expect(kinds('', true)[0]).toBe('none ')
  })

  test('begins at the picked group, else at one called like the value', () => {
    const options = groupOptions({ text: '', groups, drafted: ['Plant'], allowNone: false })
    expect(firstChoice(options, support, 'Sales')).toBe(2)
    expect(firstChoice(options, null, 'Sales')).toBe(1)
    expect(firstChoice(options, null, 'Other')).toBe(0)
  })
})

describe('filters of the preview', () => {
  test('stand in the address and fall back to everybody who moves', () => {
    const filters = peopleFiltersIn({ who: 'nonsense', q: 'Ada', to: 'G1' })
    expect(filters).toEqual({ tab: 'moved', search: 'Ada', from: '', to: 'G1' })
    expect(peopleVariables(filters)).toMatchObject({
      kinds: ['JOIN', 'LEAVE', 'MOVE'],
      unmatched: null,
      to: 'G1',
    })
    expect(peopleVariables({ ...filters, from: 'none' })).toMatchObject({
      from: null,
      fromNone: true,
      to: 'G1',
      toNone: null,
    })
    expect(peopleVariables({ ...filters, tab: 'unmatched' })).toMatchObject({ kinds: null, unmatched: true })
  })

  test('can be those of any group on either end, by name; a new group has no id to ask for', () => {
    const flows = [
      { from: [support], to: [sales], people: 2 },
      { from: [sales, support], to: [], people: 1 },
      { from: [], to: [made], people: 1 },
    ]
    expect(endsOf(flows, 'from').map(({ label }) => label)).toEqual(['Sales', 'Support'])
    expect(endsOf(flows, 'to')).toEqual([{ key: 'G1', label: 'Sales' }])
  })

  test.each([
    ['no group to one', [], [sales], { who: 'join', from: 'none', to: 'G1' }],
    ['one to none', [sales], [], { who: 'leave', from: 'G1', to: 'none' }],
    ['one to a new one', [sales], [made], { who: 'move', from: 'G1', to: '' }],
  ])('follow the way from %s', (_name, from, to, expected) => {
    expect(flowFilters({ from, to, people: 1 })).toEqual(expected)
  })
})

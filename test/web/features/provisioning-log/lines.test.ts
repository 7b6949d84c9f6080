// Order, ring, folding and filters of log lines.
import { describe, expect, test } from 'vitest'
import { chipsOf } from '#web/features/provisioning-log/filter-chips.ts'
import { curlOf } from '#web/features/provisioning-log/curl-of.ts'
import { foldLines } from '#web/features/provisioning-log/fold-lines.ts'
import { headerRows } from '#web/features/provisioning-log/header-rows.ts'
import {
  lineOfEvent,
  lineOfExchange,
  type ExchangeRow,
  type Line,
} from '#web/features/provisioning-log/line.ts'
import { eventFilter, exchangeFilter, filtersIn } from '#web/features/provisioning-log/log-filters.ts'
import { compareSequence, mergeLines } from '#web/features/provisioning-log/merge-lines.ts'

const line = (sequence: string, more: Partial<Line> = {}): Line => ({
  id: sequence,
  sequence,
  cursor: sequence,
  at: Number(sequence) * 1000,
  text: `line ${sequence}`,
  result: 'x',
  tone: 'idle',
  icon: 'i',
  call: null,
  times: 1,
  ...more,
})
const numbers = (lines: readonly Line[]) => lines.map(one => one.sequence)

test.each([
  ['group.member_added', 'success', 'log-in'],
  ['group.member_removed', 'warning', 'log-out'],
  ['group.created', 'info', 'users-round'],
  ['group_mapping.saved', 'info', 'arrow-left-right'],
  ['user.deactivated', 'warning', 'user-minus'],
  ['provisioning.enforced', 'info', 'settings-2'],
])('C4: the event %s has a look of its own', (type, tone, icon) => {
  const sentence = 'Ada joined Sales (Department = Sales, row 3)'
  const row = { id: 'e', sequence: '1', cursor: 'c', occurredAt: '2026-11-20T08:00:00Z', exchange: null }
  const shown = lineOfEvent({ ...row, type, sentence })
  expect(shown).toMatchObject({ text: sentence, result: type, tone, icon: `i-lucide-${icon}` })
})

describe('merging', () => {
  test.each([
    ['newer lines go on top', ['3', '2'], ['4', '5'], ['5', '4', '3', '2']],
    ['a replay changes nothing', ['3', '2'], ['2', '3'], ['3', '2']],
    ['an overlap keeps each line once', ['3', '2'], ['3', '4'], ['4', '3', '2']],
    ['older lines go below', ['9', '8'], ['1', '2'], ['9', '8', '2', '1']],
    ['a line that comes twice at once is kept once', [], ['1', '1'], ['1']],
  ])('%s', (_what, before, arrivals, after) => {
    expect(
      numbers(
        mergeLines(
          before.map(one => line(one)),
          arrivals.map(one => line(one)),
          100,
        ),
      ),
    ).toEqual(after)
  })

  test('the ring lets the oldest go', () => {
    expect(numbers(mergeLines([line('2'), line('1')], [line('3')], 2))).toEqual(['3', '2'])
  })

  test('nothing new gives the same list back', () => {
    const lines = [line('2')]
    expect(mergeLines(lines, [], 5)).toBe(lines)
    expect(mergeLines(lines, [line('2')], 5)).toBe(lines)
  })

  test('sequences compare as numbers of any length', () => {
    expect(compareSequence('9', '10')).toBeLessThan(0)
    expect(compareSequence('9007199254740993', '9007199254740992')).toBeGreaterThan(0)
  })
})

describe('folding', () => {
  const get = (sequence: string, path = '/Users') =>
    line(sequence, { call: { method: 'GET', path, status: 200, durationMs: 1 } })

  test('equal reads within two seconds of each other count as one line', () => {
    const folded = foldLines([get('12'), get('11'), get('10'), get('5')])
    expect(folded.map(one => [one.sequence, one.times])).toEqual([
      ['12', 3],
      ['5', 1],
    ])
  })

  test('other paths and writes stay apart', () => {
    const patch = (sequence: string) =>
      line(sequence, { call: { method: 'PATCH', path: '/Users', status: 200, durationMs: 1 } })
    expect(foldLines([get('3', '/Groups'), get('2'), patch('1'), patch('0')])).toHaveLength(4)
  })
})

test('the address becomes the filters of both lists, nonsense left out', () => {
  const filters = filtersIn({
    q: 'ada',
    outcome: 'failed,evil',
    method: 'GET',
    status: '500',
    type: 'user.created',
    person: 'u1',
    from: 'never',
  })
  expect(exchangeFilter(filters)).toEqual({
    search: 'ada',
    userId: 'u1',
    outcomes: ['FAILED'],
    methods: ['GET'],
    statuses: [500],
  })
  expect(eventFilter(filters)).toEqual({ search: 'ada', userId: 'u1', types: ['user.created'] })
})

test.each(['2026-11-22', '1', 'November 22, 2026', '2026-13-22T00:00:00Z'])(
  'the address has no moment in %s, which the API would refuse',
  from => {
    expect(exchangeFilter(filtersIn({ from, to: '2026-11-22T10:00:00Z' }))).toEqual({
      ...exchangeFilter(filtersIn({})),
      to: '2026-11-22T10:00:00Z',
    })
  },
)

test('each chip knows the address without it', () => {
  const filters = filtersIn({ outcome: 'refused,failed', person: 'u1' })
  const chips = chipsOf(filters, { t: key => key, person: 'Ada', time: () => 'time' })
  expect(chips.map(chip => [chip.value, chip.without])).toEqual([
    ['provisioning-log.outcomeFilter.refused', { outcome: ['failed'] }],
    ['provisioning-log.outcomeFilter.failed', { outcome: ['refused'] }],
    ['Ada', { person: '' }],
  ])
})

test('a curl command never carries the secret and survives quotes', () => {
  const request = {
    method: 'PATCH',
    path: '/Users/1',
    query: 'filter=a eq "b"',
    requestBody: `{"name":"O'Neil"}`,
  }
  const text = curlOf(request, 'https://x.example/scim/v2/o')
  expect(text).toContain(`'https://x.example/scim/v2/o/Users/1?filter=a%20eq%20%22b%22'`)
  expect(text).toContain('"Authorization: Bearer $TOKEN"')
  expect(text).toContain(String.raw`'{"name":"O'\''Neil"}'`)
  expect(
    curlOf({ ...request, path: '/scim/v2/o/Users/1', query: null }, 'https://x.example/scim/v2/o'),
  ).toContain(`'https://x.example/scim/v2/o/Users/1'`)
})

test('headers come out by name, whatever was stored', () => {
  expect(headerRows({ 'User-Agent': 'Okta', Accept: ['a', 'b'] })).toEqual([
    ['accept', '["a","b"]'],
    ['user-agent', 'Okta'],
  ])
  expect(headerRows(null)).toEqual([])
})

test.each([
  ['SUCCEEDED', false, 'success', 'provisioning-log.outcomes.SUCCEEDED'],
  ['SUCCEEDED', true, 'idle', 'provisioning-log.outcomes.UNCHANGED'],
  ['REFUSED', false, 'warning', 'provisioning-log.outcomes.REFUSED'],
] as const)('a request that %s and changed nothing: %s', (outcome, changedNothing, tone, result) => {
  const row: ExchangeRow = {
    id: '1',
    cursor: 'c',
    sequence: '1',
    occurredAt: '2026-11-01T08:00:00.000Z',
    method: 'PATCH',
    path: '/Users/1',
    query: null,
    status: 200,
    outcome,
    durationMs: 1,
    summary: 'Changed nothing about Ada',
    changedNothing,
  }
  expect(lineOfExchange(row)).toMatchObject({ tone, result })
})

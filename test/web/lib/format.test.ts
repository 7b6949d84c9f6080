// How times, numbers and durations read.
import { describe, expect, test } from 'vitest'
import { clockTime, duration, initials, percent, relativeTime, wholeNumber } from '#web/lib/format.ts'

const now = Date.parse('2026-11-21T18:04:11.204Z')

describe('a relative time', () => {
  test.each([
    [0, 'now'],
    [-42_000, '42 sec. ago'],
    [-59_999, '59 sec. ago'],
    [-60_000, '1 min. ago'],
    [-3 * 3_600_000, '3 hr. ago'],
    [-2 * 86_400_000, '2 days ago'],
    [6 * 86_400_000, 'in 6 days'],
    [-8 * 86_400_000, '13 Nov 2026'],
  ])('%i ms from now reads "%s"', (distance, words) => {
    expect(relativeTime(now + distance, now)).toBe(words)
  })
})

test('a log time carries milliseconds and follows the zone', () => {
  expect(clockTime(now, 'utc')).toBe('18:04:11.204')
})

test('a share never rounds up to all while something failed', () => {
  expect([percent(1), percent(0.9999), percent(0.992), percent(0)]).toEqual([
    '100 %',
    '99.9 %',
    '99.2 %',
    '0 %',
  ])
})

test('durations and numbers are short', () => {
  expect([duration(3.21), duration(38.4), duration(1234)]).toEqual(['3.2 ms', '38 ms', '1.2 s'])
  expect(wholeNumber(96_749)).toBe('96,749')
})

test.each([
  ['Ada Byron', 'AB'],
  ['élodie de la tour', 'ÉT'],
  ['svc-5@acme.example', 'SE'],
  ['plato', 'P'],
  ['  ', '?'],
])('the letters of "%s" are %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})

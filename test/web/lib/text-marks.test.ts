// Blanks and characters that nobody sees, made visible.
import { expect, test } from 'vitest'
import { hidesSomething, textPieces, tidyText } from '#web/lib/text-marks.ts'
import { secondsLeft } from '#web/ui/time-left.ts'

const signs = (text: string) =>
  textPieces(text)
    .map(({ text: piece, mark }) => mark?.sign ?? piece)
    .join('')

test.each([
  ['one blank between words', 'Customer Success', 'Customer Success', false],
  ['an edge blank', 'sales ', 'sales·', true],
  ['two blanks', 'a  b', 'a··b', true],
  ['a no-break space', 'a\u00a0b', 'a⍽b', true],
  ['an ideographic space', 'a\u3000b', 'a⍽b', true],
  ['a tab and a line break', 'a\tb\nc', 'a⇥b↵c', true],
  ['a zero-width space', 'a\u200bb', 'a¤b', true],
  ['letters with marks', 'Zürich ñ', 'Zürich ñ', false],
])('%s', (_name, text, expected, hides) => {
  expect(signs(text)).toBe(expected)
  expect(hidesSomething(text)).toBe(hides)
  expect(
    textPieces(text)
      .map(piece => piece.text)
      .join(''),
  ).toBe(text)
  expect(hidesSomething(tidyText(text))).toBe(false)
})

test('what is tidied reads as it was meant', () => {
  expect(tidyText(' Customer\u00a0\u200bSuccess\t ')).toBe('Customer Success')
})

test('the time left comes from the speed so far, and is unknown before there is any', () => {
  const startedAt = '2026-11-20T08:00:00.000Z'
  const now = Date.parse(startedAt) + 10_000
  expect(secondsLeft({ done: 250, total: 1_000, startedAt }, now)).toBe(30)
  expect(secondsLeft({ done: 0, total: 1_000, startedAt }, now)).toBeNull()
  expect(secondsLeft({ done: 10, total: 10, startedAt }, now)).toBeNull()
  expect(secondsLeft({ done: 5, total: 10, startedAt: null }, now)).toBeNull()
})

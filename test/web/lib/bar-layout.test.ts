// Where the bars of a chart stand.
import { expect, test } from 'vitest'
import { highest, labelledBars, layoutBars, roundTop } from '#web/lib/bar-layout.ts'

test.each([
  [0, 1],
  [1, 1],
  [3, 5],
  [10, 10],
  [480, 500],
  [501, 1000],
])('the axis for %i ends at %i', (value, top) => {
  expect(roundTop(value)).toBe(top)
})

test('parts stack from the bottom, stay inside, and one failure among thousands stays visible', () => {
  const [bar] = layoutBars([{ parts: [5000, 0, 1] }], 5001)
  expect(bar?.parts.map(part => part.series)).toEqual([0, 2])
  const [good, bad] = bar?.parts ?? []
  expect(good!.y + good!.height).toBeCloseTo(1)
  expect(bad!.y + bad!.height).toBeCloseTo(good!.y)
  expect(bad!.height).toBeGreaterThan(0)
  expect(bad!.y).toBeGreaterThanOrEqual(0)
})

test('bars share the width without overlap', () => {
  const bars = layoutBars([{ parts: [1] }, { parts: [2] }, { parts: [3] }], 5)
  for (const [index, bar] of bars.slice(1).entries())
    expect(bar.x).toBeGreaterThan(bars[index]!.x + bars[index]!.width)
  expect(bars.at(-1)!.x + bars.at(-1)!.width).toBeLessThanOrEqual(1)
  expect(highest([{ parts: [1, 2] }, { parts: [] }])).toBe(3)
})

test('labels are few and always include the last bar', () => {
  expect(labelledBars(24, 8)).toEqual([2, 5, 8, 11, 14, 17, 20, 23])
  expect(labelledBars(0, 8)).toEqual([])
})

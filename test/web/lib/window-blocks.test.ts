// Which blocks of a long list are needed and kept.
import { expect, test } from 'vitest'
import { blocksCovering, patchRow, rememberBlock, rowIn } from '#web/lib/window-blocks.ts'

test.each([
  [0, 30, [0]],
  [95, 130, [0, 1]],
  [99_990, 100_010, [999, 1000]],
  [0, -1, []],
])('rows %i to %i need the blocks %j', (first, last, blocks) => {
  expect(blocksCovering(first, last, 100)).toEqual(blocks)
})

test('the oldest block is forgotten first, and seeing one again makes it young', () => {
  let blocks: ReadonlyMap<number, string[]> = new Map()
  for (const number of [1, 2, 3, 1, 4]) blocks = rememberBlock(blocks, { number, rows: [`${number}`] }, 3)
  expect([...blocks.keys()]).toEqual([3, 1, 4])
})

test('a row is found by its place in the whole list, and only when its block is there', () => {
  const blocks = new Map([[2, ['a', 'b']]])
  expect([rowIn(blocks, 201, 100), rowIn(blocks, 5, 100)]).toEqual(['b', undefined])
})

test('a changed person replaces the old row, and a stranger changes nothing', () => {
  const blocks = new Map([[0, [{ id: 'a', name: 'Ada' }]]])
  expect(patchRow(blocks, { id: 'a', name: 'Ada B.' }).get(0)).toEqual([{ id: 'a', name: 'Ada B.' }])
  expect(patchRow(blocks, { id: 'z', name: 'Zoe' })).toBe(blocks)
})

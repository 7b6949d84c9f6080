// No id that a component makes can be the id of another part of the page.
import { expect, test } from 'vitest'
import { filesUnder, textOf } from './house-files.ts'

const made = /const (\w+) = useId\(\)/gu
const makers = filesUnder('web')
  .filter(path => /\.(?:vue|ts)$/u.test(path))
  .filter(path => textOf(path).includes('useId()'))

/** Where an id is continued by a value, or by a number. */
function continuations(source: string): string[] {
  return [...source.matchAll(made)].flatMap(([, name = '']) =>
    [...source.matchAll(new RegExp(String.raw`\$\{${name}\}-(?:\$|\d).*`, 'gu'))].map(([found]) => found),
  )
}

test('what continues an id by a value is found', () => {
  const lines = [
    'const id = useId()',
    '`${id}-${index}`',
    '`${id}-row-${index}`',
    '`${id}-2`',
    '`${row}-${index}`',
  ]
  expect(continuations(lines.join('\n'))).toEqual(['${id}-${index}`', '${id}-2`'])
})

// What comes late is numbered below its place, such as `v-1-2`: the 2 of a list whose id is `v-1` would be the same.
test.each(makers)('%s continues its id by a word', path => {
  expect(continuations(textOf(path))).toEqual([])
})

// Our merge of classes keeps and drops what the library's own would, for every class that occurs in the console.
import { cn } from 'tailwind-variants/dist/index.js'
import { expect, test } from 'vitest'
import { mergeClasses } from '#web/ui/class-merge.ts'

const own = import.meta.glob<string>(['../../../web/{features,pages,ui}/**/*.vue', '../../../web/theme.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
/** The library's classes, by part; written by the build's plugin when it starts. */
const library = import.meta.glob<string>('../../../web/node_modules/.nuxt-ui/ui/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
  exhaustive: true,
})
const parts = [
  ...[
    'alert',
    'avatar',
    'badge',
    'button',
    'checkbox',
    'chip',
    'dropdown-menu',
    'form-field',
    'input',
    'kbd',
  ],
  ...['link', 'modal', 'popover', 'progress', 'radio-group', 'select', 'slideover', 'switch', 'textarea'],
  ...['toast', 'toaster'],
]

/** Words in quotation marks that the merge knows: it keeps only one of two that are equal. */
function classesIn(sources: string[]): string[] {
  const quoted = sources.flatMap(source => source.match(/(['"`])[^'"`<>{}=]*\1/g) ?? [])
  const words = new Set(quoted.flatMap(text => text.slice(1, -1).split(/\s+/)))
  const places = /^(top|bottom)-(left|right|center)$/
  return [...words].filter(word => cn(`${word} ${word}`) === word && !places.test(word))
}
const modifiersOf = (name: string) => /^(.*:)?(?![^[(]*[\])])/.exec(name)?.[0] ?? ''

test('of two classes the same ones stay as with the library', () => {
  const themes = parts.map(part => library[`../../../web/node_modules/.nuxt-ui/ui/${part}.ts`] ?? '')
  expect(themes).not.toContain('')
  const byModifiers = new Map<string, string[]>()
  for (const name of classesIn([...Object.values(own), ...themes])) {
    const modifiers = modifiersOf(name)
    byModifiers.set(modifiers, [...(byModifiers.get(modifiers) ?? []), name])
  }
  const differing: string[] = []
  let pairs = 0
  for (const classes of byModifiers.values()) {
    for (const text of classes.flatMap(one => classes.map(two => `${one} ${two}`))) {
      pairs += 1
      if (mergeClasses(text) !== cn(text)) differing.push(text)
    }
  }
  expect(pairs).toBeGreaterThan(100_000)
  expect(differing).toEqual([])
})

test('what stands behind other modifiers stays', () => {
  expect(mergeClasses('p-2 hover:p-3 px-1 sm:p-4 p-1 i-lucide-x')).toBe('hover:p-3 sm:p-4 p-1 i-lucide-x')
})

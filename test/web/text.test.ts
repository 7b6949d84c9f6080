// Every word that the console asks for exists.
import { expect, test } from 'vitest'

const sources = import.meta.glob<string>(
  [
    '../../web/features/**/*.{vue,ts}',
    '../../web/ui/*.{vue,ts}',
    '../../web/pages/*.{vue,ts}',
    '../../web/router.ts',
  ],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)
const words = import.meta.glob<string>(
  ['../../web/features/*/text/en.json', '../../web/ui/text/en.json', '../../web/text/en.json'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)

function keysIn(value: unknown, before: string): string[] {
  if (typeof value === 'string') return [before]
  return Object.entries(value as object).flatMap(([name, inner]) => keysIn(inner, `${before}.${name}`))
}
const roomOf = (path: string) =>
  /features\/([^/]+)\//u.exec(path)?.[1] ?? (path.includes('web/ui') ? 'ui' : 'general')
const known = new Set(Object.entries(words).flatMap(([path, text]) => keysIn(JSON.parse(text), roomOf(path))))
const rooms = [...new Set(Object.keys(words).map(roomOf))].join('|')
const asked = new RegExp(`(?<!=)['"\`]((?:${rooms})\\.[a-zA-Z0-9_.-]+)['"\`]`, 'gu')

test('the words are found at all', () => {
  expect(Object.keys(words).length).toBeGreaterThan(8)
  expect(Object.keys(sources).length).toBeGreaterThan(100)
})

test.each(Object.entries(sources))('%s asks only for words that exist', (_path, source) => {
  const missing = [...source.matchAll(asked)].map(match => match[1] ?? '').filter(key => !known.has(key))
  expect(missing).toEqual([])
})

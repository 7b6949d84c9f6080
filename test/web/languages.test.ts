// Every text exists in every language, whole and in the same shape.
import { describe, expect, test } from 'vitest'
import { languages } from '#web/lib/languages.ts'

const files = import.meta.glob<string>(
  ['../../web/features/*/text/*.json', '../../web/ui/text/*.json', '../../web/text/*.json'],
  { query: '?raw', import: 'default', eager: true },
)
const rooms = Object.keys(files).filter(path => path.endsWith('/en.json'))
const others = Object.keys(languages).filter(name => name !== 'en')

/** Texts that a language has in common with English: names, words that were taken over, and signs. */
const same: Record<string, ReadonlySet<string>> = {
  de: new Set([
    ...['Rollcall', 'Entra ID', 'Okta', 'OneLogin', 'JumpCloud', 'Google', 'PingOne', 'PingFederate'],
    ...['Standard', 'Teams', 'Enterprise', 'CSV', 'UTC', 'SCIM'],
    ...['Admin', 'Admins', 'Client', 'Link', 'Live', 'Name', 'Offline', 'Person', 'Status', 'Token'],
    ...['Fuchsia', 'In {name}', 'In Rollcall', 'optional', 'p95 {time}', '× {count}', '{title}: {percent} %'],
    // What the screens of identity providers say in every language, and the name of an attribute.
    ...['Audience URL', 'ACS URL', 'Sign-on URL', 'Entity ID', 'Identity Provider Group'],
  ]),
}

function textsIn(value: unknown, before = ''): [key: string, text: string][] {
  if (typeof value === 'string') return [[before, value]]
  return Object.entries(value as object).flatMap(([name, inner]) =>
    textsIn(inner, before === '' ? name : `${before}.${name}`),
  )
}
const read = (path: string) => textsIn(JSON.parse(files[path] ?? '{}'))
const formsOf = (text: string) => text.split(' | ')
/** Each form by the placeholders it names. */
const shapeOf = (text: string) =>
  formsOf(text).map(form => [...form.matchAll(/\{[^}]*\}/gu)].map(([name]) => name).sort())

interface Fault {
  key: string
  fault: string
}

/** What is wrong with a translation beside its English. */
function faultsIn(english: [string, string][], translated: [string, string][], allowed: ReadonlySet<string>) {
  const found = new Map(translated)
  const faults: Fault[] = translated
    .filter(([key]) => !english.some(([known]) => known === key))
    .map(([key]) => ({ key, fault: 'is not in English' }))
  for (const [key, text] of english) {
    const other = found.get(key)
    const fault = other === undefined ? 'is missing' : faultOf(text, other, allowed)
    if (fault !== null) faults.push({ key, fault })
  }
  return faults
}

function faultOf(text: string, other: string, allowed: ReadonlySet<string>): string | null {
  if (text === '' && other === '') return null
  if (formsOf(other).some(form => form.trim() === '')) return 'is empty'
  if (formsOf(text).length !== formsOf(other).length) return 'has another number of forms'
  if (JSON.stringify(shapeOf(text)) !== JSON.stringify(shapeOf(other))) return 'has other placeholders'
  return text === other && !allowed.has(text) ? 'is still English' : null
}

describe.each(others)('%s', name => {
  test.each(rooms)('says all of %s', path => {
    const other = path.replace('en.json', `${name}.json`)
    expect(Object.keys(files)).toContain(other)
    expect(faultsIn(read(path), read(other), same[name] ?? new Set())).toEqual([])
  })

  test('takes over no English word that it does not use', () => {
    const english = new Set(rooms.flatMap(read).map(([, text]) => text))
    expect([...(same[name] ?? [])].filter(text => !english.has(text))).toEqual([])
  })
})

test.each([
  ['is missing', 'Save {name}', undefined],
  ['is empty', 'Save {name}', ' '],
  ['has other placeholders', 'Save {name}', '{nam} speichern'],
  ['has another number of forms', '{count} row | {count} rows', '{count} Zeilen'],
  ['has other placeholders', '{count} row | {count} rows', '{count} Zeile | Zeilen'],
  ['is still English', 'Save', 'Save'],
])('a text that %s is noticed: %s, %s', (fault, english, translated) => {
  const found = faultsIn([['a', english]], translated === undefined ? [] : [['a', translated]], new Set())
  expect(found).toEqual([{ key: 'a', fault }])
})

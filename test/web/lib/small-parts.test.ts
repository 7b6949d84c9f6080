// Filters in the address, JSON pieces, bold sentences, compared values.
import { expect, test } from 'vitest'
import { emphasisPieces } from '#web/lib/emphasis.ts'
import { jsonTokens, prettyJson } from '#web/lib/json-tokens.ts'
import { listIn, oneOf, textIn, withValues } from '#web/lib/query-text.ts'
import { shortPath, valueText } from '#web/lib/value-text.ts'

test('the address gives the first value, allowed values in its order, and nothing else', () => {
  const query = { q: ['ada', 'bob'], role: 'USER,EVIL,OWNER', tab: null }
  expect([textIn(query, 'q'), textIn(query, 'tab'), textIn(query, 'none')]).toEqual(['ada', '', ''])
  expect(listIn(query, 'role', ['OWNER', 'USER'])).toEqual(['USER', 'OWNER'])
  expect(oneOf('x', ['a', 'b'], 'a')).toBe('a')
})

test('setting an empty value takes it out of the address', () => {
  expect(withValues({ q: 'ada', tab: 'pending' }, { q: '', role: ['OWNER', 'USER'] })).toEqual({
    q: undefined,
    tab: 'pending',
    role: 'OWNER,USER',
  })
})

test('the pieces of JSON are the text again, with strings that look like keys or markup left as text', () => {
  const text = prettyJson('{"a":"<b>\\"x\\": 1","n":-1.5e3,"t":true,"z":null,"l":[1]}')
  const tokens = jsonTokens(text)
  expect(tokens.map(token => token.text).join('')).toBe(text)
  expect(tokens.filter(token => token.kind === 'key').map(token => token.text)).toEqual([
    '"a"',
    '"n"',
    '"t"',
    '"z"',
    '"l"',
  ])
  expect(tokens.filter(token => token.kind === 'number').map(token => token.text)).toEqual(['-1500', '1'])
  expect(prettyJson('not json')).toBe('not json')
})

test('bold parts of a sentence come out as pieces', () => {
  expect(emphasisPieces('Open **Provisioning** now')).toEqual([
    { text: 'Open ', strong: false },
    { text: 'Provisioning', strong: true },
    { text: ' now', strong: false },
  ])
})

test('values compare as short text and paths lose their URN', () => {
  expect([valueText(null), valueText(''), valueText(false), valueText(['a'])]).toEqual([
    null,
    null,
    'false',
    '["a"]',
  ])
  expect(shortPath('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department')).toBe(
    'department',
  )
  expect(shortPath('name.givenName')).toBe('name.givenName')
})

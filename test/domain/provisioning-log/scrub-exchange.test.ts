// Which exchanges a purge touches, and what is left of them: whole values only, never a part of another.
import { describe, expect, it } from 'vitest'
import { forgottenOf } from '#server/domain/provisioning-log/rules/forgotten.ts'
import { scrubbed, type Scrubbable } from '#server/domain/provisioning-log/rules/scrub-exchange.ts'

const id = '0198f1a0-0000-7000-8000-000000000420'
const other = '0198f1a0-0000-7000-8000-000000000421'
const forgotten = forgottenOf([{ id, names: ['ada', '420', 'ada@ex.org', 'o"neil', 'work', 'No'] }])
const scrubbing = { forgotten, unheld: forgotten }

const exchange = (rest: Partial<Scrubbable>): Scrubbable => ({
  sequence: '1',
  userId: null,
  path: '/Users',
  query: null,
  summary: 'Something',
  requestBody: null,
  responseBody: null,
  changes: null,
  ...rest,
})
const filter = (text: string) => ({ query: `filter=${encodeURIComponent(text)}` })
const body = (value: unknown) => ({ requestBody: JSON.stringify(value) })

describe('an exchange about nobody in particular', () => {
  it.each([
    ['a country', body({ country: 'canada', note: 'adamant 420 times' })],
    ['a UUID with the digits', body({ value: '0198f1a0-4420-7000-8000-000000420421' })],
    ['a time', body({ lastModified: '2026-11-22T22:57:44.420Z' })],
    ['an address that ends alike', body({ userName: 'joada@ex.org' })],
    ['an address that begins alike', body({ userName: 'ada@ex.org.example' })],
    ['the filter of somebody else', filter('userName eq "adam"')],
    ['an attribute of that name', body({ ada: true, 420: 'x' })],
    ['a word of the protocol', body({ emails: [{ type: 'work', value: 'x@ex.org' }] })],
    ['a name too short to mean anybody', body({ title: 'No' })],
  ])('stays when it has %s', (_what, rest) => {
    expect(scrubbed(exchange(rest), scrubbing)).toBeNull()
  })

  it.each([
    ['their externalId', body({ externalId: '420', displayName: 'Ada' })],
    ['their userName in another case', body({ userName: 'ADA' })],
    ['a name with a quote', body({ userName: 'o"neil' })],
    ['a filter', filter('userName eq "ada"')],
    ['a filter with a quote in the name', filter('userName eq "o\\"neil"')],
    ['a filter written with plus signs', { query: 'filter=userName+eq+%22420%22' }],
    ['a filter in a body', body({ filter: 'externalId eq "420"' })],
    ['a sentence', { responseBody: JSON.stringify({ detail: 'Taken by ada@ex.org.' }) }],
    ['a body that is no JSON', { requestBody: '{"userName": "ada", "x' }],
    [
      'the id of a list',
      { responseBody: JSON.stringify({ Resources: [{ id, userName: 'x' }, { id: other }] }) },
    ],
    ['a reference', body({ $ref: `https://x.example/scim/v2/Users/${id}` })],
  ])('is emptied when it has %s', (_what, rest) => {
    expect(scrubbed(exchange(rest), scrubbing)).toEqual(
      exchange({ summary: 'About a person who was purged' }),
    )
  })

  it('loses their name in its path, too', () => {
    expect(scrubbed(exchange({ path: '/Users/ada%40ex.org' }), scrubbing)?.path).toBe('/Users/[purged]')
  })
})

describe('an exchange about somebody else', () => {
  const theirs = exchange({
    userId: other,
    path: `/Users/${other}`,
    ...body({
      title: 'Lead',
      manager: { value: id, displayName: 'Ada Byron' },
      externalId: '420',
      type: 'work',
    }),
    responseBody: JSON.stringify({ id: other, userName: 'grace@ex.org' }),
    changes: [{ path: 'manager', before: null, after: 'ada@ex.org' }],
  })

  it('loses only what names them', () => {
    expect(scrubbed(theirs, scrubbing)).toEqual({
      ...theirs,
      ...body({ title: 'Lead', manager: { value: id }, externalId: '[purged]', type: 'work' }),
      changes: [{ path: 'manager', before: null, after: '[purged]' }],
    })
  })

  it('keeps names that somebody else has by now', () => {
    const row = exchange({ userId: other, ...body({ userName: 'ada' }) })
    expect(scrubbed(row, { forgotten, unheld: forgottenOf([{ id, names: [] }]) })).toBeNull()
  })
})

// Which filters are understood, in which form, and which are refused.
import { describe, expect, it } from 'vitest'
import { parseFilter, userType } from '#server/scim/index.ts'
import { CAL, reasonOf, refusalOf } from '../people.ts'

const parse = (text: string, strict = false) => parseFilter(text, userType, { strict })
const ors = (terms: number) => Array.from({ length: terms }, () => 'title eq "x"').join(' or ')
const emails = (terms: number) => Array.from({ length: terms }, () => 'type pr').join(' or ')
const nested = (depth: number) => `${'('.repeat(depth)}title pr${')'.repeat(depth)}`

const refused: readonly (readonly [string, string])[] = [
  ['F5', 'userName eq "ada'],
  ['F5', 'userName eq "a\\x"'],
  ['F5', 'userName eq "a"b"'],
  ['F10', 'active gt true'],
  ['F10', 'active co "t"'],
  ['F10', 'x509Certificates.value gt "AAAA"'],
  ['F10', 'meta.created co "2026"'],
  ['F10', 'meta.created gt "yesterday"'],
  ['F11', 'title gt null'],
  ['F13', ''],
  ['F13', '   '],
  ['F13', 'userName'],
  ['F13', 'userName eq'],
  ['F13', 'userName is "x"'],
  ['F13', '(userName eq "x"'],
  ['F13', 'userName eq "x")'],
  ['F13', 'userName eq "x" userName'],
  ['F13', 'userName eq "x" and'],
  ['F13', 'and userName eq "x"'],
  ['F13', 'emails[type eq "x"'],
  ['F13', 'emails[]'],
  ['F13', 'emails[type eq "x"]]'],
  ['F13', 'not title pr'],
  ['F13', 'emails[emails[type pr]]'],
  ['F13', 'userName[value eq "x"]'],
  ['F13', 'userName eq ("x")'],
  ['F14', 'shoeSize eq "42"'],
  ['F14', 'name.shoeSize pr'],
  ['F14', 'userName.value pr'],
  ['F14', 'urn:example:User:shoe pr'],
  ['F14', '__proto__ pr'],
  ['F14', 'constructor.name pr'],
  ['F14', CAL],
  ['F15', 'active eq "x"'],
  ['F15', 'userName eq 5'],
  ['F15', 'userName eq true'],
  ['F15', 'name eq "Ada"'],
  ['F15', 'addresses eq "Paris"'],
  ['F15', 'meta.lastModified gt "2026-02-30T00:00:00Z"'],
  ['F15', 'meta.lastModified gt "2026-01-01T00:00:00+20:00"'],
  ['F16', 'password eq "secret"'],
  ['F16', 'password pr'],
  ['F26', 'userName eq "a\\u0000b"'],
  ['F26', 'userName eq "\\ud800"'],
  ['F26', ors(51)],
  ['F26', `emails[${emails(30)}] and emails[${emails(21)}]`],
  ['F26', nested(21)],
  ['F26', '('.repeat(10_000)],
  ['F26', 'not ('.repeat(700)],
  ['F26', `title eq "${'x'.repeat(4_096)}"`],
]

const strictOnly: readonly (readonly [string, string])[] = [
  ['F21', 'emails[type eq "work"].value eq "a@b"'],
  ['F22', 'active eq "true"'],
  ['F23', 'userName sw O'],
  ['F25', 'userName eq"x"'],
  ['I6', 'manager eq "u9"'],
]

describe('parseFilter', () => {
  it.each(refused)('%s: refuses %s', (_id, filter) => {
    expect(reasonOf(() => parse(filter))).toBe('400 invalidFilter')
  })

  it.each(strictOnly)('%s: understands %s except in strict mode', (_id, filter) => {
    expect(() => parse(filter)).not.toThrow()
    expect(reasonOf(() => parse(filter, true))).toBe('400 invalidFilter')
  })

  it('F26: takes filters up to the limits', () => {
    expect(parse(ors(50))).toMatchObject({ kind: 'or' })
    expect(parse(nested(20))).toMatchObject({ kind: 'present' })
  })

  it('F3: binds and before or, and flattens equal terms', () => {
    expect(parse('title pr and (userName pr and id pr) or active eq true')).toMatchObject({
      kind: 'or',
      terms: [
        { kind: 'and', terms: [{ kind: 'present' }, {}, {}] },
        { kind: 'compare', value: true },
      ],
    })
  })

  it('F12: resolves paths to canonical keys', () => {
    expect(parse(`${CAL.toLowerCase()}:GROUP eq "x"`)).toMatchObject({
      kind: 'compare',
      operator: 'eq',
      value: 'x',
      path: { key: `${CAL}:group`, schema: CAL, attribute: { name: 'group' } },
    })
    expect(parse('META.lastmodified gt "2026-01-01T00:00:00Z"')).toMatchObject({
      path: { key: 'meta.lastModified', schema: null },
    })
  })

  it('F28: turns a list compared with a text into its value', () => {
    expect(parse('emails eq "a@b"')).toMatchObject({ path: { key: 'emails.value' } })
    expect(parse('emails eq null')).toMatchObject({ path: { key: 'emails' }, value: null })
  })

  it('F21: moves a comparison after the bracket into the bracket', () => {
    expect(parse('emails[type eq "work"].value eq "a@b"')).toEqual(
      parse('emails[type eq "work" and value eq "a@b"]'),
    )
  })

  it('ER6: names what is wrong in words for people', () => {
    expect(refusalOf(() => parse('shoeSize eq "42"')).detail).toContain('"shoeSize"')
    expect(refusalOf(() => parse('userName is "x"')).detail).toContain('"is" is not an operator')
  })
})

// Which PATCH bodies are understood and which are refused.
import { describe, expect, it } from 'vitest'
import {
  applyPatch,
  parsePatch,
  urn,
  userType,
  type Attribute,
  type ResourceType,
} from '#server/scim/index.ts'
import { CAL, ENT, reasonOf, refusalOf } from '../people.ts'

const body = (...operations: unknown[]) => ({ schemas: [urn.patchOp], Operations: operations })
const replace = (path: string, value: unknown) => body({ op: 'replace', path, value })
const parse = (sent: unknown, strict = false) => parsePatch(sent, userType, { strict })
const many = (count: number) =>
  body(...Array.from({ length: count }, () => ({ op: 'add', path: 'title', value: 'x' })))

const refused: readonly (readonly [string, string, unknown])[] = [
  ['C6', '400 invalidSyntax', 'text'],
  ['C6', '400 invalidSyntax', null],
  ['C6', '400 invalidSyntax', []],
  ['H1', '400 invalidSyntax', { schemas: [urn.patchOp] }],
  ['H1', '400 invalidSyntax', { schemas: [urn.patchOp], Operations: [] }],
  ['H1', '400 invalidSyntax', { schemas: [urn.patchOp], Operations: { op: 'add' } }],
  ['H1', '400 invalidSyntax', { schemas: [urn.user], Operations: [{ op: 'remove', path: 'title' }] }],
  ['H3', '400 invalidSyntax', body({ op: 'delete', path: 'title' })],
  ['H3', '400 invalidSyntax', body({ path: 'title' })],
  ['H3', '400 invalidSyntax', body('remove')],
  ['H9', '400 mutability', replace('id', 'x')],
  ['H9', '400 mutability', replace('meta.version', 'x')],
  ['H9', '400 mutability', body({ op: 'remove', path: 'groups' })],
  ['H9', '400 mutability', body({ op: 'remove', path: 'groups[value eq "g1"]' })],
  ['H9', '400 mutability', replace(`${ENT}:manager.displayName`, 'x')],
  ['H11', '400 invalidPath', replace('name..givenName', 'x')],
  ['H11', '400 invalidPath', replace('emails[type eq "x"', 'x')],
  ['H11', '400 invalidPath', replace('emails[type eq "x"]value', 'x')],
  ['H11', '400 invalidPath', replace('emails[type eq "x"].value.more', 'x')],
  ['H11', '400 invalidPath', replace('userName[value eq "x"]', 'x')],
  ['H11', '400 invalidPath', replace('emails.value[value eq "x"]', 'x')],
  ['H11', '400 invalidPath', replace('a b', 'x')],
  ['H11', '400 invalidPath', replace('name.givenName.more', 'x')],
  ['H11', '400 invalidPath', replace('a'.repeat(5_000), 'x')],
  ['H11', '400 invalidPath', body({ op: 'add', path: 5, value: 'x' })],
  ['H12', '400 invalidFilter', replace('emails[]', 'x')],
  ['H12', '400 invalidFilter', replace('emails[type is "x"].value', 'x')],
  ['H12', '400 invalidFilter', replace('emails[shoe eq "x"].value', 'x')],
  ['H12', '400 invalidFilter', replace('emails[type eq "x].value', 'x')],
  ['H14', '400 invalidValue', replace('userName', '')],
  ['H14', '400 invalidValue', replace('userName', null)],
  ['H14', '400 invalidValue', replace('active', 'perhaps')],
  ['H14', '400 invalidValue', replace('title', 5)],
  ['H14', '400 invalidValue', replace('emails', 'a@b')],
  ['H14', '400 invalidValue', replace('emails[type eq "work"].value', { a: 1 })],
  ['H20', '400 invalidSyntax', body({ op: 'add', value: 'x' })],
  ['H20', '400 invalidSyntax', body({ op: 'replace', value: [{ title: 'x' }] })],
  ['H21', '400 invalidValue', body({ op: 'add', path: 'title' })],
  ['H21', '400 invalidValue', body({ op: 'add' })],
  ['H30', '400 noTarget', body({ op: 'remove' })],
  ['H32', '400 mutability', body({ op: 'remove', path: 'userName' })],
  ['H35', '400 mutability', body({ op: 'remove', path: 'active' })],
  ['H35', '400 mutability', replace('active', null)],
  ['H41', '400 invalidValue', body({ op: 'replace', path: 'title' })],
  ['H48', '400 invalidValue', replace('name', 'Ada')],
  ['G8', '400 invalidValue', replace(`${CAL}:group`, 5)],
  ['G3', '400 invalidValue', replace(CAL, 'Sales')],
  ['DM27', '400 invalidValue', replace('password', 5)],
  ['DM38', '400 invalidSyntax', body({ op: 'add', value: { title: 'a', TITLE: 'b' } })],
  ['DM38', '400 invalidSyntax', body({ op: 'add', path: 'name', value: { givenName: 'a', GivenName: 'b' } })],
  ['H49', '413', many(1_001)],
]

const strictOnly: readonly (readonly [string, string, unknown])[] = [
  ['H2', '400 invalidSyntax', { Operations: [{ op: 'add', path: 'title', value: 'x' }] }],
  ['H13', '400 invalidPath', replace('shoeSize', 'x')],
  ['I4', '400 invalidSyntax', replace('emails', [{ value: 'x', shoe: 1 }])],
  ['I8', '400 invalidSyntax', body({ op: 'replace', value: { active: false } })],
  ['I8', '400 invalidPath', replace('emails[type eq "work"]', { value: 'x' })],
  ['Q8', '400 invalidSyntax', replace('password', 'x')],
  ['Q13', '400 invalidSyntax', body({ op: 'remove', path: 'emails', value: [{ value: 'x' }] })],
  [
    'DM10',
    '400 invalidValue',
    replace('emails', [
      { value: 'x', primary: true },
      { value: 'y', primary: true },
    ]),
  ],
]

describe('parsePatch', () => {
  it.each(refused)('%s: answers %s to %j', (_id, reason, sent) => {
    expect(reasonOf(() => parse(sent))).toBe(reason)
  })

  it.each(strictOnly)('%s: answers %s to %j in strict mode only', (_id, reason, sent) => {
    expect(() => parse(sent)).not.toThrow()
    expect(reasonOf(() => parse(sent, true))).toBe(reason)
  })

  it('H2: finds the keys of the message in any case', () => {
    const sent = {
      Schemas: [urn.patchOp.toUpperCase()],
      operations: [{ OP: 'add', Path: 'title', VALUE: 'x' }],
    }
    expect(parse(sent).operations).toMatchObject([{ op: 'add', path: { key: 'title' }, value: 'x' }])
  })

  it('H13: tells what it ignored', () => {
    const sent = body(
      { op: 'add', path: 'shoeSize', value: 1 },
      { op: 'add', path: 'emails[type eq "work"].shoe', value: 1 },
      { op: 'replace', value: { foo: 1, name: { bar: 2 }, [CAL]: { team: 'x' } } },
    )
    expect(parse(sent)).toEqual({
      operations: [],
      ignored: ['shoeSize', 'emails.shoe', 'foo', 'name.bar', `${CAL}:team`],
    })
  })

  it('H49: takes 1,000 operations and names the limit beyond', () => {
    expect(parse(many(1_000)).operations).toHaveLength(1_000)
    expect(refusalOf(() => parse(many(1_001))).detail).toContain('1000')
  })

  it('H49: counts what operations without path stand for', () => {
    const value = Object.fromEntries(
      Array.from({ length: 11 }, (_, at) => [`emails[type eq "${at}"].value`, 'x']),
    )
    const operations = Array.from({ length: 1_000 }, () => ({ op: 'add', value }))
    expect(reasonOf(() => parse(body(...operations)))).toBe('413')
  })

  it('H10: lets an immutable attribute take its first value only', () => {
    const traits = {
      type: 'string',
      multiValued: false,
      description: 'x',
      required: false,
      caseExact: true,
      returned: 'default',
      uniqueness: 'none',
      maxLength: 10,
    } as const
    const badge: Attribute = { ...traits, name: 'badge', mutability: 'immutable' }
    const type: ResourceType = {
      ...userType,
      name: 'Badge',
      schema: { ...userType.schema, attributes: [badge] },
    }
    const { operations } = parsePatch({ Operations: [{ op: 'replace', path: 'badge', value: 'b' }] }, type)
    expect(applyPatch({}, operations, type)).toEqual({ badge: 'b' })
    expect(applyPatch({ badge: 'b' }, operations, type)).toEqual({ badge: 'b' })
    expect(reasonOf(() => applyPatch({ badge: 'a' }, operations, type))).toBe('400 mutability')
  })
})

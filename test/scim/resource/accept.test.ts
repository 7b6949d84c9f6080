// What bodies of POST and PUT are taken, how they are stored, and which are refused.
import { describe, expect, it } from 'vitest'
import { accept, urn, userType, type Interaction, type Resource } from '#server/scim/index.ts'
import { ada, CAL, ENT, reasonOf, refusalOf } from '../people.ts'

const person = (more: Readonly<Record<string, unknown>> = {}) => ({
  schemas: [urn.user],
  userName: 'ada',
  ...more,
})
const create = (body: unknown, strict = false) => accept(body, userType, { interaction: 'create', strict })
const taken = (body: unknown) => create(body).resource
const replace = (body: unknown, current: Resource) => {
  const interaction: Interaction = { interaction: 'replace', current }
  return accept(body, userType, interaction).resource
}

const kept: readonly (readonly [string, Readonly<Record<string, unknown>>, Resource])[] = [
  [
    'DM1 spells names canonically',
    { DISPLAYNAME: 'A', Name: { GIVENNAME: 'B' }, EMAILS: [{ Value: 'x@y' }] },
    {
      displayName: 'A',
      name: { givenName: 'B' },
      emails: [{ value: 'x@y' }],
    },
  ],
  [
    'DM24 spells extension URNs canonically',
    { [CAL.toUpperCase()]: { GROUP: 'Sales' } },
    { [CAL]: { group: 'Sales' } },
  ],
  [
    'DM13 drops what is unassigned',
    {
      title: null,
      roles: [],
      nickName: '',
      name: { givenName: null },
      emails: [{ value: '' }],
      [ENT]: { manager: null },
    },
    {},
  ],
  [
    'C11 drops an element whose content is empty',
    { emails: [{ value: '', type: 'work', primary: true }, null, { value: 'a@b' }] },
    { emails: [{ value: 'a@b' }] },
  ],
  [
    'C2 ignores read-only attributes',
    {
      id: 'x',
      meta: { version: 'y' },
      groups: [{ value: 'g' }],
      [ENT]: { manager: { value: 'u2', displayName: 'B', $ref: '/x' } },
    },
    { [ENT]: { manager: { value: 'u2' } } },
  ],
  ['DM19 ignores read-only attributes of any shape', { id: 5, meta: 'x', groups: 'y' }, {}],
  ['DM27 throws a password away', { password: 's3cret' }, {}],
  [
    'DM35 keeps values to the letter',
    { displayName: ' Ada  ', phoneNumbers: [{ value: '+1 (23) 45' }], [CAL]: { group: ' Sales ' } },
    {
      displayName: ' Ada  ',
      phoneNumbers: [{ value: '+1 (23) 45' }],
      [CAL]: { group: ' Sales ' },
    },
  ],
  ['DM31 keeps any Unicode', { displayName: '👩‍💻 \u202eשלום "\\' }, { displayName: '👩‍💻 \u202eשלום "\\' }],
  [
    'Q9 does not judge formats',
    { locale: 'xx', timezone: 'Mars', preferredLanguage: 'q', addresses: [{ country: 'France' }] },
    {
      locale: 'xx',
      timezone: 'Mars',
      preferredLanguage: 'q',
      addresses: [{ country: 'France' }],
    },
  ],
  [
    'DM10 leaves the last primary',
    {
      emails: [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    },
    {
      emails: [
        { value: 'a', primary: false },
        { value: 'b', primary: true },
      ],
    },
  ],
  [
    'DM11 joins elements with the same type and value',
    {
      emails: [
        { value: 'a', type: 'work' },
        { value: 'a', type: 'work', primary: true },
      ],
    },
    {
      emails: [{ value: 'a', type: 'work', primary: true }],
    },
  ],
  ['Q22 completes an undeclared extension', { [CAL]: { group: 'Sales' } }, { [CAL]: { group: 'Sales' } }],
  ['EN13 takes a declared extension without data', { schemas: [urn.user, ENT] }, {}],
  ['DM14 takes the schemas in any case and order', { schemas: [CAL, urn.user.toLowerCase()] }, {}],
  [
    'EN32 keeps JSON text inside a role',
    { roles: [{ value: '{"id":"r1"}' }] },
    { roles: [{ value: '{"id":"r1"}' }] },
  ],
  ['EN11 takes active', { active: false }, { active: false }],
]

const refused: readonly (readonly [string, string, unknown])[] = [
  ['C6', '400 invalidSyntax', null],
  ['C6', '400 invalidSyntax', [person()]],
  ['C6', '400 invalidSyntax', 'person'],
  ['DM14', '400 invalidSyntax', { userName: 'ada' }],
  ['DM14', '400 invalidSyntax', person({ schemas: [] })],
  ['DM14', '400 invalidSyntax', person({ schemas: urn.user })],
  ['DM14', '400 invalidSyntax', person({ schemas: [CAL] })],
  ['DM15', '400 invalidSyntax', person({ schemas: [urn.user, 'urn:example:User'] })],
  ['DM15', '400 invalidSyntax', person({ schemas: [urn.user, urn.group] })],
  ['DM15', '400 invalidSyntax', person({ schemas: [urn.user, 5] })],
  ['C3', '400 invalidValue', { schemas: [urn.user] }],
  ['C3', '400 invalidValue', person({ userName: '' })],
  ['DM25', '400 invalidValue', person({ userName: '   ' })],
  ['C3', '400 invalidValue', person({ userName: null })],
  ['DM36', '400 invalidValue', person({ active: 'True' })],
  ['DM36', '400 invalidValue', person({ title: 5 })],
  ['DM36', '400 invalidValue', person({ title: { a: 1 } })],
  ['DM36', '400 invalidValue', person({ name: 'Ada' })],
  ['DM36', '400 invalidValue', person({ name: ['Ada'] })],
  ['DM36', '400 invalidValue', person({ emails: { value: 'a@b' } })],
  ['DM36', '400 invalidValue', person({ emails: ['a@b'] })],
  ['DM36', '400 invalidValue', person({ emails: [{ value: ['a@b'] }] })],
  ['DM36', '400 invalidValue', person({ emails: [{ value: 'a@b', primary: 'true' }] })],
  ['DM36', '400 invalidValue', person({ [ENT]: 'x' })],
  ['DM27', '400 invalidValue', person({ password: 5 })],
  ['DM7', '400 invalidValue', person({ x509Certificates: [{ value: '<cert>' }] })],
  ['G8', '400 invalidValue', person({ [CAL]: { group: 5 } })],
  ['DM37', '400 invalidValue', person({ title: 'x'.repeat(2_049) })],
  ['DM37', '400 invalidValue', person({ userName: 'x'.repeat(513) })],
  ['DM37', '400 invalidValue', person({ title: 'a\u0000b' })],
  ['DM37', '400 invalidValue', person({ title: '\ud800' })],
  [
    'DM37',
    '400 invalidValue',
    person({ roles: Array.from({ length: 1_001 }, (_, at) => ({ value: String(at) })) }),
  ],
  ['DM38', '400 invalidSyntax', person({ username: 'bob' })],
  ['DM38', '400 invalidSyntax', person({ name: { givenName: 'a', GIVENNAME: 'b' } })],
]

const strictOnly: readonly (readonly [string, string, unknown])[] = [
  ['I4', '400 invalidSyntax', person({ shoeSize: 42 })],
  ['I4', '400 invalidSyntax', person({ name: { shoe: 'x' } })],
  ['Q22', '400 invalidSyntax', person({ [CAL]: { group: 'Sales' } })],
  ['Q8', '400 invalidSyntax', person({ password: 'x' })],
  ['D24', '400 invalidValue', person({ emails: [{ value: 'a', type: 'moon' }] })],
  [
    'DM10',
    '400 invalidValue',
    person({
      emails: [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    }),
  ],
  ['DM14', '400 invalidSyntax', person({ schemas: [urn.user, urn.user] })],
]

describe('accept', () => {
  it.each(kept)('%s', (_id, body, resource) => {
    expect(taken(person(body))).toEqual({ userName: 'ada', ...resource })
  })

  it.each(refused)('%s: answers %s to %j', (_id, reason, body) => {
    expect(reasonOf(() => create(body))).toBe(reason)
  })

  it.each(strictOnly)('%s: answers %s to %j in strict mode only', (_id, reason, body) => {
    expect(() => create(body)).not.toThrow()
    expect(reasonOf(() => create(body, true))).toBe(reason)
  })

  it('Q6: ignores unknown attributes and tells them', () => {
    const body = person({
      shoeSize: 42,
      name: { shoe: 'x' },
      'urn:x:y': { a: 1 },
      [CAL]: { team: 'x' },
      group: 'Sales',
    })
    expect(create(body)).toEqual({
      resource: { userName: 'ada' },
      ignored: ['shoeSize', 'name.shoe', 'urn:x:y', `${CAL}:team`, 'group'],
    })
  })

  it('DM38: is not harmed by keys of the prototype or by depth', () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
    const text = `{"schemas":["${urn.user}"],"userName":"ada","__proto__":{"active":true},"constructor":{"x":1},"name":{"__proto__":{"givenName":"x"}},"deep":${deep}}`
    const { resource, ignored } = create(JSON.parse(text))
    expect(resource).toEqual({ userName: 'ada' })
    expect(Object.getPrototypeOf(resource)).toBe(Object.prototype)
    expect(ignored).toEqual(['__proto__', 'constructor', 'name.__proto__', 'deep'])
    expect(({} as { active?: boolean }).active).toBeUndefined()
  })

  it('DM36: names the attribute in the refusal', () => {
    expect(refusalOf(() => create(person({ emails: [{ value: 5 }] }))).detail).toBe(
      'emails.value must be a text.',
    )
    expect(refusalOf(() => create(person({ [CAL]: { group: 5 } }))).detail).toContain(`${CAL}:group`)
  })

  it('U3: clears what a replace leaves out, extensions included (U9)', () => {
    expect(replace(person({ active: true }), ada)).toEqual({ userName: 'ada', active: true })
  })

  it('U6: keeps active when a replace leaves it out or sends null', () => {
    expect(replace(person(), { ...ada, active: false })).toEqual({ userName: 'ada', active: false })
    expect(replace(person({ active: null }), { ...ada, active: false })).toEqual({
      userName: 'ada',
      active: false,
    })
    expect(replace(person({ active: true }), { ...ada, active: false })).toEqual({
      userName: 'ada',
      active: true,
    })
  })

  it('U2: takes back what was read', () => {
    const { id: _id, meta: _meta, groups: _groups, ...own } = ada
    expect(replace({ schemas: [urn.user, ENT, CAL], ...ada }, ada)).toEqual(own)
  })
})

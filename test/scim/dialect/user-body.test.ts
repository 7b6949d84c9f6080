// What identity providers really send, and the strict form it is given.
import { describe, expect, it } from 'vitest'
import { accept, normalizeUserBody, urn, userType } from '#server/scim/index.ts'
import { CAL, ENT } from '../people.ts'

const person = (more: Readonly<Record<string, unknown>>) => ({
  schemas: [urn.user, ENT, CAL],
  userName: 'ada',
  ...more,
})

type Body = Readonly<Record<string, unknown>>
type BodyCase = readonly [id: string, quirks: readonly string[], sent: Body, strict: Body]
const bodies: readonly BodyCase[] = [
  [
    'EN11',
    ['boolean-as-text'],
    { active: 'False', emails: [{ value: 'a', primary: 'True' }] },
    { active: false, emails: [{ value: 'a', primary: true }] },
  ],
  ['EN12', ['manager-as-text'], { [ENT]: { manager: 'U2' } }, { [ENT]: { manager: { value: 'U2' } } }],
  [
    'EN13',
    ['foreign-schema'],
    { schemas: [urn.user, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User', CAL] },
    {},
  ],
  [
    'EN14',
    ['foreign-schema'],
    {
      schemas: [
        urn.user,
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
        ENT,
        CAL,
      ],
    },
    {},
  ],
  [
    'EN28',
    ['list-for-single-value'],
    { [ENT]: { manager: [{ $ref: '/U2', value: 'U2' }] } },
    { [ENT]: { manager: { $ref: '/U2', value: 'U2' } } },
  ],
  ['G8', ['list-for-single-value'], { [CAL]: { group: ['Sales'] } }, { [CAL]: { group: 'Sales' } }],
  ['OK3', ['password-sent'], { password: 'random', groups: [] }, { groups: [] }],
  ['G7', ['group-without-namespace'], { group: 'Sales' }, {}],
  [
    'G9',
    ['extension-not-declared'],
    { schemas: [urn.user, ENT], [CAL]: { group: 'Sales' } },
    { [CAL]: { group: 'Sales' } },
  ],
  [
    'ON3',
    ['boolean-as-text'],
    { active: 'true', id: null, title: '' },
    { active: true, id: null, title: '' },
  ],
  [
    'ON3',
    ['manager-template'],
    { [ENT]: { manager: { managerId: 'U2', displayName: 'Bo' } } },
    { [ENT]: { manager: { value: 'U2', displayName: 'Bo' } } },
  ],
  [
    'ON3',
    ['enterprise-attribute-without-urn', 'flat-extension-key', 'manager-template'],
    { manager: { managerId: 'U2' } },
    { [ENT]: { manager: { value: 'U2' } } },
  ],
  ['ON3', ['flat-extension-key'], { [`${CAL}:group`]: 'Sales' }, { [CAL]: { group: 'Sales' } }],
  [
    'ON3',
    ['dotted-extension-path', 'flat-extension-key'],
    { [`${CAL}.group`]: 'Sales', [CAL]: {} },
    { [CAL]: { group: 'Sales' } },
  ],
  ['ON4', ['emails-as-object'], { emails: { value: 'a@b' } }, { emails: [{ value: 'a@b' }] }],
  [
    'ON4',
    ['text-as-element'],
    { emails: 'a@b', roles: ['x'] },
    { emails: [{ value: 'a@b' }], roles: [{ value: 'x' }] },
  ],
  ['ON7', [], { [CAL]: { group: 'A, B;C' } }, { [CAL]: { group: 'A, B;C' } }],
  [
    'C11',
    [],
    { title: null, addresses: null, roles: [], [ENT]: { department: null, manager: null } },
    { title: null, addresses: null, roles: [], [ENT]: { department: null, manager: null } },
  ],
  [
    'ON3',
    ['flat-extension-key'],
    { [`${CAL}:group`]: 'flat', [CAL]: { group: 'inside' } },
    { [CAL]: { group: 'inside' } },
  ],
  [
    'ON3',
    ['flat-extension-key', 'manager-as-text'],
    { manager: 'U3', [`${ENT}:manager`]: 'U2' },
    { manager: 'U3', [ENT]: { manager: { value: 'U2' } } },
  ],
  [
    'ON4',
    ['boolean-as-text', 'emails-as-object'],
    { emails: { value: 'a@b', primary: 'True' } },
    { emails: [{ value: 'a@b', primary: true }] },
  ],
]

describe('normalizeUserBody', () => {
  it.each(bodies)('%s: notes %j in %j', (_id, quirks, sent, strict) => {
    const before = structuredClone(person(sent))
    const { body, quirks: found } = normalizeUserBody(person(sent))
    const schemas: unknown = expect.arrayContaining([urn.user])
    expect(body).toEqual({ ...person(strict), schemas })
    expect(found.map(quirk => quirk.id).sort()).toEqual([...quirks].sort())
    expect(person(sent)).toEqual(before)
    expect(() => accept(body, userType, { interaction: 'create' })).not.toThrow()
  })

  it('gives a body without quirks back as it is', () => {
    const plain = person({ active: true })
    expect(normalizeUserBody(plain).body).toBe(plain)
    for (const other of [null, 'x', 5, [person({})]])
      expect(normalizeUserBody(other)).toEqual({ body: other, quirks: [] })
  })

  it('tells each quirk in a sentence', () => {
    const { quirks } = normalizeUserBody(person({ active: 'True' }))
    expect(quirks).toEqual([
      { id: 'boolean-as-text', sentence: expect.stringMatching(/^[A-Z].*\.$/) as string },
    ])
  })
})

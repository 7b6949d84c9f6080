// Which parts of a resource an answer shows.
import { describe, expect, it } from 'vitest'
import {
  isSelected,
  parseSelection,
  present,
  urn,
  userType,
  type Attribute,
  type ResourceType,
} from '#server/scim/index.ts'
import { ada, CAL, ENT, reasonOf, without } from '../people.ts'

const shown = (parameters: { attributes?: unknown; excludedAttributes?: unknown } = {}, person = ada) =>
  present(person, userType, parseSelection(parameters, userType))
const schemas = [urn.user, ENT, CAL]

const only: readonly (readonly [string, unknown, object])[] = [
  ['A4', 'userName', { userName: 'Ada@Ex.org' }],
  ['A4', ['userName', 'title'], { userName: 'Ada@Ex.org', title: 'Analyst' }],
  ['A6', 'urn:ietf:params:scim:schemas:core:2.0:User:userName', { userName: 'Ada@Ex.org' }],
  ['A6', 'name.familyName', { name: { familyName: 'Lovelace' } }],
  ['A6', 'emails.value', { emails: [{ value: 'ada@ex.org' }, { value: 'ada@home.net' }] }],
  ['A6', `${CAL}:group`, { [CAL]: { group: 'Sales' } }],
  ['A6', ENT, { [ENT]: { department: 'Maths', manager: { value: 'u9' } } }],
  ['A6', `${ENT}:manager.value`, { [ENT]: { manager: { value: 'u9' } } }],
  ['A7', ' USERNAME , active ', { userName: 'Ada@Ex.org', active: true }],
  ['A8', 'shoeSize', {}],
  ['A8', 'shoeSize,userName', { userName: 'Ada@Ex.org' }],
  ['A9', 'id', {}],
  ['A10', 'emails[type eq "work"]', { emails: ada['emails'] }],
  ['A11', 'emails.primary', { emails: [{ primary: true }] }],
  ['A4', 'meta.version', { meta: { version: 'W/"3"' } }],
]

describe('present', () => {
  it('shows everything in a fixed order by default', () => {
    const answer = shown()
    expect(answer).toEqual({ schemas, ...ada })
    expect(Object.keys(answer)).toEqual([
      'schemas',
      'id',
      'externalId',
      'userName',
      'name',
      'displayName',
      'title',
      'active',
      'emails',
      'groups',
      ENT,
      CAL,
      'meta',
    ])
  })

  it.each(only)('%s: attributes=%j', (_id, attributes, expected) => {
    expect(shown({ attributes })).toEqual({ schemas, id: 'u1', ...expected })
  })

  it('A3: keeps id and schemas even if excluded, and drops the rest', () => {
    expect(shown({ excludedAttributes: 'id,schemas,emails,name.givenName,meta' })).toEqual({
      schemas,
      ...without(ada, 'emails', 'meta'),
      name: { familyName: 'Lovelace' },
    })
    expect(shown({ excludedAttributes: `${ENT},${CAL}:group` })).toEqual({
      schemas,
      ...without(ada, ENT, CAL),
    })
  })

  it('A2: refuses both parameters at once', () => {
    expect(reasonOf(() => shown({ attributes: 'title', excludedAttributes: 'name' }))).toBe(
      '400 invalidValue',
    )
  })

  it('A8: takes empty parameters as not given', () => {
    expect(shown({ attributes: '', excludedAttributes: ' , ' })).toEqual(shown())
  })

  it('DM16: lists exactly the extensions that have data', () => {
    expect(shown({}, without(ada, ENT))['schemas']).toEqual([urn.user, CAL])
    expect(shown({}, { ...ada, [CAL]: {} })['schemas']).toEqual([urn.user, ENT])
  })

  it('DM13: leaves out what is unassigned', () => {
    expect(shown({}, { id: 'u1', title: null, emails: [], name: {}, nickName: '' })).toEqual({
      schemas: [urn.user],
      id: 'u1',
    })
  })

  it('DM27: never shows a password', () => {
    const leaky = { ...ada, password: 'x' }
    expect(shown({}, leaky)).not.toHaveProperty('password')
    expect(shown({ attributes: 'password' }, leaky)).not.toHaveProperty('password')
  })

  it('A5: shows an attribute returned on request only when named', () => {
    const [first] = userType.schema.attributes
    const rare: Attribute = { ...first!, name: 'rare', returned: 'request' }
    const type: ResourceType = { ...userType, schema: { ...userType.schema, attributes: [rare] } }
    const answer = (attributes: string) => present({ rare: 'x' }, type, parseSelection({ attributes }, type))
    expect([answer(''), answer('rare')].map(each => each['rare'])).toEqual([undefined, 'x'])
  })

  it('A9: tells whether groups need to be loaded', () => {
    const asks = (parameters: object) => isSelected(parseSelection(parameters, userType), 'groups')
    expect(asks({})).toBe(true)
    expect(asks({ attributes: 'userName' })).toBe(false)
    expect(asks({ attributes: 'groups.value' })).toBe(true)
    expect(asks({ excludedAttributes: 'groups' })).toBe(false)
    expect(asks({ excludedAttributes: 'groups.display' })).toBe(true)
  })
})

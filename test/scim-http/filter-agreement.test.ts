// The database and the engine agree: any filter over any people finds the same ones in SQL and in memory.
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { listUsers } from '#server/domain/users/list-users.ts'
import { toResource } from '#server/scim-http/user-mapper.ts'
import {
  compareBy,
  matches,
  parseFilter,
  parseSort,
  printFilter,
  userType,
  type Resource,
} from '#server/scim/index.ts'
import { CAL, ENT, person, useDoor, type Tenant } from './client.ts'

const door = useDoor()
let tenant: Tenant
let everyone: readonly Resource[] = []

const words = [
  'a',
  'A',
  'ab',
  'Ab c',
  'b',
  'ö',
  'Ö',
  '"',
  '\\',
  '%',
  '_',
  "'",
  '王',
  '😀',
  ' a',
  'work',
  'home',
  '1',
]
const word = fc.constantFrom(...words)
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 })

const element = fc.record({
  value: word,
  type: maybe(fc.constantFrom('work', 'home')),
  primary: maybe(fc.boolean()),
  display: maybe(word),
})
const anybody = fc.record({
  externalId: maybe(word),
  displayName: maybe(word),
  title: maybe(word),
  active: maybe(fc.boolean()),
  name: maybe(fc.record({ givenName: maybe(word), familyName: maybe(word) })),
  emails: maybe(fc.array(element, { maxLength: 3 })),
  roles: maybe(fc.array(element, { maxLength: 2 })),
  [ENT]: maybe(fc.record({ department: maybe(word), manager: maybe(fc.record({ value: word })) })),
  [CAL]: maybe(fc.record({ group: maybe(word) })),
})

const texts = [
  'userName',
  'externalId',
  'displayName',
  'title',
  'name.givenName',
  'name.familyName',
  'emails',
  'emails.type',
  'emails.display',
  'roles.value',
  `${ENT}:department`,
  `${ENT}:manager.value`,
  `${CAL}:group`,
  'id',
]
const parts = ['value', 'type', 'display']
const quoted = word.map(text => JSON.stringify(text))
const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le')
const equality = fc.constantFrom('eq', 'ne')
const truth = fc.constantFrom('true', 'false')

const comparison = (names: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...names), operator, quoted).map(all => all.join(' ')) },
    fc.constantFrom(...names).map(name => `${name} pr`),
    fc.tuple(fc.constantFrom(...names), equality).map(all => `${all.join(' ')} null`),
  )

/** `and`, `or` and `not` around leaves, a few levels deep. */
function nested(leaf: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.letrec<{ tree: string }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc
        .tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree'))
        .map(([left, both, right]) => `(${left}) ${both} (${right})`),
      tie('tree').map(inner => `not (${inner})`),
    ),
  })).tree
}

const inBrackets = nested(
  fc.oneof(
    comparison(parts),
    fc.tuple(equality, truth).map(([op, value]) => `primary ${op} ${value}`),
    fc.constant('primary pr'),
  ),
)
const filters = nested(
  fc.oneof(
    { weight: 4, arbitrary: comparison(texts) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('emails', 'roles'), inBrackets)
        .map(([name, inner]) => `${name}[${inner}]`),
    },
    fc.tuple(fc.constantFrom('active', 'emails.primary'), equality, truth).map(all => all.join(' ')),
    fc.constantFrom(
      'active pr',
      'emails.primary pr',
      'name pr',
      'emails pr',
      'groups pr',
      'name eq null',
      'roles ne null',
    ),
    fc.constantFrom(
      `schemas eq "${CAL}"`,
      `schemas co "enterprise"`,
      'meta.resourceType eq "user"',
      'meta.version sw "W"',
    ),
    fc.constantFrom(
      'meta.created ge "2020-01-01T00:00:00Z"',
      'meta.lastModified lt "2020-01-01T00:00:00+14:00"',
    ),
  ),
)

beforeAll(async () => {
  tenant = await door.tenant()
  const crowd = fc.sample(anybody, { numRuns: 60, seed: 20_261_121 })
  for (const each of crowd)
    await tenant.make(person(JSON.parse(JSON.stringify(each)) as Record<string, never>))
  const { users } = await listUsers(tenant.org.scim, {
    filter: null,
    sort: null,
    start: { skip: 0 },
    count: 500,
  })
  everyone = users.map(user => toResource(user, { baseUrl: tenant.base, groups: [] }))
})

/** Whole resources as clients see them: `schemas` is derived when they are presented. */
function withSchemas(resource: Resource): Resource {
  const extensions = [ENT, CAL].filter(urn => resource[urn] !== undefined)
  return { ...resource, schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ...extensions] }
}

it('F1-F12: SQL and the engine find the same people', async () => {
  const property = fc.asyncProperty(filters, async text => {
    const filter = parseFilter(text, userType)
    const { users, total } = await listUsers(tenant.org.scim, {
      filter,
      sort: null,
      start: { skip: 0 },
      count: 500,
    })
    const expected = everyone.filter(each => matches(filter, withSchemas(each))).map(each => each['id'])
    expect(
      users.map(user => user.id),
      printFilter(filter),
    ).toEqual(expected)
    expect(total).toBe(expected.length)
  })
  await fc.assert(property, { numRuns: 400 })
})

it('SO1-SO6: SQL and the engine sort the same way', async () => {
  const names = [...texts, 'active', 'meta.created', 'roles', 'emails.primary']
  for (const sortBy of names) {
    for (const sortOrder of ['ascending', 'descending']) {
      const sort = parseSort({ sortBy, sortOrder }, userType)
      if (sort === null) throw new Error(`${sortBy} is no sort.`)
      const { users } = await listUsers(tenant.org.scim, {
        filter: null,
        sort,
        start: { skip: 0 },
        count: 500,
      })
      const expected = everyone.toSorted(compareBy(sort)).map(each => each['id'])
      expect(
        users.map(user => user.id),
        `${sortBy} ${sortOrder}`,
      ).toEqual(expected)
    }
  }
})

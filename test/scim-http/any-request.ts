// Generators of requests as nobody should send them: paths, parameters, headers and bodies of every endpoint.
import fc from 'fast-check'
import { CAL, ENT, type Method } from './client.ts'

const messages = 'urn:ietf:params:scim:api:messages:2.0:'

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '',
    ' ',
    '.',
    '..',
    '%',
    '\u0000',
    '__proto__',
    'constructor',
    'ſ',
    '𝒜',
    '"',
    "'",
    ';',
    '-1',
    '1e9',
  ),
)
const attribute = fc.constantFrom(
  'userName',
  'USERNAME',
  'externalId',
  'active',
  'name',
  'name.givenName',
  'emails',
  'emails[type eq "work"].value',
  'emails[',
  'displayName',
  'members',
  'members[value eq "x"]',
  'groups',
  'id',
  'meta.lastModified',
  'schemas',
  'password',
  `${CAL}:group`,
  `${ENT}:manager`,
  ENT,
  'nobody',
  '__proto__',
)
const literal = fc.oneof(
  odd.map(text => JSON.stringify(text)),
  fc.constantFrom('true', 'null', '5', '"x"', 'x', '"'),
)
const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'gt', 'le', 'pr', 'is')
const comparison = fc.tuple(attribute, operator, literal).map(parts => parts.join(' '))
const filter = fc.oneof(
  comparison,
  fc.tuple(comparison, fc.constantFrom('and', 'or', 'xor'), comparison).map(parts => parts.join(' ')),
  comparison.map(each => `not (${each})`),
  comparison.map(each => `emails[${each}]`),
  comparison.map(each => `((((${each}`),
  odd,
)

const scalar = fc.oneof(odd, fc.boolean(), fc.integer(), fc.double(), fc.constant(null))
const { json } = fc.letrec<{ json: unknown }>(tie => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(attribute, odd), tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
const member = fc.record({
  value: fc.oneof(fc.nat(2).map(place), odd),
  type: fc.constantFrom('User', 'Group'),
})
const operation = fc.record(
  {
    op: fc.constantFrom('add', 'replace', 'remove', 'Replace', 'move'),
    path: fc.oneof(attribute, odd),
    value: fc.oneof(json, fc.array(member, { maxLength: 3 })),
  },
  { requiredKeys: ['op'] },
)
const framed = (schema: string) => (inner: Record<string, unknown>) => ({ ...inner, schemas: [schema] })
const dictionary = fc.dictionary(attribute, json, { maxKeys: 4, noNullPrototype: true })
const patch = fc
  .record({ Operations: fc.array(operation, { maxLength: 3 }) })
  .map(framed(`${messages}PatchOp`))
const user = dictionary.map(inner => framed('urn:ietf:params:scim:schemas:core:2.0:User')(inner))
const group = fc
  .record({ displayName: fc.oneof(odd, json), members: fc.oneof(fc.array(member, { maxLength: 3 }), json) })
  .map(framed('urn:ietf:params:scim:schemas:core:2.0:Group'))
const search = fc
  .record(
    {
      filter: fc.oneof(filter, json),
      count: json,
      startIndex: json,
      cursor: json,
      sortBy: fc.oneof(attribute, json),
    },
    { requiredKeys: [] },
  )
  .map(framed(`${messages}SearchRequest`))
const bulkOperation = fc.record(
  {
    method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'patch'),
    path: fc.oneof(
      fc.constantFrom('/Users', '/Groups', '/Users/bulkId:a', '/Bulk', '/Me'),
      fc.nat(2).map(at => `/Users/${place(at)}`),
      odd,
    ),
    bulkId: fc.constantFrom('a', 'b', ''),
    data: fc.oneof(user, group, patch, json),
    version: odd,
  },
  { requiredKeys: ['method'] },
)
const bulk = fc
  .record(
    {
      Operations: fc.oneof(fc.array(bulkOperation, { maxLength: 4 }), json),
      failOnErrors: fc.oneof(fc.nat(2), json),
    },
    { requiredKeys: ['Operations'] },
  )
  .map(framed(`${messages}BulkRequest`))
const bytes = fc.uint8Array({ maxLength: 40 }).map(list => Buffer.from(list))
const broken = fc.oneof(user, patch, bulk).chain(body => {
  const text = JSON.stringify(body)
  return fc.nat(text.length).map(end => text.slice(0, end))
})
const body = fc.oneof(user, group, patch, search, bulk, json, bytes, broken, odd)

/** Stands for one of three resources that exist: two people, then a group. */
function place(at: number): string {
  return `{${String(at)}}`
}

const segment = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      'Users',
      'Groups',
      'Bulk',
      'Me',
      '.search',
      'Schemas',
      'ResourceTypes',
      'ServiceProviderConfig',
      '',
      'users',
    ),
    weight: 4,
  },
  { arbitrary: fc.nat(2).map(place), weight: 2 },
  odd.map(encodeURIComponent),
)
const parameter = fc.tuple(
  fc.constantFrom(
    'filter',
    'count',
    'startIndex',
    'cursor',
    'sortBy',
    'sortOrder',
    'attributes',
    'excludedAttributes',
    'FILTER',
    'x',
  ),
  fc.oneof(filter, attribute, odd, fc.constantFrom('0', '10', '-5', 'descending')),
)
const query = fc
  .array(parameter, { maxLength: 4 })
  .map(list =>
    list.length === 0
      ? ''
      : `?${list.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`,
  )
/** A header carries Latin letters only; the rest never reaches a server. */
const headerText = odd.map(text => text.replace(/[^\x20-\x7e]/g, ''))
const headers = fc.record(
  {
    accept: fc.oneof(fc.constantFrom('application/json', '*/*', 'text/html'), headerText),
    'content-type': fc.oneof(
      fc.constantFrom('application/json', 'application/scim+json', 'text/plain'),
      headerText,
    ),
    'if-match': fc.oneof(fc.constantFrom('*', 'W/"1"', 'W/"1", "2"', '1'), headerText),
    'if-none-match': fc.constantFrom('*', 'W/"1"', ','),
    prefer: fc.constantFrom('return=minimal', 'respond-async', ','),
    'content-encoding': fc.constantFrom('gzip', 'br', 'identity'),
  },
  { requiredKeys: [] },
)
/** A request at random. */
export const anyRequest = fc.record({
  method: fc.constantFrom<Method>('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
  path: fc.array(segment, { maxLength: 3 }).map(list => `/${list.join('/')}`),
  query,
  headers,
  body: fc.option(body, { nil: undefined }),
})

/** A request at an endpoint that reads a body, with a body of its kind. */
export const aimedRequest = fc.oneof(
  fc.record({ method: fc.constantFrom<Method>('POST'), path: fc.constant('/Users'), body: user }),
  fc.record({
    method: fc.constantFrom<Method>('PUT', 'PATCH'),
    path: fc.nat(1).map(at => `/Users/${place(at)}`),
    body: fc.oneof(user, patch),
  }),
  fc.record({
    method: fc.constantFrom<Method>('PUT', 'PATCH'),
    path: fc.constant(`/Groups/${place(2)}`),
    body: fc.oneof(group, patch),
  }),
  fc.record({ method: fc.constantFrom<Method>('POST'), path: fc.constant('/Groups'), body: group }),
  fc.record({
    method: fc.constantFrom<Method>('POST'),
    path: fc.constantFrom('/.search', '/Users/.search', '/Groups/.search'),
    body: search,
  }),
  fc.record({ method: fc.constantFrom<Method>('POST'), path: fc.constant('/Bulk'), body: bulk }),
)

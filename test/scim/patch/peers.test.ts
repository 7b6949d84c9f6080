// Our PATCH against another implementation: what both make of generated operations, and what the RFC says where they
// part.
import fc from 'fast-check'
import { scimPatch, type ScimPatchOperation, type ScimResource } from 'scim-patch'
import { describe, expect, it } from 'vitest'
import {
  applyPatch,
  parsePatch,
  ScimError,
  urn,
  userType,
  type Json,
  type JsonObject,
  type Resource,
} from '#server/scim/index.ts'
import { CAL, ENT } from '../people.ts'

interface Operation {
  readonly op: string
  readonly path?: string
  readonly value?: Json
}
type Outcome = Resource | 'refuses'

function ours(resource: Resource, operations: readonly Operation[]): Outcome {
  try {
    const body = { schemas: [urn.patchOp], Operations: operations.map(each => ({ ...each })) }
    return applyPatch(resource, parsePatch(body, userType).operations, userType)
  } catch (error) {
    if (error instanceof ScimError) return 'refuses'
    throw error
  }
}

function theirs(resource: Resource, operations: readonly Operation[]): Outcome {
  const patched = structuredClone(resource) as unknown as ScimResource
  try {
    const wanted = structuredClone(operations) as unknown as ScimPatchOperation[]
    const after: unknown = scimPatch(patched, wanted)
    return assigned(folded(after as Resource)) as Resource
  } catch {
    return 'refuses'
  }
}

/** With elements of one type and value as one (RFC 7643 section 2.4), which scim-patch leaves to its caller. */
function folded(resource: Resource): Json {
  const byKey = new Map<string, JsonObject>()
  for (const each of (resource['emails'] ?? []) as unknown as readonly JsonObject[]) {
    const key = JSON.stringify([each['type'], each['value']])
    byKey.set(key, { ...byKey.get(key), ...each })
  }
  return { ...resource, emails: [...byKey.values()] }
}

/** Without what means "unassigned" (RFC 7643 section 2.5): null, empty lists, empty objects. */
function assigned(value: Json): Json | undefined {
  if (value === null) return undefined
  if (Array.isArray(value)) {
    const list: readonly Json[] = value
    const kept = list.flatMap(each => assigned(each) ?? [])
    return kept.length === 0 ? undefined : kept
  }
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).map(([name, each]) => [name, assigned(each)] as const)
  const kept = entries.filter((entry): entry is [string, Json] => entry[1] !== undefined)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

const text = fc.constantFrom('a', 'b', 'c d', '\u738b', 'x"y')
const type = fc.constantFrom('work', 'home', 'other')
const element = fc.tuple(type, text).map(([kind, value]) => ({ type: kind, value, display: `d${value}` }))
const elements = fc.uniqueArray(element, { maxLength: 3, selector: each => `${each.type} ${each.value}` })
const person: fc.Arbitrary<Resource> = fc.record({
  userName: fc.constant('ada'),
  active: fc.boolean(),
  title: text,
  name: fc.record({ givenName: text, familyName: text }),
  emails: elements.filter(list => list.length > 0),
  [ENT]: fc.record({ department: text }),
  [CAL]: fc.record({ group: text }),
})
const single = fc.constantFrom(
  'title',
  'displayName',
  'nickName',
  'name.givenName',
  'name.formatted',
  `${CAL}:group`,
  `${ENT}:costCenter`,
)
const selected = fc
  .tuple(fc.constantFrom('type', 'value'), text, fc.constantFrom('work', 'home'))
  .map(([by, value, type]) => `emails[${by} eq ${JSON.stringify(by === 'type' ? type : value)}]`)
const setting = fc.constantFrom('add', 'replace')
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ op: setting, path: single, value: text }),
  fc.record({ op: setting, path: fc.constant('active'), value: fc.boolean() }),
  fc.record({ op: fc.constant('replace'), path: fc.constant('emails'), value: elements }),
  fc.record({
    op: fc.constant('remove'),
    path: fc.oneof(single, fc.constantFrom('emails', 'name', CAL.concat(':group'))),
  }),
  fc.record({ op: fc.constant('remove'), path: selected }),
  fc.record({ op: fc.constant('add'), path: fc.constant('emails'), value: elements }),
  fc.record({ op: setting, path: selected.map(path => `${path}.display`), value: text }),
  fc.record({ op: setting, value: fc.record({ title: text, active: fc.boolean() }) }),
  fc.record({ op: setting, path: fc.constant('name'), value: fc.record({ familyName: text }) }),
)

describe('generated operations', () => {
  it('H4, H20-H48: leave the same person as scim-patch, where it takes them', () => {
    fc.assert(
      fc.property(person, fc.array(operation, { minLength: 1, maxLength: 4 }), (resource, operations) => {
        const expected = theirs(resource, operations)
        fc.pre(expected !== 'refuses')
        expect(ours(resource, operations)).toEqual(expected)
      }),
      { numRuns: 2_000 },
    )
  })
})

/** What differs from before; undefined means the attribute is gone. */
type Changed = Readonly<Record<string, Json | undefined>> | 'refuses'

/** Where scim-patch and we part, and the words of the RFC that decided it. */
const partings: readonly (readonly [
  reason: string,
  operations: readonly Operation[],
  ours: Changed,
  theirs: Changed,
])[] = [
  [
    '7644 3.5.2.2: removing what is not there changes nothing',
    [{ op: 'remove', path: 'phoneNumbers[type eq "fax"]' }],
    { title: 't' },
    'refuses',
  ],
  [
    '7643 2.1: attribute names are compared without case',
    [{ op: 'replace', path: 'TITLE', value: 'x' }],
    { title: 'x' },
    { title: 't', TITLE: 'x' },
  ],
  [
    '7643 2.4: a new primary ends the old one',
    [{ op: 'add', path: 'emails', value: [{ type: 'home', value: 'h', primary: true }] }],
    {
      emails: [
        { type: 'work', value: 'w', primary: false },
        { type: 'home', value: 'h', primary: true },
      ],
    },
    {
      emails: [
        { type: 'work', value: 'w', primary: true },
        { type: 'home', value: 'h', primary: true },
      ],
    },
  ],
  [
    '7644 3.5.2: a readOnly attribute is not changed',
    [{ op: 'replace', path: 'id', value: 'x' }],
    'refuses',
    { id: 'x' },
  ],
  [
    '7644 3.5.2.2: a required attribute is not removed',
    [{ op: 'remove', path: 'userName' }],
    'refuses',
    { userName: undefined },
  ],
  [
    '7644 3.5.2: a value has the type of its attribute',
    [{ op: 'replace', path: 'active', value: 'x' }],
    'refuses',
    { active: 'x' },
  ],
  [
    '7644 3.5.2: all operations or none',
    [
      { op: 'replace', path: 'title', value: 'x' },
      { op: 'remove', path: 'userName' },
    ],
    'refuses',
    { title: 'x', userName: undefined },
  ],
]

describe('where the other differs', () => {
  const ada: Resource = { userName: 'ada', title: 't', emails: [{ type: 'work', value: 'w', primary: true }] }
  it.each(partings)('%s', (_reason, operations, expectedOurs, expectedTheirs) => {
    const outcome = (expected: Changed) => (expected === 'refuses' ? expected : { ...ada, ...expected })
    expect(ours(ada, operations)).toEqual(outcome(expectedOurs))
    expect(theirs(ada, operations)).toEqual(outcome(expectedTheirs))
  })
})

// Whatever is thrown at the engine, it answers with a result or a ScimError, and touches nothing it was given.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accept,
  applyPatch,
  normalizePatchBody,
  normalizeUserBody,
  parseFilter,
  parsePage,
  parsePatch,
  parseSelection,
  parseSort,
  present,
  sameJson,
  ScimError,
  urn,
  userType,
} from '#server/scim/index.ts'
import { ada, CAL, ENT } from './people.ts'

const names = fc.constantFrom(
  'userName',
  'USERNAME',
  'active',
  'name',
  'name.givenName',
  'givenName',
  'emails',
  'value',
  'type',
  'primary',
  'title',
  'id',
  'meta',
  'groups',
  'password',
  'schemas',
  'manager',
  'group',
  'roles',
  'x509Certificates',
  ENT,
  CAL,
  `${CAL}:group`,
  `${CAL}.group`,
  `${ENT}:manager`,
  'emails[type eq "work"].value',
  'emails[type eq "work"]',
  'emails[',
  'emails[value pr]',
  'urn:ietf:params:scim:schemas:core:2.0:User',
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  'a b',
)
const scalars = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('True', 'false', '', 'work', '\u0000', '__proto__'),
  fc.boolean(),
  fc.double(),
  fc.constant(null),
)
const { json } = fc.letrec<{ json: unknown }>(tie => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalars,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(names, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))
const operation = fc.record(
  {
    op: fc.constantFrom('add', 'replace', 'remove', 'Add', 'Replace', 'x'),
    path: fc.oneof(names, scalars),
    value: json,
  },
  { requiredKeys: ['op'] },
)
const patch = fc.record({
  schemas: fc.constant([urn.patchOp]),
  Operations: fc.array(operation, { maxLength: 4 }),
})
const user = fc
  .tuple(fc.dictionary(names, json, { maxKeys: 6, noNullPrototype: true }))
  .map(([more]): unknown => ({ ...more, schemas: [urn.user], userName: 'ada' }))

/** The result, or undefined when the call was refused in the words of the protocol. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch (error) {
    if (error instanceof ScimError) return undefined
    throw error
  }
}

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze)
  return value
}

describe('the engine', () => {
  it('DM38: takes or refuses any body, and what it took it takes again unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(user, json), fc.boolean(), (sent, strict) => {
        const body = strict ? deepFreeze(sent) : normalizeUserBody(deepFreeze(sent)).body
        const taken = attempt(() => accept(body, userType, { interaction: 'create', strict }))
        if (taken === undefined) return
        const shown = present(taken.resource, userType, { kind: 'default' })
        const again = accept(shown, userType, { interaction: 'replace', current: taken.resource, strict })
        expect(again).toEqual({ resource: taken.resource, ignored: [] })
      }),
      { numRuns: 1_500 },
    )
  })

  it('H4, H15: applies or refuses any patch without touching the original', () => {
    const original = deepFreeze(structuredClone(ada))
    fc.assert(
      fc.property(fc.oneof({ arbitrary: patch, weight: 9 }, json), fc.boolean(), (sent, strict) => {
        const body = strict ? deepFreeze(sent) : normalizePatchBody(deepFreeze(sent)).body
        const result = attempt(() =>
          applyPatch(original, parsePatch(body, userType, { strict }).operations, userType),
        )
        if (result !== undefined) expect(result === original).toBe(sameJson(result, original))
        if (result !== undefined) expectSound(result)
      }),
      { numRuns: 2_000 },
    )
    expect(original).toEqual(ada)
    expect(({} as Record<string, unknown>)['active']).toBeUndefined()
  })

  it('F26: parses or refuses any filter', () => {
    const word = fc.oneof(
      names,
      fc.constantFrom(
        'eq',
        'pr',
        'and',
        'or',
        'not',
        '(',
        ')',
        '[',
        ']',
        '"x"',
        'true',
        'null',
        '5',
        '"',
        '\\',
        '.value',
      ),
    )
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.boolean(),
        fc.constantFrom('', ' '),
        (words, strict, gap) => {
          attempt(() => parseFilter(words.join(gap), userType, { strict }))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('ER7: reads or refuses any parameters', () => {
    fc.assert(
      fc.property(json, json, (left, right) => {
        attempt(() =>
          present(ada, userType, parseSelection({ attributes: left, excludedAttributes: right }, userType)),
        )
        attempt(() => parseSort({ sortBy: left, sortOrder: right }, userType))
        attempt(() => parsePage({ startIndex: left, count: right }, { defaultCount: 1, maxCount: 2 }))
      }),
      { numRuns: 500 },
    )
  })
})

/** A patched person still is one that a client could have sent. */
function expectSound(result: typeof ada): void {
  const shown = present(result, userType, { kind: 'default' })
  const { id: _id, meta: _meta, groups: _groups, ...own } = result
  const { resource, ignored } = accept(shown, userType, { interaction: 'create' })
  expect(ignored).toEqual([])
  expect(resource).toEqual(own)
}

// Our filters against two other implementations: what they parse alike, what they decide alike, and what the RFC says
// where they do not.
import fc from 'fast-check'
import { compileFilter } from 'scim-query-filter-parser'
import { filter as compileParsed, parse, type Filter as Parsed } from 'scim2-parse-filter'
import { describe, expect, it } from 'vitest'
import {
  matches,
  parseFilter,
  urn,
  userType,
  type AttributePath,
  type Filter,
  type Resource,
} from '#server/scim/index.ts'
import { CAL } from '../people.ts'

type Verdict = (source: string, resource: Resource) => boolean
const first: Verdict = (source, resource) => compileParsed(parse(source))(resource)
const second: Verdict = (source, resource) => compileFilter(source)(resource)
const ours: Verdict = (source, resource) => matches(parseFilter(source, userType, { strict: true }), resource)

// Lower case only, every attribute assigned, one e-mail a type: where the peers read the RFC as we do.
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '"', '\u738b', '@', '.'), maxLength: 4 })
const given = word.map(text => `x${text}`)
const email = (type: string) => given.map(value => ({ type, value, display: `d${value}` }))
const person: fc.Arbitrary<Resource> = fc.record({
  userName: given,
  title: given,
  active: fc.boolean(),
  name: fc.record({ givenName: given, familyName: given }),
  emails: fc.tuple(email('work'), email('home')).map(list => [...list]),
  [CAL]: fc.record({ group: given }),
})
const text = fc.oneof(word, given).map(value => JSON.stringify(value))
const order = fc.constantFrom('gt', 'ge', 'lt', 'le')
const likeness = fc.constantFrom('eq', 'co', 'sw', 'ew')
const single = fc.constantFrom('userName', 'TITLE', 'name.givenName', 'name.familyName')
const spaced = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map(each => each.join(' '))

const leaf = fc.oneof(
  spaced(single, fc.oneof(likeness, order, fc.constant('ne'), fc.constant('EQ')), text),
  spaced(fc.constantFrom('emails.value', 'emails.type'), likeness, text),
  spaced(
    fc.constant('active'),
    fc.constantFrom('eq', 'ne'),
    fc.boolean().map(value => String(value)),
  ),
  spaced(
    fc.constantFrom('userName', 'emails', 'emails.value', 'name', 'nickName'),
    fc.constantFrom('pr', 'PR'),
  ),
)
const element = fc.oneof(
  spaced(fc.constantFrom('value', 'type', 'display'), fc.oneof(likeness, order), text),
  fc.constantFrom('type eq "work"', 'type ne "work"', 'value pr'),
)
const joined = spaced(element, fc.constantFrom('and', 'or'), element)
const negated = spaced(
  element,
  fc.constantFrom('and', 'or'),
  element.map(each => `not (${each})`),
)

interface Manner {
  /** What value paths hold. */
  readonly inside: fc.Arbitrary<string>
  /** What may stand before brackets. */
  readonly before: readonly string[]
  /** Whether more than two terms may follow each other without brackets. */
  readonly chains: boolean
}

function filters({ inside, before, chains }: Manner): fc.Arbitrary<string> {
  const term = (each: fc.Arbitrary<string>) => (chains ? each : each.map(text => `(${text})`))
  return fc.letrec<{ filter: string }>(tie => ({
    filter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      inside.map(each => `emails[${each}]`),
      spaced(term(tie('filter')), fc.constantFrom('and', 'or', 'AND', 'Or'), term(tie('filter'))),
      fc.tuple(fc.constantFrom(...before), tie('filter')).map(([word, each]) => `${word}(${each})`),
    ),
  })).filter
}
const nots = ['', 'not ', 'NOT']

/** What a tree means, whichever parser made it: chains of one word are one list. */
type Shape = readonly [word: string, ...parts: unknown[]]

function shapeOfTheirs(node: Parsed): Shape {
  switch (node.op) {
    case 'and':
    case 'or':
      return chain(node.op, node.filters.map(shapeOfTheirs))
    case 'not':
      return ['not', shapeOfTheirs(node.filter)]
    case '[]':
      return ['elements', node.attrPath.toLowerCase(), shapeOfTheirs(node.valFilter)]
    case 'pr':
      return ['pr', node.attrPath.toLowerCase()]
    default:
      return [node.op, node.attrPath.toLowerCase(), node.compValue]
  }
}

/** Inside `emails[...]` our paths are whole, theirs begin at the element. */
function shapeOfOurs(node: Filter, within = ''): Shape {
  const nameOf = ({ key }: AttributePath) => key.toLowerCase().slice(within.length)
  switch (node.kind) {
    case 'and':
    case 'or':
      return chain(
        node.kind,
        node.terms.map(term => shapeOfOurs(term, within)),
      )
    case 'not':
      return ['not', shapeOfOurs(node.term, within)]
    case 'elements':
      return ['elements', nameOf(node.path), shapeOfOurs(node.filter, `${nameOf(node.path)}.`)]
    case 'never':
      return ['never']
    case 'present':
      return ['pr', nameOf(node.path)]
    case 'compare':
      return [node.operator, nameOf(node.path), node.value]
  }
}

function chain(word: string, parts: readonly Shape[]): Shape {
  return [word, ...parts.flatMap(part => (part[0] === word ? part.slice(1) : [part]))]
}

describe('a generated filter', () => {
  it('F1-F8: is parsed to the same tree, brackets and precedence included', () => {
    fc.assert(
      fc.property(
        filters({ inside: fc.oneof(element, joined, negated), before: nots, chains: true }),
        source => {
          expect(shapeOfOurs(parseFilter(source, userType))).toEqual(shapeOfTheirs(parse(source)))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it.each<[string, Verdict, fc.Arbitrary<string>]>([
    ['scim2-parse-filter', first, filters({ inside: element, before: nots, chains: true })],
    [
      'scim-query-filter-parser',
      second,
      filters({ inside: fc.oneof(element, joined), before: [''], chains: false }),
    ],
  ])('F1-F10: finds the same people as %s', (_name, theirs, written) => {
    fc.assert(
      fc.property(written, person, (source, resource) => {
        expect(ours(source, resource)).toBe(theirs(source, resource))
      }),
      { numRuns: 800 },
    )
  })
})

type Answer = boolean | 'refuses'
const answerOf = (verdict: Verdict, source: string, resource: Resource): Answer => {
  try {
    return verdict(source, resource)
  } catch {
    return 'refuses'
  }
}

/** Where the peers and we part, and the words of the RFC that decided it. A peer that changes its mind is seen here. */
const partings: readonly (readonly [
  reason: string,
  source: string,
  ours: Answer,
  first: Answer,
  second: Answer,
])[] = [
  ['7643 2.1: userName is compared without case', 'userName eq "ADA"', true, false, true],
  [
    '7644 3.4.2.2: a value path asks one element everything',
    'emails[type eq "work" and value eq "h"]',
    false,
    true,
    false,
  ],
  ['7644 3.4.2.2: absence is not equal, so it is "ne"', 'nickName ne "x"', true, false, false],
  ['7643 2.5: null is the absence of a value', 'nickName eq null', true, false, false],
  ['7644 3.4.2.2: "pr" wants a value that is not empty', 'phoneNumbers pr', false, true, false],
  ['7644 3.4.2.2: dates compare as moments', 'meta.created eq "2026-01-01T00:00:00Z"', true, false, false],
  ['7644 3.4.2.2: an order of booleans is invalidFilter', 'active gt false', 'refuses', true, true],
  ['7644 3.4.2.2: "not" negates what is in brackets', 'not (userName eq "x")', true, true, 'refuses'],
  [
    '7644 3.4.2.2: and binds more than two',
    'title pr and userName pr and active eq false',
    false,
    false,
    true,
  ],
  [
    '7644 3.10: a URN names the schema of the attribute',
    `${urn.user}:userName eq "ada"`,
    true,
    false,
    'refuses',
  ],
  ['7643 2.4: a list compares its value', 'emails eq "w"', true, false, true],
]

describe('where the others differ', () => {
  const ada: Resource = {
    userName: 'ada',
    title: 't',
    active: true,
    emails: [
      { type: 'work', value: 'w' },
      { type: 'home', value: 'h' },
    ],
    phoneNumbers: [],
    meta: { created: '2026-01-01T01:00:00+01:00' },
  }
  it.each(partings)('%s', (_reason, source, ...expected) => {
    expect([ours, first, second].map(verdict => answerOf(verdict, source, ada))).toEqual(expected)
  })
})

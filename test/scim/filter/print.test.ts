// Printed filters parse back to the same filter.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches, parseFilter, printFilter, userType } from '#server/scim/index.ts'
import { ada, CAL, ENT } from '../people.ts'

const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter(value => !value.includes('\u0000') && !/\p{Surrogate}/u.test(value))
const quoted = text.map(value => JSON.stringify(value))
const textPath = fc.constantFrom(
  'userName',
  'externalId',
  'name.givenName',
  `${CAL}:group`,
  `${ENT}:manager`,
  'emails',
)
const leaf = fc.oneof(
  fc
    .tuple(textPath, fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'), quoted)
    .map(parts => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('active', 'emails.primary'), fc.constantFrom('eq', 'ne'), fc.boolean())
    .map(parts => parts.join(' ')),
  fc.constantFrom(
    'title pr',
    'emails pr',
    'title eq null',
    'name ne null',
    'meta.created gt "2026-01-01T00:00:00Z"',
  ),
  quoted.map(value => `emails[type eq ${value} and not (value co ${value} or primary eq true)]`),
)
const { filter } = fc.letrec<{ filter: string }>(tie => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc
      .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
      .map(([left, word, right]) => `(${left}) ${word} ${right}`),
    tie('filter').map(inner => `not (${inner})`),
  ),
}))

describe('printFilter', () => {
  it('prints only the brackets that are needed', () => {
    const parsed = parseFilter('((title PR)) AND (userName eq "x" or not(active eq true))', userType)
    expect(printFilter(parsed)).toBe('title pr and (userName eq "x" or not (active eq true))')
  })

  it('gives text that parses back to an equal filter with the same verdict', () => {
    fc.assert(
      fc.property(filter, source => {
        const parsed = parseFilter(source, userType)
        const again = parseFilter(printFilter(parsed), userType, { strict: true })
        expect(again).toEqual(parsed)
        expect(matches(again, ada)).toBe(matches(parsed, ada))
      }),
      { numRuns: 300 },
    )
  })
})

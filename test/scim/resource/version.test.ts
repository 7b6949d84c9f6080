// Conditional requests.
import { describe, expect, it } from 'vitest'
import { ifMatchAllows, ifNoneMatchHits, weakTag } from '#server/scim/index.ts'

const tag = weakTag(7)

describe('version tags', () => {
  it('ET1: are weak', () => {
    expect(tag).toBe('W/"7"')
  })

  const headers: readonly (readonly [string, string | undefined, boolean, boolean])[] = [
    ['no header', undefined, true, false],
    ['the tag', 'W/"7"', true, true],
    ['the tag without W/', '"7"', true, true],
    ['the tag with a small w', 'w/"7"', true, true],
    ['a list', '"3", W/"7"', true, true],
    ['any', ' * ', true, true],
    ['another', 'W/"8"', false, false],
    ['a list of others', '"1","2"', false, false],
    ['no quotes', '7', false, false],
    ['nothing', '', false, false],
    ['rubbish', 'W/,"', false, false],
  ]

  it.each(headers)('ET2, ET3, ET4: %s', (_name, header, allows, hits) => {
    expect(ifMatchAllows(header, tag)).toBe(allows)
    expect(ifNoneMatchHits(header, tag)).toBe(hits)
  })
})

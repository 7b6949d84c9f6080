// In which order the operations of a Bulk request are done, and which of them together.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBulk, planBulk, urn, type BulkStep } from '#server/scim/index.ts'

const options = { maxOperations: 1_000, strict: false, tolerate: () => undefined }
const read = (Operations: readonly object[]) =>
  parseBulk({ schemas: [urn.bulkRequest], Operations }, options).operations
const plan = (operations: readonly object[]): string[] => planBulk(read(operations)).map(printed)
const printed = ({ kind, operations }: BulkStep): string => `${kind} ${operations.join(' ')}`
const user = (bulkId: string, ...needs: string[]) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { needs: needs.map(need => `bulkId:${need}`) },
})
const group = (bulkId: string, ...needs: string[]) => ({ ...user(bulkId, ...needs), path: '/Groups' })
const patch = (id: string) => ({ method: 'PATCH', path: `/Users/${id}`, data: {} })

describe('planBulk', () => {
  it.each<[string, readonly object[], readonly string[]]>([
    [
      'B1: unrelated operations in their order',
      [patch('1'), group('g'), patch('2')],
      ['one 0', 'one 1', 'one 2'],
    ],
    ['people who know nothing of each other together', [user('a'), user('b'), user('c')], ['together 0 1 2']],
    [
      'nothing moves past another operation',
      [user('a'), user('b'), patch('1'), user('c'), user('d')],
      ['together 0 1', 'one 2', 'together 3 4'],
    ],
    [
      'B4: what is referred to comes first',
      [group('g', 'b'), user('a'), user('b')],
      ['one 2', 'one 0', 'one 1'],
    ],
    ['B4: through several', [user('a', 'b'), user('b', 'c'), user('c')], ['one 2', 'one 1', 'one 0']],
    [
      'B4: backward references keep the order',
      [user('a'), user('b', 'a'), user('c', 'a')],
      ['one 0', 'together 1 2'],
    ],
    ['B4: a path counts', [patch('bulkId:a'), user('a')], ['one 1', 'one 0']],
    ['B5: two that name each other', [user('x'), user('a', 'b'), user('b', 'a')], ['one 0', 'circle 1 2']],
    ['B5: one that names itself', [user('a', 'a'), user('b')], ['circle 0', 'one 1']],
    [
      'B5: three in a ring, and one who hangs on it',
      [user('d', 'a'), user('a', 'b'), user('b', 'c'), user('c', 'a')],
      ['circle 1 2 3', 'one 0'],
    ],
    ['B5: a group and a person', [group('g', 'a'), user('a', 'g')], ['circle 0 1']],
    ['B6: references to nothing are no reason to wait', [user('a', 'nope'), user('b')], ['together 0 1']],
    [
      'B3: the first of two with one bulkId is meant',
      [user('c', 'a'), user('a'), user('a')],
      ['one 1', 'one 0', 'one 2'],
    ],
    [
      'refused ones go alone',
      [user('a'), { ...user('b'), path: '/Users/1/2' }, user('c')],
      ['one 0', 'one 1', 'one 2'],
    ],
  ])('%s', (_case, operations, steps) => {
    expect(plan(operations)).toEqual(steps)
  })

  it('L4: at most a hundred are stored together', () => {
    const steps = planBulk(read(Array.from({ length: 250 }, (_, index) => user(String(index)))))
    expect(steps.map(({ operations }) => operations.length)).toEqual([100, 100, 50])
  })

  it('a chain of a thousand is no harm', () => {
    const chain = Array.from({ length: 1_000 }, (_, index) => user(String(index), String(index + 1)))
    expect(planBulk(read(chain)).flatMap(({ operations }) => operations)[0]).toBe(999)
  })

  it('B4, B5: whatever refers to whatever, each is done once and after what it needs', () => {
    const references = fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
    const property = fc.property(references, needs => {
      const steps = planBulk(read(needs.map((each, index) => user(String(index), ...each.map(String)))))
      const order = steps.flatMap(({ operations }) => operations)
      expect([...order].sort((one, other) => one - other)).toEqual([...needs.keys()])
      const stepOf = new Map(steps.flatMap((step, at) => step.operations.map(place => [place, at] as const)))
      for (const [place, each] of needs.entries()) {
        for (const need of each.filter(known => known < needs.length)) {
          const [mine, theirs] = [stepOf.get(place) ?? 0, stepOf.get(need) ?? 0]
          expect(mine === theirs ? steps[mine]?.kind : mine > theirs).toBe(mine === theirs ? 'circle' : true)
        }
      }
    })
    fc.assert(property, { numRuns: 300 })
  })
})

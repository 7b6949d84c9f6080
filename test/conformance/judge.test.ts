// What counts as passed, what as a fault, when other people's suites have run.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judge, type Case, type Waiver } from './judge.ts'
import { suites } from './suites.ts'

const passed: Case = { name: 'reads', outcome: 'passed', detail: '' }
const failed: Case = { name: 'writes', outcome: 'failed', detail: 'Expected 200, got 204' }
const skipped: Case = { name: 'searches', outcome: 'skipped', detail: '' }
const waiver = (name: string): Waiver => ({ suite: 's', case: name, rfc: 'RFC 7644 section 3', reason: 'r' })

describe('the judge of a suite', () => {
  it.each<[string, Case[], Waiver[], ReturnType<typeof judge>]>([
    ['counts what passes', [passed], [], { passed: 1, waived: 0, faults: [] }],
    [
      'holds a failed case against us, in the words of the suite',
      [passed, failed],
      [],
      { passed: 1, waived: 0, faults: ['writes: failed, Expected 200, got 204'] },
    ],
    [
      'holds a skipped case against us',
      [passed, skipped],
      [],
      { passed: 1, waived: 0, faults: ['searches: skipped'] },
    ],
    [
      'lets a waived case be',
      [passed, failed, skipped],
      [waiver('writes'), waiver('searches')],
      { passed: 1, waived: 2, faults: [] },
    ],
    [
      'wants a waiver gone whose case passes',
      [passed],
      [waiver('reads')],
      { passed: 0, waived: 0, faults: ['reads: is waived, but passes; take the waiver away'] },
    ],
    [
      'wants a waiver gone whose case is no more',
      [passed],
      [waiver('writes')],
      { passed: 1, waived: 0, faults: ['writes: is waived, but the suite has no such case'] },
    ],
    [
      'tells cases of one name apart',
      [passed, passed, { ...passed, outcome: 'failed' }],
      [waiver('reads (3)')],
      { passed: 2, waived: 1, faults: [] },
    ],
    ['takes no case for no run', [], [], { passed: 0, waived: 0, faults: ['The suite ran no case.'] }],
  ])('%s', (_what, cases, waivers, verdict) => {
    expect(judge(cases, waivers)).toEqual(verdict)
  })

  it('finds only whole waivers of suites that we run in the list', () => {
    const listed = JSON.parse(readFileSync(new URL('waivers.json', import.meta.url), 'utf8')) as Waiver[]
    for (const each of listed) {
      expect(suites.map(({ name }) => name)).toContain(each.suite)
      expect(each.rfc).toMatch(/^(RFC \d{4} section \d|draft-)/)
      expect(each.reason.length).toBeGreaterThan(30)
    }
    const keys = listed.map(each => `${each.suite} ${each.case}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

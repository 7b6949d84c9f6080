// What a suite's cases and our waivers amount to: which cases count for us, which against us.

export interface Case {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** The suite's own words about it; empty when it has none. */
  readonly detail: string
}

/** A case that our server need not pass, because the RFC or our documented deviation is on our side. */
export interface Waiver {
  readonly suite: string
  readonly case: string
  /** For example `RFC 7644 section 3.5.2`. */
  readonly rfc: string
  readonly reason: string
}

export interface Verdict {
  readonly passed: number
  readonly waived: number
  /** One sentence for each thing that must not stay so. */
  readonly faults: readonly string[]
}

/**
 * Judges one suite. A case that is not passed needs a waiver, also one that the suite left out; a waiver needs such a
 * case; and a suite that reports no case at all has not run.
 */
export function judge(cases: readonly Case[], waivers: readonly Waiver[]): Verdict {
  if (cases.length === 0) return { passed: 0, waived: 0, faults: ['The suite ran no case.'] }
  const named = numbered(cases)
  const isWaived = (name: string): boolean => waivers.some(waiver => waiver.case === name)
  const open = named.filter(({ outcome }) => outcome !== 'passed')
  return {
    passed: named.filter(({ name, outcome }) => outcome === 'passed' && !isWaived(name)).length,
    waived: open.filter(({ name }) => isWaived(name)).length,
    faults: [
      ...open.filter(({ name }) => !isWaived(name)).map(faultOf),
      ...waivers.flatMap(waiver => faultsOfWaiver(waiver, named)),
    ],
  }
}

/** Gives the second and later cases of one name a number, so that a waiver means exactly one of them. */
function numbered(cases: readonly Case[]): readonly Case[] {
  const seen = new Map<string, number>()
  return cases.map(each => {
    const count = (seen.get(each.name) ?? 0) + 1
    seen.set(each.name, count)
    return count === 1 ? each : { ...each, name: `${each.name} (${count})` }
  })
}

function faultOf({ name, outcome, detail }: Case): string {
  return `${name}: ${outcome}${detail === '' ? '' : `, ${detail}`}`
}

function faultsOfWaiver(waiver: Waiver, named: readonly Case[]): string[] {
  const found = named.find(({ name }) => name === waiver.case)
  if (found === undefined) return [`${waiver.case}: is waived, but the suite has no such case`]
  return found.outcome === 'passed' ? [`${waiver.case}: is waived, but passes; take the waiver away`] : []
}

// Values that a person would call the same as another one, but the mapping does not.
import { matchKey } from './match-key.ts'

export type NearMissKind = 'case' | 'blanks' | 'unicode'

export interface NearMiss {
  /** The value that has a row. */
  readonly value: string
  /** What differs. */
  readonly kinds: readonly NearMissKind[]
}

/** Each makes one kind of difference vanish. Blanks include characters that nobody sees. */
const equalizers: Record<NearMissKind, (text: string) => string> = {
  unicode: text => text.normalize('NFKC'),
  // Twice, because ß is SS in capitals.
  case: text => text.toUpperCase().toLowerCase(),
  blanks: text => text.replace(/[\s\p{Cf}\p{Cc}]+/gu, ''),
}
const kinds = Object.keys(equalizers) as NearMissKind[]

/** Twice, because lower case can be composed again and a full-width blank becomes one only by its Unicode form. */
function formOf(text: string, equalized: readonly NearMissKind[]): string {
  const once = (before: string): string => equalized.reduce((form, kind) => equalizers[kind](form), before)
  return once(once(text))
}

/** A kind counts when making everything else equal is not enough. */
function kindsBetween(one: string, other: string): NearMissKind[] {
  const telling = kinds.filter(kind => {
    const others = kinds.filter(each => each !== kind)
    return formOf(one, others) !== formOf(other, others)
  })
  return telling.length === 0 ? kinds : telling
}

/** Finds, for values without a row, the row's value that they were probably meant to be. */
export function nearMissFinder(mapped: readonly string[]): (value: string) => NearMiss | null {
  const exact = new Set(mapped)
  const byForm = new Map<string, string>()
  for (const value of mapped) {
    const form = formOf(value, kinds)
    if (form !== '' && !byForm.has(form)) byForm.set(form, value)
  }
  return value => {
    const key = matchKey(value)
    const meant = exact.has(key) ? undefined : byForm.get(formOf(key, kinds))
    return meant === undefined ? null : { value: meant, kinds: kindsBetween(key, meant) }
  }
}

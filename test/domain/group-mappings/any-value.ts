// Random values of the group attribute: of every kind that identity providers send, and what people make of them.
import fc from 'fast-check'
import type { MappingDraft } from '#server/domain/group-mappings/rules/draft.ts'

const usual = [
  'Sales',
  'Sales EMEA',
  'Sales;Ops',
  'Ops',
  'Über',
  'naïve',
  '日本支社',
  'O\'Brien "&" \\',
  'null',
]
const long = ['x'.repeat(255), 'ü'.repeat(255), '👩‍🚀'.repeat(50), 'x'.repeat(256)]

/** The database stores every text but one with a null character. */
const storable = (text: string): boolean => !text.includes('\u0000')

/** One text as it is meant. */
export const meant: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...usual) },
  { weight: 1, arbitrary: fc.constantFrom(...long) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter(storable) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter(storable) },
)

/** What becomes of a text on its way: mostly nothing, blanks at its edges, another case, another Unicode form. */
export const spelling: fc.Arbitrary<(text: string) => string> = fc.oneof(
  { weight: 4, arbitrary: fc.constant((text: string) => text) },
  fc.constantFrom(
    (text: string) => ` ${text}`,
    (text: string) => `${text}\u00a0\t\n`,
    (text: string) => text.toUpperCase(),
    (text: string) => text.toLowerCase(),
    (text: string) => text.normalize('NFD'),
    (text: string) => text.normalize('NFKC'),
    (text: string) => Array.from(text).join(' '),
    () => ' \u3000',
  ),
)

/** Some of the texts that one organization knows, spelled in some way: so that values and rows meet. */
export const said = fc.record({ which: fc.nat({ max: 7 }), spelled: spelling })
export type Said = typeof said extends fc.Arbitrary<infer T> ? T : never
export const vocabulary = fc.array(meant, { minLength: 3, maxLength: 6 })

export function textOf(words: readonly string[], { which, spelled }: Said): string {
  return spelled(words[which % words.length] ?? '')
}

/** Rows that a mapping takes: later ones that mean the same as an earlier one are left out, and so is what is no value. */
export function takenRows<Row extends { readonly value: string }>(rows: readonly Row[]): Row[] {
  const known = new Set<string>()
  return rows.filter(({ value }) => {
    const key = value.trim()
    const taken = key !== '' && key.length <= 255 && !known.has(key)
    known.add(key)
    return taken
  })
}

/** A draft from rows in their order, each value with the id of its group. */
export function draftFrom(
  rows: readonly { readonly value: string; readonly groupId: string }[],
  other: Pick<MappingDraft, 'enabled' | 'applyToExisting'> & { readonly defaultGroupId: string | null },
): MappingDraft {
  const { enabled, applyToExisting, defaultGroupId } = other
  return {
    enabled,
    applyToExisting,
    rows: rows.map(({ value, groupId }) => ({ value, group: { groupId } })),
    defaultGroup: defaultGroupId === null ? null : { groupId: defaultGroupId },
  }
}

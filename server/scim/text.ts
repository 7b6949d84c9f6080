// How texts are compared and which texts can be stored at all.

/**
 * The form in which texts of attributes that are not case-exact are compared: full-width letters narrowed, lower case,
 * composed (the width, case and normalization rules of RFC 8265 section 3.3). `userName` uniqueness must use the same.
 */
export function foldCase(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .toLowerCase()
    .normalize('NFC')
}

/** False for texts with NUL or half a surrogate pair, which no database takes. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text)
}

/** A text shortened for an error message, quoted. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}

const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?$/

/**
 * Milliseconds since 1970 of an xsd:dateTime; without offset it counts as UTC. Null when it is none (DM6), when the
 * calendar has no such day, for a year 0 and for an offset of more than 14 hours (XML Schema part 2, section 3.2.7).
 */
export function instantOf(text: string): number | null {
  const parts = dateTime.exec(text)
  if (parts === null) return null
  const [, local = '', offset = 'Z'] = parts
  const instant = Date.parse(`${local}${offset}`)
  const isNear = Math.abs(instant - Date.parse(`${local}Z`)) <= widestOffset
  return isNear && isDay(local.slice(0, 10)) ? instant : null
}

const widestOffset = 14 * 3_600_000

/** Other than for `Date.parse`, February has no 30th. */
function isDay(date: string): boolean {
  return !date.startsWith('0000') && new Date(date).toISOString().startsWith(date)
}

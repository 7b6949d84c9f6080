// Rows as comma-separated values that spreadsheets open without harm (RFC 4180).

/**
 * What a spreadsheet would take for a formula, or strip until it is one; with apostrophes that are there already, so that
 * every text can be read back.
 */
const formula = /^'*[\s]*[=+\-@\t\r\0＝＋－＠]/u
/** True for a text that is led by an apostrophe in a file. */
export function looksLikeFormula(text: string): boolean {
  return formula.test(text)
}

/** With what else separates values in some countries' spreadsheets, where the rest of a text would be a value of its own. */
const special = /[",;\t\r\n]/

/**
 * One value: quoted where RFC 4180 section 2 asks for it or a spreadsheet may split it, and led by an apostrophe where a spreadsheet would run it as a
 * formula. Nothing is written for null.
 */
export function csvValue(value: string | number | boolean | Date | null): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return String(value)
  const harmless = looksLikeFormula(value) ? `'${value}` : value
  return special.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** One line with its end. */
export function csvLine(values: readonly (string | number | boolean | Date | null)[]): string {
  return `${values.map(csvValue).join(',')}\r\n`
}

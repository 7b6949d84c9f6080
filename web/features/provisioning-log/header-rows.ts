// The headers of a request as rows, whatever shape they were stored in.
import { valueText } from '#web/lib/value-text.ts'

/** Name and value pairs in the order of their names; nothing for anything but an object. */
export function headerRows(headers: unknown): [string, string][] {
  if (typeof headers !== 'object' || headers === null) return []
  return Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), valueText(value) ?? ''])
    .sort(([one], [two]) => (one < two ? -1 : 1))
}

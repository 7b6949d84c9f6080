// How the activity log is searched: every word somewhere in the line, "quoted words" as they stand.

/** The parts that must all be found, in lower case; ten at most. */
export function searchParts(text: string): string[] {
  const found = text.matchAll(/"([^"]*)"?|(\S+)/gu)
  const parts = [...found].map(match => (match[1] ?? match[2] ?? '').trim().toLowerCase())
  return parts.filter(part => part !== '').slice(0, 10)
}

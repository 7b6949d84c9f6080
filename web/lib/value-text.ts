// How a stored value reads in a comparison.

/** A short text for a value of a change; null for "nothing was there". */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The last part of a SCIM path, without the long URN before it: "department" of "urn:...:User:department". */
export function shortPath(path: string): string {
  return path.startsWith('urn:') ? path.slice(path.lastIndexOf(':') + 1) : path
}

// What is compared: values without their edge blanks, letter by letter. Nothing else is made equal.

/** Characters that a value in the mapping may have at most. */
export const longestValue = 255

/** The compared form of one value; empty when there is nothing but blanks. */
export function matchKey(value: string): string {
  return value.trim()
}

/** The compared forms of what a person carries, each once, in order; values too long to be mapped are left out. */
export function matchKeys(values: readonly string[]): string[] {
  const keys = values.map(matchKey)
  return [...new Set(keys)].filter(key => key !== '' && key.length <= longestValue)
}

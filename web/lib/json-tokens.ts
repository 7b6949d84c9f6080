// Cuts formatted JSON into coloured pieces, as data, so that nothing is ever set as HTML.

export type JsonKind = 'key' | 'text' | 'number' | 'word' | 'plain'
export interface JsonToken {
  kind: JsonKind
  text: string
}

const pattern = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)/gu

/** Pretty-prints a text that is JSON; any other text comes back unchanged. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function tokenOf(match: RegExpExecArray): JsonToken[] {
  const [all, quoted, colon, number] = match
  if (quoted !== undefined && colon !== undefined)
    return [
      { kind: 'key', text: quoted },
      { kind: 'plain', text: colon },
    ]
  if (quoted !== undefined) return [{ kind: 'text', text: quoted }]
  return [{ kind: number === undefined ? 'word' : 'number', text: all }]
}

/** The pieces of a JSON text in order; joined they are the text again. */
export function jsonTokens(text: string): JsonToken[] {
  const tokens: JsonToken[] = []
  let at = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) tokens.push({ kind: 'plain', text: text.slice(at, match.index) })
    tokens.push(...tokenOf(match))
    at = match.index + match[0].length
  }
  if (at < text.length) tokens.push({ kind: 'plain', text: text.slice(at) })
  return tokens
}

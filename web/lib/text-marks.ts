// Makes visible what a reader cannot see in a value: blanks at the edges, double blanks, invisible characters.

export interface TextPiece {
  text: string
  /** What stands for it on screen and what it is; undefined for ordinary text. */
  mark?: { sign: string; name: 'blank' | 'tab' | 'line' | 'noBreak' | 'hidden' }
}

const marked = /^ +| +$| {2,}|[^\P{Zs} ]|[\p{Cc}\p{Cf}\u2028\u2029]/gu

function markOf(character: string): NonNullable<TextPiece['mark']> {
  if (character === ' ') return { sign: '·', name: 'blank' }
  if (character === '\t') return { sign: '⇥', name: 'tab' }
  if (/[\n\r\u2028\u2029]/u.test(character)) return { sign: '↵', name: 'line' }
  if (/\p{Zs}/u.test(character)) return { sign: '⍽', name: 'noBreak' }
  return { sign: '¤', name: 'hidden' }
}

/** The text in pieces; every unusual blank or invisible character is a piece of its own with its mark. */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let at = 0
  for (const match of text.matchAll(marked)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) })
    for (const character of match[0]) pieces.push({ text: character, mark: markOf(character) })
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ text: text.slice(at) })
  return pieces
}

/** True when something in it would not be seen. */
export function hidesSomething(text: string): boolean {
  return textPieces(text).some(piece => piece.mark !== undefined)
}

/** The text as it was probably meant: plain single blanks, nothing invisible, none at the edges. */
export function tidyText(text: string): string {
  return text
    .replace(/[\s\p{Zs}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]+/gu, '')
    .replace(/ {2,}/gu, ' ')
    .trim()
}

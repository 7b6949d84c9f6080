// Cuts filter text into brackets, quoted texts and words.
import { refusal } from '../error.ts'
import { quoted } from '../text.ts'

export interface Token {
  readonly kind: '(' | ')' | '[' | ']' | 'text' | 'word'
  /** The word as written, or the decoded text. */
  readonly text: string
  /** Whether a blank, a bracket or the start came before it. */
  readonly apart: boolean
}

/** Longest filter taken, in UTF-16 units (F26). */
export const filterLengthLimit = 4_096

const brackets = '()[]'
const blanks = ' \t\r\n'

/** Tokens of a filter; lone quotes and over-long filters are `invalidFilter` (F5, F26). */
export function tokenize(text: string): readonly Token[] {
  if (text.length > filterLengthLimit) {
    throw refusal('invalidFilter', `The filter is longer than ${filterLengthLimit} characters. Shorten it.`)
  }
  const tokens: Token[] = []
  let at = 0
  let apart = true
  while (at < text.length) {
    const character = text.charAt(at)
    if (blanks.includes(character)) {
      at += 1
      apart = true
      continue
    }
    const end = tokenEnd(text, at)
    tokens.push(tokenFrom(text.slice(at, end), apart))
    apart = brackets.includes(character)
    at = end
  }
  return tokens
}

function tokenEnd(text: string, start: number): number {
  const first = text.charAt(start)
  if (brackets.includes(first)) return start + 1
  if (first === '"') return textEnd(text, start)
  let at = start
  while (at < text.length && !blanks.includes(text.charAt(at)) && !`${brackets}"`.includes(text.charAt(at)))
    at += 1
  return at
}

/** The position after the closing quote; a backslash protects the next character. */
export function textEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\\') at += 1
    else if (character === '"') return at + 1
  }
  throw refusal('invalidFilter', 'A quoted text in the filter is not closed. Add the missing quote.')
}

function tokenFrom(source: string, apart: boolean): Token {
  const first = source.charAt(0)
  if (first === '(' || first === ')' || first === '[' || first === ']')
    return { kind: first, text: first, apart }
  if (first !== '"') return { kind: 'word', text: source, apart }
  try {
    return { kind: 'text', text: String(JSON.parse(source)), apart }
  } catch {
    throw refusal('invalidFilter', `${quoted(source)} is not a JSON string. Check its escapes.`)
  }
}

// What a mail says, and to whom one can be sent at all.

/** A press that leads into the console; the sender puts the installation's address in front of `path`. */
export interface LetterAction {
  readonly label: string
  /** Begins with a slash. A secret belongs behind `#`, where no server log sees it. */
  readonly path: string
}

/** Plain sentences; nothing in them is markup. */
export interface Letter {
  readonly paragraphs: readonly string[]
  readonly action: LetterAction | null
}

const longestLine = 2_000
const longestSubject = 200
const longestAddress = 254

/** Line breaks, control characters, and marks that turn the direction of writing. */
const unruly = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** The text on one line: what somebody wrote can begin neither a header nor a paragraph of its own. */
export function oneLine(text: string, longest: number = longestLine): string {
  const line = text.replace(unruly, ' ').replace(/\s+/g, ' ').trim()
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`
}

/** A subject on one line, 200 characters at most. */
export function subjectOf(text: string): string {
  return oneLine(text, longestSubject)
}

/** The letter with every sentence on one line. */
export function tidyLetter({ paragraphs, action }: Letter): Letter {
  return {
    paragraphs: paragraphs.map(text => oneLine(text)),
    action: action === null ? null : { label: oneLine(action.label), path: action.path },
  }
}

/** One plain address (RFC 5321 section 4.1.2 without quoting); anything that could be two, or a header, is none. */
export function isMailAddress(text: string): boolean {
  return text.length <= longestAddress && /^[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()[\]\\,;:"]+$/u.test(text)
}

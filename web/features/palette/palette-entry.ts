// One line of the palette, and how a typed text finds it.

export const kinds = ['page', 'action', 'person', 'group'] as const
export type EntryKind = (typeof kinds)[number]

export interface PaletteEntry {
  /** Unique among all kinds, for example "person:VXNlcjox". */
  id: string
  kind: EntryKind
  label: string
  icon: string
  hint?: string
  /** Where it leads; an action may have none. */
  to?: string
  /** What an action does, after going to `to` where that is given. */
  run?: () => void
}

export interface LabelPiece {
  text: string
  found: boolean
}

/** Letters without case and accents, one for each of the text, so that positions stay the same. */
function plainLetters(text: string): string[] {
  return Array.from(text).map(letter => letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())
}
const plain = (text: string) => plainLetters(text).join('')

/** The words of what somebody typed. */
export function wordsOf(text: string): string[] {
  return plain(text).split(/\s+/u).filter(Boolean)
}

/** True when every typed word is somewhere in the line; nothing typed finds everything. */
export function isFound(entry: Pick<PaletteEntry, 'label' | 'hint'>, words: readonly string[]): boolean {
  const line = plain(`${entry.label} ${entry.hint ?? ''}`)
  return words.every(word => line.includes(word))
}

/** Those that are found; first those whose label begins with what was typed, else in the order given. */
export function findEntries<Entry extends PaletteEntry>(entries: readonly Entry[], text: string): Entry[] {
  const words = wordsOf(text)
  const begins = ({ label }: Entry) => (plain(label).startsWith(words.join(' ')) ? 0 : 1)
  return entries.filter(entry => isFound(entry, words)).sort((one, other) => begins(one) - begins(other))
}

/** The label in pieces: those that were typed, and those between. */
export function labelPieces(label: string, text: string): LabelPiece[] {
  const letters = Array.from(label)
  const line = plainLetters(label)
  const marked = letters.map(() => false)
  for (const word of wordsOf(text)) mark(line, word, marked)
  const pieces: LabelPiece[] = []
  for (const [index, letter] of letters.entries()) {
    const found = marked[index] ?? false
    const last = pieces.at(-1)
    if (last?.found === found) last.text += letter
    else pieces.push({ text: letter, found })
  }
  return pieces
}

function mark(line: readonly string[], word: string, marked: boolean[]): void {
  for (let from = 0; from < line.length; from += 1) {
    let to = from
    let seen = ''
    while (to < line.length && seen.length < word.length) seen += line[to++] ?? ''
    if (seen === word) marked.fill(true, from, to)
  }
}

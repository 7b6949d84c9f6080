// Translates whole sentences by their English, as the server writes them.

/**
 * Sections of phrases, English to translation. `sentences` holds what is looked up first; the others what may stand
 * inside: `{people:people}` is looked up in the section `people`, `{count:number}` fits digits only, and `{name}` fits
 * anything and stays as it is. A translation names its placeholders without section, in any order.
 */
export type PhraseBook = Readonly<Record<string, Readonly<Record<string, string>>>>

interface Phrase {
  readonly pattern: RegExp
  readonly names: readonly { readonly name: string; readonly section: string | undefined }[]
  readonly translation: string
  /** Text that must occur, so that most phrases are passed over without matching. */
  readonly mark: string
}

const placeholder = /\{([a-zA-Z]+)(?::([a-z]+))?\}/gu

function phraseOf([english, translation]: [string, string]): Phrase {
  const fixed = english.split(/\{[^}]*\}/u)
  const found = [...english.matchAll(placeholder)]
  const source = fixed
    .map((text, index) => {
      const escaped = text.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
      const section = found[index]?.[2]
      return escaped + (index >= found.length ? '' : section === 'number' ? '([\\d.,]+)' : '([\\s\\S]*?)')
    })
    .join('')
  const mark = fixed.reduce((longest, text) => (text.length > longest.length ? text : longest), '')
  const names = found.map(([, name = '', section]) => ({ name, section }))
  return { pattern: new RegExp(`^${source}$`, 'u'), names, translation, mark }
}

/** Those that fit least come first. */
const fixedLength = (english: string) => english.replace(placeholder, '').length

const remembered = 1000

/** Makes a function that turns a sentence of the server into the book's language; unknown ones stay as they are. */
export function translator(book: PhraseBook): (text: string, section?: string) => string {
  const sections = new Map(
    Object.entries(book).map(([name, phrases]) => {
      const sorted = Object.entries(phrases).sort(([one], [two]) => fixedLength(two) - fixedLength(one))
      return [name, sorted.map(phraseOf)]
    }),
  )

  function find(text: string, section: string): string | null {
    const exact = book[section]?.[text]
    if (exact !== undefined) return exact
    for (const { pattern, names, translation, mark } of sections.get(section) ?? []) {
      const values = text.includes(mark) ? pattern.exec(text)?.slice(1) : undefined
      if (values === undefined) continue
      const filled = new Map(
        names.map(({ name, section: inner }, index) => {
          const value = values[index] ?? ''
          return [name, inner === undefined ? value : (find(value, inner) ?? value)]
        }),
      )
      return translation.replace(placeholder, (_all, name: string) => filled.get(name) ?? '')
    }
    return null
  }

  const known = new Map<string, string>()
  return (text, section = 'sentences') => {
    const key = `${section} ${text}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = find(text, section) ?? text
    if (known.size >= remembered) known.clear()
    known.set(key, found)
    return found
  }
}

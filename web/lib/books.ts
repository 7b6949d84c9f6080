// The phrase books: what the server says in English, in each other language.
import type { Language } from './languages.ts'
import type { PhraseBook } from './phrase-book.ts'

const books = import.meta.glob<PhraseBook>('../said/*.json', { import: 'default' })

/** The book of a language; undefined for English, which needs none. */
export const readBook = (name: Language): Promise<PhraseBook> | undefined => books[`../said/${name}.json`]?.()

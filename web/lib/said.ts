// What the server says, in the language that is spoken: its sentences are English, and each other language has a book.
import { shallowRef } from 'vue'
import { readBook } from './books.ts'
import { language } from './language.ts'
import type { Language } from './languages.ts'

type Translate = (text: string, section?: string) => string
const made = shallowRef<Partial<Record<Language, Translate>>>({})

/** Loads the book of a language; English needs none. Without it, sentences stay English. */
export async function loadBook(name: Language): Promise<void> {
  const asked = made.value[name] === undefined ? readBook(name) : undefined
  if (asked === undefined) return
  const [book, { translator }] = await Promise.all([asked, import('./phrase-book.ts')])
  made.value = { ...made.value, [name]: translator(book) }
}

/**
 * A sentence of the server, or what the book has in another section, as it is shown. To be asked while rendering, so
 * that it follows a change of language.
 */
export function said(text: string, section?: string): string {
  return made.value[language.value]?.(text, section) ?? text
}

// Says a page that the server wrote in the language of this device.
import { readBook } from './books.ts'
import { firstLanguage } from './languages.ts'
import { translator } from './phrase-book.ts'

/** Translates each element with `data-say`, and the part of the title that one of them repeats. */
export async function translatePage(page: Document): Promise<void> {
  const language = firstLanguage(navigator.languages)
  const book = await readBook(language)
  if (book === undefined) return
  const translate = translator(book)
  for (const element of page.querySelectorAll('[data-say]')) {
    const english = element.textContent
    const said = translate(english)
    element.textContent = said
    page.title = page.title.replace(english, () => said)
  }
  page.documentElement.lang = language
}

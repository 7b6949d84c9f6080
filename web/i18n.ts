// The words of the console: precompiled messages of one language, loaded with the page that speaks them.
import { createI18n } from 'vue-i18n'
import { writeSetting } from './lib/device-settings.ts'
import { language } from './lib/language.ts'
import type { Language } from './lib/languages.ts'
import { loadBook } from './lib/said.ts'

const texts = import.meta.glob(['./text/*.json', './ui/text/*.json', './features/*/text/*.json'], {
  import: 'default',
})
const folders: Record<string, string> = { general: '.', ui: './ui' }
const fileOf = (room: string, into: Language) => `${folders[room] ?? `./features/${room}`}/text/${into}.json`

/** None of several forms is for zero; the language says which numbers take the form of one. */
const formsOf = (name: Language) => {
  const rules = new Intl.PluralRules(name)
  return (count: number, forms: number) =>
    forms > 2 && count === 0 ? 0 : forms - (rules.select(count) === 'one' ? 2 : 1)
}

const nothing: Record<string, Record<string, never>> = { en: {}, de: {} }
export const i18n = createI18n({
  legacy: false,
  locale: language.value,
  fallbackLocale: false,
  messages: nothing,
  pluralRules: { en: formsOf('en'), de: formsOf('de') },
})
const wanted = new Set(['general', 'ui'])

const missing = (into: Language) => {
  const known = i18n.global.getLocaleMessage(into)
  return [...wanted].filter(room => !(room in known))
}

async function load(into: Language): Promise<void> {
  await Promise.all(
    missing(into).map(async room => {
      const words = await texts[fileOf(room, into)]?.()
      i18n.global.mergeLocaleMessage(into, { [room]: words })
    }),
  )
}

function show(next: Language) {
  i18n.global.locale.value = next
  language.value = next
  document.documentElement.lang = next
}
show(language.value)
// Nothing waits for it: the first page shows no sentence of the server until the server has answered.
void loadBook(language.value)

/** Loads the words of the named rooms (folders of `features`) in the language that is spoken; a room is loaded once. */
export async function loadText(names: readonly string[]): Promise<void> {
  for (const name of names) wanted.add(name)
  await load(language.value)
}

let asked: Language = language.value

/** Changes the language of every page at once and keeps the choice on this device; the last call wins. */
export async function speak(next: Language): Promise<void> {
  asked = next
  await loadBook(next)
  // A page that opens meanwhile may want another room.
  while (missing(next).length > 0) await load(next)
  if (asked !== next) return
  show(next)
  writeSetting('language', next)
}

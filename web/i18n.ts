// The words of the console: precompiled messages, loaded with the page that speaks them.
import { createI18n } from 'vue-i18n'
import general from './text/en.json'
import parts from './ui/text/en.json'

const rooms = import.meta.glob('./features/*/text/en.json', { import: 'default' })
const first: Record<string, Record<string, never>> = { en: { general, ui: parts } as never }

export const i18n = createI18n({ locale: 'en', fallbackLocale: 'en', messages: first })

/** Loads the words of the named rooms (folders of `features`); a room is loaded once. */
export async function loadText(names: readonly string[]): Promise<void> {
  const known = i18n.global.getLocaleMessage('en')
  for (const name of names.filter(one => !(one in known))) {
    const words = await rooms[`./features/${name}/text/en.json`]?.()
    i18n.global.mergeLocaleMessage('en', { [name]: words })
  }
}

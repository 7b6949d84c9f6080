// The language that the console speaks now.
import { shallowRef } from 'vue'
import { firstLanguage, type Language } from './languages.ts'

/** Only `speak` of web/i18n.ts changes it, once the words are here. */
export const language = shallowRef<Language>(firstLanguage(navigator.languages))

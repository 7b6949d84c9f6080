// The language that is spoken here: what the person chose on this device, else what the browser asks for.
import { shallowRef } from 'vue'
import { readSetting } from './device-settings.ts'

/** Every language by the name it gives itself. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const isLanguage = (name: string | null): name is Language => name !== null && name in languages

/** The first of the browser's wishes (such as `de-AT`) that is spoken here; English when none is. */
export function firstLanguage(wishes: readonly string[]): Language {
  const chosen = readSetting('language')
  if (isLanguage(chosen)) return chosen
  return wishes.map(wish => wish.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en'
}

/** What is spoken now. Only `speak` of web/i18n.ts changes it, once the words are here. */
export const language = shallowRef<Language>(firstLanguage(navigator.languages))

// Which languages are spoken here, and which of them this device asks for.
import { readSetting } from './device-settings.ts'

/** Every language by the name it gives itself. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const isLanguage = (name: string | null): name is Language => name !== null && name in languages

/** What was chosen on this device, else the first of the browser's wishes (such as `de-AT`) that is spoken here; else English. */
export function firstLanguage(wishes: readonly string[]): Language {
  const chosen = readSetting('language')
  if (isLanguage(chosen)) return chosen
  return wishes.map(wish => wish.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en'
}

// The words of the component library (close, next month ...) in the language that is spoken; its English is built in.
import type german from '@nuxt/ui/runtime/locale/de.js'
import { shallowRef, watch } from 'vue'
import { language } from '#web/lib/language.ts'
import type { Language } from '#web/lib/languages.ts'

type Words = typeof german | undefined

const files: Record<Language, () => Promise<Words>> = {
  en: () => Promise.resolve(undefined),
  de: () => import('@nuxt/ui/runtime/locale/de.js').then(file => file.default),
}

/** Undefined for English. */
export const libraryWords = shallowRef<Words>()

watch(
  language,
  async now => {
    const words = await files[now]()
    if (language.value === now) libraryWords.value = words
  },
  { immediate: true },
)

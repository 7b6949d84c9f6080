// Loads the help of one page in the language that is spoken.
import { shallowRef, watch, type Component } from 'vue'
import { language } from '#web/lib/language.ts'

const files = import.meta.glob<Component>('../../../docs/console/*/*.md', { import: 'default' })
const fileOf = (name: string, into: string) => files[`../../../docs/console/${into}/${name}.md`]

/** `text` is undefined while it is loaded; `failed` says that it could not be. */
export function useHelpText(name: () => string | undefined) {
  const text = shallowRef<Component>()
  const failed = shallowRef(false)

  async function load() {
    const wanted = name() ?? ''
    const into = language.value
    text.value = undefined
    failed.value = false
    const found = await (fileOf(wanted, into) ?? fileOf(wanted, 'en'))?.().catch(() => undefined)
    if (wanted !== name() || into !== language.value) return
    text.value = found
    failed.value = found === undefined
  }
  watch([name, language], load, { immediate: true })
  return { text, failed, load }
}

// Copies a text and says for two seconds that it did.
import { onScopeDispose, ref } from 'vue'

/** `copied` is true for two seconds after `copy` worked, `refused` when the browser did not allow it. */
export function useCopy() {
  const copied = ref(false)
  const refused = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function copy(text: string) {
    clearTimeout(timer)
    try {
      await navigator.clipboard.writeText(text)
      copied.value = true
      refused.value = false
    } catch {
      refused.value = true
    }
    timer = setTimeout(() => {
      copied.value = false
    }, 2000)
  }
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  return { copy, copied, refused }
}

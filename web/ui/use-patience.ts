// How long a page may wait for something before it is shown without it.
import { onScopeDispose, readonly, ref } from 'vue'

/** Turns true after `limit` milliseconds. */
export function usePatience(limit: number) {
  const over = ref(false)
  const timer = setTimeout(() => {
    over.value = true
  }, limit)
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  return readonly(over)
}

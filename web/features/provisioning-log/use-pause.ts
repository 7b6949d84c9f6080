// Pausing the feed: by the person, or after a quarter of an hour out of sight.
import { onScopeDispose, ref } from 'vue'

const patience = 15 * 60_000

/** `slept` is true when the feed paused by itself. */
export function usePause() {
  const paused = ref(false)
  const slept = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function toggle() {
    paused.value = !paused.value
    slept.value = false
  }
  function watchSight() {
    clearTimeout(timer)
    if (document.visibilityState === 'visible' || paused.value) return
    timer = setTimeout(() => {
      paused.value = true
      slept.value = true
    }, patience)
  }
  document.addEventListener('visibilitychange', watchSight)
  onScopeDispose(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', watchSight)
  })
  return { paused, slept, toggle }
}

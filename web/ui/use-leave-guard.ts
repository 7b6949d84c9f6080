// Keeps a page with unsaved work from being left by accident.
import { onMounted, onUnmounted, ref } from 'vue'
import { useRouter } from 'vue-router'

/** `asking` opens the question; `leave` answers it. Another view of the same page is no leaving, nor is the end of a session. */
export function useLeaveGuard(isDirty: () => boolean) {
  const router = useRouter()
  const asking = ref(false)
  let answer: ((leave: boolean) => void) | undefined

  const stopGuard = router.beforeEach((to, from) => {
    if (!isDirty() || to.path === from.path || to.meta.public) return true
    answer?.(false)
    asking.value = true
    return new Promise<boolean>(resolve => {
      answer = resolve
    })
  })
  function leave(yes: boolean) {
    asking.value = false
    answer?.(yes)
    answer = undefined
  }
  function warn(event: BeforeUnloadEvent) {
    if (isDirty()) event.preventDefault()
  }
  onMounted(() => {
    addEventListener('beforeunload', warn)
  })
  onUnmounted(() => {
    removeEventListener('beforeunload', warn)
    stopGuard()
    // What was guarded is not here any more.
    answer?.(true)
  })
  return { asking, leave }
}

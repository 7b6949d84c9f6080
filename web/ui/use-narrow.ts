// Whether the window is narrow, for heights that must be known as numbers.
import { onScopeDispose, readonly, ref } from 'vue'

/** True below 768 pixels. */
export function useNarrow() {
  const media = matchMedia('(max-width: 767px)')
  const narrow = ref(media.matches)
  const update = () => {
    narrow.value = media.matches
  }
  media.addEventListener('change', update)
  onScopeDispose(() => {
    media.removeEventListener('change', update)
  })
  return readonly(narrow)
}

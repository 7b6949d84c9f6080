// A choice that shows at once: what it leads to is drawn after that, so that a press is answered however much that is.
import { computed, shallowRef } from 'vue'

/**
 * Reads as `current`, or as what was pressed while `take` waits for the next paint or is under way. Values are no
 * `undefined`.
 */
export function useShownFirst<Value>(current: () => Value, take: (value: Value) => Promise<unknown>) {
  const pressed = shallowRef<Value>()
  async function follow(value: Value) {
    if (pressed.value !== value) return
    try {
      await take(value)
    } finally {
      if (pressed.value === value) pressed.value = undefined
    }
  }
  return computed({
    get: () => pressed.value ?? current(),
    set: value => {
      pressed.value = value
      requestAnimationFrame(() => setTimeout(() => void follow(value)))
    },
  })
}

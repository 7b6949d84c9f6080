// Counts the changes made here, so that everything on screen is read again after one.
import { readonly, ref } from 'vue'

const count = ref(0)

/** Grows by one with every change made from this page. */
export const changes = readonly(count)

/** Says that something was changed. */
export function noteChange(): void {
  count.value += 1
}

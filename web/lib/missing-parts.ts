// Notices when a part of the console does not arrive: a newer version has taken its place, or the connection is gone.
import { readonly, ref } from 'vue'

const missing = ref(false)

/** True once a part did not arrive. What would open by it opens nothing; only loading the page again helps. */
export const isPartMissing = readonly(missing)

/** Called once by the application, before it loads anything. */
export function noticeMissingParts(): void {
  addEventListener('vite:preloadError', () => {
    missing.value = true
  })
}

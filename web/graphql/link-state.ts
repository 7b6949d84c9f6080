// What is known about the live connection; one ref for the whole console.
import { readonly, ref } from 'vue'

/** The state of the live connection; `seconds` is the wait before the next try, `count` what was caught up. */
export type LinkState =
  | { kind: 'idle' }
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting'; seconds: number }
  | { kind: 'caught-up'; count: number }
  | { kind: 'offline' }
  | { kind: 'signed-out' }

const current = ref<LinkState>({ kind: 'idle' })
let settle: ReturnType<typeof setTimeout> | undefined

/** The one state every page shows. */
export const linkState = readonly(current)

/** Called by the socket; `caught-up` turns into `live` by itself after four seconds. */
export function reportLink(state: LinkState): void {
  clearTimeout(settle)
  current.value = state
  if (state.kind !== 'caught-up') return
  settle = setTimeout(() => {
    current.value = { kind: 'live' }
  }, 4000)
}

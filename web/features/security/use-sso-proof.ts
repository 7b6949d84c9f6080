// The proof at the identity provider runs in a tab of its own; here one watches until it is there.
import { onScopeDispose, ref } from 'vue'
import { usePlainClient } from '#web/graphql/client.ts'
import { ProofQuery } from './documents.ts'

const pace = 1500
/** As long as the server waits for an answer of the identity provider. */
const longest = 600_000

/** Whether the proof of this session is fresh, as the server says now. */
function useFreshness() {
  const client = usePlainClient()
  return async () => {
    const { data } = await client.query(ProofQuery, {}, { requestPolicy: 'network-only' }).toPromise()
    return data?.viewer.security?.proven ?? false
  }
}

/** `watchFor` begins to look, at once when the window is looked at again; `proven` is called once, then it ends. */
export function useSsoProof(proven: () => void) {
  const isFresh = useFreshness()
  const waiting = ref(false)
  const late = ref(false)
  let until = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop(missed = false) {
    clearTimeout(timer)
    waiting.value = false
    late.value = missed
  }
  function lookSoon() {
    clearTimeout(timer)
    timer = setTimeout(look, pace)
  }
  function look() {
    clearTimeout(timer)
    if (waiting.value) void isFresh().then(answered)
  }
  function answered(fresh: boolean) {
    // Another look, or Cancel, may have come first.
    if (!waiting.value) return
    if (fresh) {
      stop()
      proven()
    } else if (Date.now() > until) stop(true)
    else lookSoon()
  }
  function watchFor() {
    until = Date.now() + longest
    waiting.value = true
    late.value = false
    lookSoon()
  }
  addEventListener('focus', look)
  onScopeDispose(() => {
    stop()
    removeEventListener('focus', look)
  })
  return { waiting, late, watchFor, stop }
}

// The reads and streams that are under way, so that they can all be ended at once.
import { onScopeDispose } from 'vue'

/** Everything given to `keep` is ended by `stop`, and when the component goes. */
export function useRunningReads() {
  let running: (() => void)[] = []
  function stop() {
    for (const end of running) end()
    running = []
  }
  function keep(end: () => void) {
    running.push(end)
  }
  onScopeDispose(stop)
  return { keep, stop }
}

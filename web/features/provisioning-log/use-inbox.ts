// A plain inbox in front of the screen: messages pile up outside Vue and are let in ten times a second.
import { onScopeDispose, ref, watch } from 'vue'
import type { Line } from './line.ts'

export const ringSize = 10_000
const beat = 100

/**
 * `waiting` counts what is held back. When more came than can be kept, `full` is set, nothing more is kept, and letting
 * in reads the log anew by `reread`: a hole in the middle of the list would look like silence.
 */
export function useInbox(held: () => boolean, letIn: (lines: Line[]) => void, reread: () => void) {
  let inbox: Line[] = []
  const waiting = ref(0)
  const full = ref(false)

  function take() {
    if (inbox.length === 0) return
    const lines = inbox
    const overflowed = full.value
    empty()
    if (overflowed) reread()
    else letIn(lines)
  }
  function add(line: Line) {
    if (inbox.length < ringSize) inbox.push(line)
    else full.value = true
  }
  function flush() {
    if (!held()) take()
    else if (waiting.value !== inbox.length) waiting.value = inbox.length
  }
  function empty() {
    inbox = []
    waiting.value = 0
    full.value = false
  }
  const timer = setInterval(flush, beat)
  onScopeDispose(() => {
    clearInterval(timer)
  })
  watch(held, flush)
  return { add, take, empty, waiting, full }
}

// A plain inbox in front of the screen: messages pile up outside Vue and are let in ten times a second.
import { onScopeDispose, ref, watch } from 'vue'
import type { Line } from './line.ts'

export const ringSize = 5000
const beat = 100

/** `waiting` counts what is held back; `full` says that more came than is kept. */
export function useInbox(held: () => boolean, letIn: (lines: Line[]) => void) {
  let inbox: Line[] = []
  const waiting = ref(0)
  const full = ref(false)

  function take() {
    if (inbox.length === 0) return
    const lines = inbox
    inbox = []
    waiting.value = 0
    full.value = false
    letIn(lines)
  }
  function add(line: Line) {
    inbox.push(line)
    if (inbox.length <= ringSize) return
    inbox.shift()
    full.value = true
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

// Shortcuts that keep quiet while a dialog is open; single keys also while someone types.
import { onMounted, onUnmounted } from 'vue'
import { keysAreOff } from '#web/lib/keys-off.ts'

type Press = (event: KeyboardEvent) => void
type Shortcuts = Record<string, Press>

const fields = 'input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=menu]'
const pressable = 'button, a, [role=tab], [role=switch], summary'

const dialogs = '[role=dialog][data-state=open], [role=alertdialog][data-state=open]'

/** Milliseconds within which the second key of a sequence must follow. */
const sequencePause = 1200

function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest(fields)) return true
  return (event.key === ' ' || event.key === 'Enter') && Boolean(target?.closest(pressable))
}

/** Some layouts type signs such as "[" with Alt; with letters Alt means something else. */
function isModified(event: KeyboardEvent): boolean {
  const command = event.ctrlKey || event.metaKey
  const sign = /^[^\p{L}\s]$/u.test(event.key)
  if (sign && (event.getModifierState('AltGraph') || (event.altKey && !command))) return false
  return command || event.altKey
}

function isBusy(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || isModified(event)) return true
  return isTaken(event) || document.querySelector(dialogs) !== null
}

function useKeydown(press: Press, capture: boolean): void {
  onMounted(() => {
    document.addEventListener('keydown', press, capture)
  })
  onUnmounted(() => {
    document.removeEventListener('keydown', press, capture)
  })
}

/**
 * Runs a function when its key is pressed, for example `{ '/': focusSearch, j: next }`. Escape works even when
 * switched off. Where two ask for the same key, the one that was mounted first gets it.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  useKeydown(event => {
    const run = shortcuts[event.key] ?? shortcuts[event.key.toLowerCase()]
    if (!run || isBusy(event)) return
    if (keysAreOff() && event.key !== 'Escape') return
    event.preventDefault()
    run(event)
  }, false)
}

/** Runs on Ctrl or Cmd with a letter, also while someone types. `run` answers false when it was not for it. */
export function useChord(letter: string, run: () => boolean): void {
  useKeydown(event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    if (event.key.toLowerCase() !== letter || event.defaultPrevented || document.querySelector(dialogs))
      return
    if (run()) event.preventDefault()
  }, false)
}

/**
 * Runs a function when its key follows on `first`: `('g', { u: toUsers })` is G, then U. It hears keys before
 * everybody else, so that the second key does nothing else.
 */
export function useSequence(first: string, seconds: () => Record<string, () => void>): void {
  let begunAt = -Infinity
  useKeydown(event => {
    const within = event.timeStamp - begunAt <= sequencePause
    if (event.key === 'Shift' || isBusy(event) || keysAreOff()) return
    begunAt = -Infinity
    const key = event.key.toLowerCase()
    const run = within ? seconds()[key] : undefined
    if (run) {
      event.preventDefault()
      run()
    } else if (key === first) begunAt = event.timeStamp
  }, true)
}

// Single-key shortcuts that keep quiet while someone types or a dialog is open.
import { onMounted, onUnmounted } from 'vue'
import { keysAreOff } from '#web/lib/keys-off.ts'

type Shortcuts = Record<string, (event: KeyboardEvent) => void>

const fields = 'input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=menu]'
const pressable = 'button, a, [role=tab], [role=switch], summary'

const dialogs = '[role=dialog][data-state=open], [role=alertdialog][data-state=open]'

function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest(fields)) return true
  return (event.key === ' ' || event.key === 'Enter') && Boolean(target?.closest(pressable))
}

function isBusy(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  return isTaken(event) || document.querySelector(dialogs) !== null
}

/** Runs a function when its key is pressed, for example `{ '/': focusSearch, j: next }`. Escape works even when switched off. */
export function useShortcuts(shortcuts: Shortcuts): void {
  function press(event: KeyboardEvent) {
    const run = shortcuts[event.key] ?? shortcuts[event.key.toLowerCase()]
    if (!run || isBusy(event)) return
    if (keysAreOff() && event.key !== 'Escape') return
    event.preventDefault()
    run(event)
  }
  onMounted(() => {
    document.addEventListener('keydown', press)
  })
  onUnmounted(() => {
    document.removeEventListener('keydown', press)
  })
}

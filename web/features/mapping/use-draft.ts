// The mapping as it is being edited, and every edit one can make.
import { computed, shallowRef, watch } from 'vue'
import { changesOf } from './draft-changes.ts'
import {
  draftOf,
  withMove,
  withRow,
  withStoredKeys,
  type Draft,
  type DraftRow,
  type GroupPick,
} from './draft.ts'
import { rowFaults } from './row-faults.ts'
import type { StoredMapping } from './use-mapping.ts'

let made = 0
const freshKey = () => `new-${String((made += 1))}`
const nothing: Draft = { enabled: false, applyToExisting: false, defaultGroup: null, rows: [] }

/** Edits of the rows; each makes a new list. */
function useRowEdits(rows: () => readonly DraftRow[], write: (rows: readonly DraftRow[]) => void) {
  return {
    /** Answers the key of the new row. */
    add(value = '', group: GroupPick | null = null): string {
      const key = freshKey()
      write([...rows(), { key, value, group }])
      return key
    },
    addAll(added: readonly { value: string; group: GroupPick | null }[]) {
      write([...rows(), ...added.map(row => ({ ...row, key: freshKey() }))])
    },
    replaceAll(next: readonly { value: string; group: GroupPick | null }[]) {
      const known = new Map(rows().map(row => [row.value.trim(), row.key]))
      write(next.map(row => ({ ...row, key: known.get(row.value.trim()) ?? freshKey() })))
    },
    revise(key: string, change: Partial<Omit<DraftRow, 'key'>>) {
      write(withRow(rows(), key, change))
    },
    move(key: string, step: -1 | 1) {
      write(withMove(rows(), key, step))
    },
    /** Answers how to take it back. */
    remove(key: string): () => void {
      const at = rows().findIndex(row => row.key === key)
      const row = rows()[at]
      write(rows().filter(one => one.key !== key))
      return () => {
        if (row) write(rows().toSpliced(at, 0, row))
      }
    },
  }
}

/**
 * Follows what is stored as long as nothing is edited. `theirs` is what somebody else has stored since, waiting for a
 * decision.
 */
function useDraftState(stored: () => StoredMapping | null) {
  const base = shallowRef<StoredMapping | null>(null)
  const draft = shallowRef<Draft>(nothing)
  const theirs = shallowRef<StoredMapping | null>(null)
  const before = computed(() => (base.value ? draftOf(base.value) : nothing))
  const changes = computed(() => changesOf(before.value, draft.value))
  const dirty = computed(() => changes.value.count > 0)

  function adopt(mapping: StoredMapping) {
    base.value = mapping
    draft.value = draftOf(mapping)
    theirs.value = null
  }
  /** Takes over what was saved as `sent`; what was edited since then stays, as changes of it. */
  function settle(mapping: StoredMapping, sent: Draft) {
    const since = draft.value
    adopt(mapping)
    if (since !== sent) draft.value = { ...since, rows: withStoredKeys(since.rows, sent.rows, mapping.rows) }
  }
  /** Keeps the edits, now as changes of what somebody else has stored. */
  function keepMine() {
    if (theirs.value) base.value = theirs.value
    theirs.value = null
  }
  watch(
    stored,
    now => {
      if (!now) return
      if (!dirty.value) adopt(now)
      else if (now.version === base.value?.version) base.value = now
      else theirs.value = now
    },
    { immediate: true },
  )
  function discard() {
    const latest = theirs.value ?? base.value
    if (latest) adopt(latest)
  }
  return { base, draft, theirs, changes, dirty, settle, keepMine, discard }
}

/** The draft with everything one can do to it. */
export function useDraft(stored: () => StoredMapping | null) {
  const state = useDraftState(stored)
  const { draft } = state
  const faults = computed(() => rowFaults(draft.value.rows))
  function set(change: Partial<Draft>) {
    draft.value = { ...draft.value, ...change }
  }
  const edits = useRowEdits(
    () => draft.value.rows,
    rows => {
      set({ rows })
    },
  )
  return { ...state, faults, set, ...edits }
}

export type DraftEditor = ReturnType<typeof useDraft>

// Saves the mapping: asks before it moves people, and finds a way on when the preview is stale.
import { computed, ref } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import { SaveMappingMutation } from './documents.ts'
import type { DraftRow } from './draft.ts'
import { inputOf } from './mapping-input.ts'
import type { DraftEditor } from './use-draft.ts'
import { movedBy, type PlanState } from './use-plan.ts'

const staleCode = 'group-mappings/stale-preview'

interface Parts {
  editor: DraftEditor
  plan: PlanState
  /** Reads what is stored anew. */
  reload: () => void
  /** Learns the id of the job that moves people, or null. */
  onSaved: (jobId: string | null) => void
}

/** What the server says about rows, by their keys. */
function problemsOfRows(fields: Record<string, string>, rows: readonly DraftRow[]): Map<string, string> {
  const problems = new Map<string, string>()
  for (const [path, message] of Object.entries(fields)) {
    const index = /^(?:mapping\.)?rows\.(\d+)\./u.exec(path)?.[1]
    const key = rows[Number(index)]?.key
    if (index !== undefined && key !== undefined) problems.set(key, message)
  }
  return problems
}

/** The command itself; a refusal for being out of date becomes a question of its own. */
function useSending({ editor, reload, onSaved }: Parts) {
  const { run, running, problem, clear } = useCommand(SaveMappingMutation, 'saveGroupMapping')
  const stage = ref<'rest' | 'asking' | 'stale'>('rest')

  async function send(fingerprint: string | null) {
    const sent = editor.draft.value
    const mapping = inputOf(sent)
    const version = editor.base.value?.version ?? 0
    const saved = await run({ input: { mapping, ...(fingerprint === null ? { version } : { fingerprint }) } })
    if (saved) {
      stage.value = 'rest'
      editor.settle(saved.groupMapping, sent)
      onSaved(saved.job?.id ?? null)
    } else if (problem.value?.code === staleCode) {
      stage.value = 'stale'
      reload()
    }
  }
  const rowProblems = computed(() => problemsOfRows(problem.value?.fields ?? {}, editor.draft.value.rows))
  return { stage, running, problem, rowProblems, clear, send }
}

/** `stage` is the question on screen; `goOn` and `takeTheirs` are the ways out of a refusal. */
export function useSave(parts: Parts) {
  const { editor, plan } = parts
  const { send, ...sending } = useSending(parts)
  const { stage, running, clear } = sending
  const applies = () => editor.draft.value.enabled && editor.draft.value.applyToExisting

  function close() {
    stage.value = 'rest'
  }
  async function ask(renewed: boolean) {
    const shown = await (renewed ? plan.renew() : plan.shown())
    if (!shown) close()
    else if (movedBy(shown) > 0) stage.value = 'asking'
    else await send(shown.fingerprint)
  }
  async function begin() {
    clear()
    await (applies() ? ask(false) : send(null))
  }
  async function confirm() {
    await send(plan.plan.value?.fingerprint ?? null)
  }
  async function goOn() {
    clear()
    editor.keepMine()
    if (applies()) await ask(true)
    else close()
  }
  function takeTheirs() {
    clear()
    editor.discard()
    close()
  }
  const busy = computed(() => running.value || plan.running.value)
  return { ...sending, busy, close, begin, confirm, goOn, takeTheirs }
}

export type SaveState = ReturnType<typeof useSave>

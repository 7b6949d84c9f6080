// What was changed together, newest first; read again whenever something was changed or a job is over.
import { computed, watch } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { changes } from '#web/graphql/changes.ts'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import { ChangeSetsQuery, type ChangeSetFields } from './history-documents.ts'

export type ChangeSet = ResultOf<typeof ChangeSetFields>

/** The latest thirty. */
export function useChangeSets() {
  const { data, problem, loading, again } = usePlainRead(ChangeSetsQuery, () => ({}))
  watch(changes, again)
  const changeSets = computed(() => data.value?.organization?.changeSets ?? [])
  return { changeSets, problem, loading, again }
}

/** Who did what, in a few words. */
export function titleOf(
  { kind, author }: Pick<ChangeSet, 'kind' | 'author'>,
  t: (key: string, values: { name: string }) => string,
): string {
  return t(kind === 'UNDO' ? 'mapping.history.undid' : 'mapping.history.saved', { name: author })
}

/** How many people it moved; null when it was to move nobody. */
export function peopleMoved({ job }: ChangeSet): number | null {
  const people = (job?.result as { people?: unknown } | null | undefined)?.people
  return typeof people === 'number' ? people : null
}

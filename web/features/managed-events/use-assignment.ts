// Giving a managed event to groups and people, or taking it from them, with what that would do.
import { computed } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { AssignEventMutation, UnassignEventMutation } from './commands.ts'
import { AssignmentPreviewQuery } from './documents.ts'

export interface Assignment {
  /** Global id of the managed event. */
  id: string
  take?: boolean
  groupIds: readonly string[]
  userIds: readonly string[]
}
export type AssignmentPreview = NonNullable<
  ResultOf<typeof AssignmentPreviewQuery>['organization']
>['previewManagedEventAssignment']

/** `copies` came or went; while `goesOn`, a job still gives them to the members of large groups. */
export interface Assigned {
  copies: number
  goesOn: boolean
}

/** Null, or nobody at all, previews nothing. `run` resolves to null when it was refused. */
export function useAssignment(assignment: () => Assignment | null) {
  const giving = useCommand(AssignEventMutation, 'assignManagedEvent')
  const taking = useCommand(UnassignEventMutation, 'unassignManagedEvent')
  const input = computed(() => {
    const now = assignment()
    if (!now || now.groupIds.length + now.userIds.length === 0) return null
    return { id: now.id, groupIds: [...now.groupIds], userIds: [...now.userIds] }
  })
  const read = usePlainRead(AssignmentPreviewQuery, () => {
    if (!input.value) return null
    const { id, groupIds, userIds } = input.value
    const who = { groupIds, userIds }
    return { input: assignment()?.take ? { id, unassign: who } : { id, assign: who } }
  })
  const preview = computed(() =>
    input.value ? (read.data.value?.organization?.previewManagedEventAssignment ?? null) : null,
  )
  async function run(): Promise<Assigned | null> {
    if (!input.value) return null
    if (assignment()?.take) {
      const taken = await taking.run({ input: input.value })
      return taken && { copies: taken.copies, goesOn: false }
    }
    const given = await giving.run({ input: input.value })
    return given && { copies: given.copies, goesOn: given.job !== null }
  }
  function clear() {
    giving.clear()
    taking.clear()
  }
  return {
    preview,
    loading: read.loading,
    running: computed(() => giving.running.value || taking.running.value),
    problem: computed(() => giving.problem.value ?? taking.problem.value ?? read.problem.value),
    run,
    clear,
  }
}

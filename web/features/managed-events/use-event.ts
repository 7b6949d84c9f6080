// One managed event with its sections and assignments.
import { computed } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { EventQuery } from './documents.ts'

/** The managed event with this id; null while unknown, `gone` when there is none. */
export function useEvent(id: string) {
  const { data, problem, loading, again } = useRead(EventQuery, { variables: { id } })
  const event = computed(() => {
    const node = data.value?.node
    return node?.__typename === 'ManagedEvent' ? node : null
  })
  const gone = computed(() => data.value !== undefined && event.value === null)
  return { event, gone, problem, loading, again }
}

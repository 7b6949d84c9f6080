// The managed events that whoever is signed in holds.
import { computed } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { OwnCopiesQuery } from './documents.ts'

/** The copies; empty until known. */
export function useOwnCopies() {
  const { data, problem, loading, again } = useRead(OwnCopiesQuery, { variables: {} })
  const copies = computed(() => data.value?.viewer.user?.managedEventCopies ?? [])
  return { copies, problem, loading, again }
}

// One group with what its page shows above the tabs.
import { computed } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { GroupQuery } from './documents.ts'

/** The group with this id; null while unknown, `gone` when there is none that the viewer may see. */
export function useGroup(id: string) {
  const { data, problem, loading, again } = useRead(GroupQuery, { variables: { id } })
  const group = computed(() => {
    const node = data.value?.node
    return node?.__typename === 'Group' ? node : null
  })
  const gone = computed(() => data.value !== undefined && group.value === null)
  return { group, gone, problem, loading, again }
}

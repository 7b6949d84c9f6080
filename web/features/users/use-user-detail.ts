// One person with everything the panel shows.
import { computed } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { UserDetailQuery } from './documents.ts'

/** The person with this id; null while unknown, `gone` when there is no such person. */
export function useUserDetail(id: string) {
  const { data, problem, loading, again } = useRead(UserDetailQuery, { variables: { id } })
  const user = computed(() => {
    const node = data.value?.node
    return node?.__typename === 'User' ? node : null
  })
  const gone = computed(() => data.value !== undefined && user.value === null)
  return { user, gone, problem, loading, again }
}

// The organization's API keys.
import { computed } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { ApiKeysQuery } from './documents.ts'

/** Keys that work before those that do not. */
export function useApiKeys() {
  const { data, problem, loading, again } = useRead(ApiKeysQuery, { variables: {} })
  const keys = computed(() => {
    const all = data.value?.organization?.apiKeys ?? []
    const ended = (state: string) => Number(state === 'REVOKED' || state === 'EXPIRED')
    return [...all].sort((one, two) => ended(one.state) - ended(two.state))
  })
  return { keys, problem, loading, again }
}

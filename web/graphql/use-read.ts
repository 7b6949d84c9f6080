// One query in the shape that the four states of a page need.
import { useQuery, type AnyVariables } from '@urql/vue'
import type { TypedDocumentNode } from '@urql/core'
import { computed, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { changes } from './changes.ts'
import { problemOf } from './problem.ts'

interface Settings<Variables> {
  variables: MaybeRefOrGetter<Variables>
  pause?: MaybeRefOrGetter<boolean>
}

/** Reads a query, again after each change made here. The last good data stays while a retry fails. */
export function useRead<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  settings: Settings<Variables>,
) {
  const variables = computed(() => toValue(settings.variables))
  const pause = computed(() => toValue(settings.pause ?? false))
  const result = useQuery<Data, Variables>({
    query,
    variables: variables as never,
    pause,
    requestPolicy: 'cache-and-network',
  })
  const problem = computed(() => (result.error.value ? problemOf(result.error.value) : null))
  const loading = computed(() => !result.data.value && !problem.value)

  function again() {
    result.executeQuery({ requestPolicy: 'network-only' })
  }
  watch(changes, () => {
    if (!pause.value) again()
  })

  return { data: result.data, problem, loading, fetching: result.fetching, again }
}

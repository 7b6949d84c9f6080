// One query past the cache: for large documents that are looked at once.
import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { usePlainClient } from './client.ts'
import { problemOf, type Problem } from './problem.ts'

/** Reads again whenever the variables change; the old answer is dropped at once. Null variables read nothing. */
export function usePlainRead<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: () => Variables | null,
) {
  const client = usePlainClient()
  const data = shallowRef<Data>()
  const problem = shallowRef<Problem | null>(null)
  const fetching = ref(false)
  let stop: (() => void) | undefined

  function again() {
    stop?.()
    const given = variables()
    fetching.value = given !== null
    problem.value = null
    if (given === null) return
    const stream = client.query(query, given).subscribe(result => {
      fetching.value = false
      if (result.data) data.value = result.data
      problem.value = result.error && !result.data ? problemOf(result.error) : null
    })
    stop = () => {
      stream.unsubscribe()
    }
  }
  watch(
    () => JSON.stringify(variables()),
    () => {
      data.value = undefined
      again()
    },
    { immediate: true },
  )
  onScopeDispose(() => stop?.())
  return { data, problem, loading: computed(() => fetching.value && data.value === undefined), again }
}

// The people of a preview, page by page.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { usePlainClient } from '#web/graphql/client.ts'
import { problemOf, type Problem } from '#web/graphql/problem.ts'
import { PlannedPeopleQuery, type PlannedPersonFields } from './people-documents.ts'
import type { MappingInput } from './mapping-input.ts'
import { peopleVariables, type PeopleFilters } from './people-filters.ts'

export type PlannedPerson = ResultOf<typeof PlannedPersonFields>
interface Asked {
  input: MappingInput
  filters: PeopleFilters
}

/** The pages that were read so far and where they go on; `total` is null until it is known. */
function usePages() {
  const people = shallowRef<readonly PlannedPerson[]>([])
  const total = ref<number | null>(null)
  const next = ref<string | null>(null)
  function forget() {
    people.value = []
    total.value = null
    next.value = null
  }
  return { people, total, next, forget }
}

/** Null asks nothing. A change of rows or filters begins anew. */
export function usePlannedPeople(asked: () => Asked | null) {
  const client = usePlainClient()
  const { forget, ...pages } = usePages()
  const { people, total, next } = pages
  const loading = ref(false)
  const problem = shallowRef<Problem | null>(null)
  let stop: (() => void) | undefined

  function load(after: string | null) {
    stop?.()
    const now = asked()
    if (!now) return
    loading.value = true
    const variables = { input: now.input, ...peopleVariables(now.filters), after }
    const stream = client.query(PlannedPeopleQuery, variables).subscribe(result => {
      loading.value = false
      problem.value = result.error ? problemOf(result.error) : null
      const page = result.data?.organization?.previewGroupMapping.people
      if (!page) return
      people.value = after === null ? page.nodes : [...people.value, ...page.nodes]
      total.value = page.totalCount
      next.value = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    })
    stop = () => {
      stream.unsubscribe()
    }
  }
  function again() {
    forget()
    load(null)
  }
  watch(() => JSON.stringify(asked()), again, { immediate: true })
  onScopeDispose(() => stop?.())
  function loadMore() {
    if (next.value !== null && !loading.value) load(next.value)
  }
  const known = computed(() => total.value !== null)
  return { ...pages, loading, known, problem, loadMore, again }
}

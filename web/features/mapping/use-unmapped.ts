// Values that people carry and that have no row, with a search when there are many.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { changes } from '#web/graphql/changes.ts'
import { usePlainClient } from '#web/graphql/client.ts'
import { problemOf, type Problem } from '#web/graphql/problem.ts'
import { UnmappedQuery } from './documents.ts'

type SeenList = NonNullable<ResultOf<typeof UnmappedQuery>['organization']>['groupMapping']['values']
const most = 1000

/** The last good list stays while another is on its way. */
export function useUnmapped() {
  const client = usePlainClient()
  const search = ref('')
  const first = ref(200)
  const list = shallowRef<SeenList | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let stop: (() => void) | undefined

  function again() {
    stop?.()
    const variables = { search: search.value || null, first: first.value }
    const stream = client.query(UnmappedQuery, variables).subscribe(result => {
      problem.value = result.error ? problemOf(result.error) : null
      if (result.data?.organization) list.value = result.data.organization.groupMapping.values
    })
    stop = () => {
      stream.unsubscribe()
    }
  }
  watch([search, first, changes], again, { immediate: true })
  onScopeDispose(() => stop?.())
  const values = computed(() => list.value?.values ?? [])
  const more = computed(() => (list.value ? list.value.totalCount - values.value.length : 0))
  function loadMore() {
    first.value = Math.min(most, first.value * 2)
  }
  return {
    search,
    list,
    values,
    more,
    loadMore,
    problem,
    again,
    loading: computed(() => list.value === null),
  }
}

// The activity log, page by page, and how many lines came since.
import { onScopeDispose, ref, watch } from 'vue'
import { usePlainClient } from '#web/graphql/client.ts'
import { usePages } from '#web/graphql/use-pages.ts'
import { activityFilter, type ActivityFilters } from './activity-filters.ts'
import { ActivityQuery, NewActivityQuery } from './documents.ts'

const pace = 30_000

/** How many lines are newer than `newest`; asked every half a minute while the page is looked at. */
function useNewcomers(newest: () => string | undefined, filters: () => ActivityFilters) {
  const client = usePlainClient()
  const fresh = ref(0)
  async function look() {
    const id = newest()
    if (id === undefined || document.visibilityState !== 'visible') return
    const filter = activityFilter(filters())
    const { data } = await client.query(NewActivityQuery, { newest: id, filter }).toPromise()
    const isSame = JSON.stringify(filter) === JSON.stringify(activityFilter(filters()))
    if (id === newest() && isSame) fresh.value = data?.organization?.activity.nodes.length ?? fresh.value
  }
  const timer = setInterval(() => void look(), pace)
  onScopeDispose(() => {
    clearInterval(timer)
  })
  watch([newest, filters], () => {
    fresh.value = 0
  })
  return fresh
}

/** The lines that match, newest first; `fresh` lines wait until they are asked for. */
export function useActivity(filters: () => ActivityFilters) {
  const client = usePlainClient()
  const pages = usePages({
    key: () => JSON.stringify(filters()),
    ask: page => client.query(ActivityQuery, { ...page, filter: activityFilter(filters()) }),
    pick: data => data.organization?.activity,
  })
  const fresh = useNewcomers(() => pages.rows.value[0]?.id, filters)
  return { ...pages, fresh }
}

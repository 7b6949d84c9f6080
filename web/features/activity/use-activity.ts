// The activity log, page by page.
import { usePlainClient } from '#web/graphql/client.ts'
import { usePages } from '#web/graphql/use-pages.ts'
import { activityFilter, type ActivityFilters } from './activity-filters.ts'
import { ActivityQuery } from './documents.ts'

/** The lines that match, newest first. */
export function useActivity(filters: () => ActivityFilters) {
  const client = usePlainClient()
  return usePages({
    key: () => JSON.stringify(filters()),
    ask: page => client.query(ActivityQuery, { ...page, filter: activityFilter(filters()) }),
    pick: data => data.organization?.activity,
  })
}

// The people that match the filters, through a window.
import { usePlainClient } from '#web/graphql/client.ts'
import { useWindow } from '#web/graphql/use-window.ts'
import { UserBlockQuery } from './documents.ts'
import { variablesOf, type UserFilters } from './user-filters.ts'

/** The window over the people that match `filters`; `total` is null until it is known. */
export function useUsersWindow(filters: () => UserFilters) {
  const client = usePlainClient()
  return useWindow({
    key: () => JSON.stringify(variablesOf(filters())),
    ask: block => client.query(UserBlockQuery, { ...variablesOf(filters()), ...block }),
    pick: data => data.organization?.users,
  })
}

// The groups of the organization, page by page; group admins get their own.
import { usePlainClient } from '#web/graphql/client.ts'
import { usePages } from '#web/graphql/use-pages.ts'
import { GroupsQuery } from './documents.ts'
import { groupVariables, type GroupFilters } from './group-list.ts'

/** The groups that match, in the order that `filters` asks for. */
export function useGroups(filters: () => GroupFilters) {
  const client = usePlainClient()
  return usePages({
    key: () => JSON.stringify(groupVariables(filters())),
    ask: page => client.query(GroupsQuery, { ...groupVariables(filters()), ...page }),
    pick: data => data.organization?.groups,
  })
}

// The members of a group, through a window: 100,000 of them scroll like 100.
import { usePlainClient } from '#web/graphql/client.ts'
import { useWindow } from '#web/graphql/use-window.ts'
import { GroupMembersQuery } from './documents.ts'
import type { SourceKind } from './group-row.ts'

export interface MemberFilters {
  search: string
  sources: readonly SourceKind[]
}

/** The members that match `filters`, by name. */
export function useMembers(id: string, filters: () => MemberFilters) {
  const client = usePlainClient()
  const variables = () => ({
    id,
    search: filters().search || null,
    source: filters().sources.length > 0 ? [...filters().sources] : null,
  })
  return useWindow({
    key: () => JSON.stringify(variables()),
    ask: block => client.query(GroupMembersQuery, { ...variables(), ...block }),
    pick: data => (data.node?.__typename === 'Group' ? data.node.members : null),
  })
}

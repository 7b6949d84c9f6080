// The people whom a managed event is assigned to in person, through a window.
import { usePlainClient } from '#web/graphql/client.ts'
import { useWindow } from '#web/graphql/use-window.ts'
import { AssignedPeopleQuery } from './assignee-documents.ts'

/** Those who fit the search, by name; `total` is null until it is known. */
export function useAssignedPeople(wanted: () => { id: string; search: string }) {
  const client = usePlainClient()
  const variables = () => ({ id: wanted().id, search: wanted().search || null })
  return useWindow({
    key: () => JSON.stringify(variables()),
    ask: block => client.query(AssignedPeopleQuery, { ...variables(), ...block }),
    pick: data => (data.node?.__typename === 'ManagedEvent' ? data.node.assignedPeople : null),
  })
}

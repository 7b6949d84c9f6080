// Whom a change set has moved, or whom undoing it would move, page by page.
import { usePlainClient } from '#web/graphql/client.ts'
import { usePages } from '#web/graphql/use-pages.ts'
import { ChangeSetPeopleQuery } from './history-documents.ts'

export interface ChangeSetPeopleAsked {
  /** Global id of the change set. */
  id: string
  /** What undoing would do instead of what was done. */
  undo: boolean
  search: string
}

/** Those who fit the search, by name; `total` is null until it is known. */
export function useChangeSetPeople(asked: () => ChangeSetPeopleAsked) {
  const client = usePlainClient()
  const variables = () => ({ ...asked(), search: asked().search || null })
  return usePages({
    key: () => JSON.stringify(variables()),
    ask: page => client.query(ChangeSetPeopleQuery, { ...variables(), ...page }),
    pick: data =>
      data.node?.__typename === 'ChangeSet' ? (data.node.people ?? data.node.undoPlan?.affected) : null,
  })
}

/** Where the people whom a change set has moved can be had as CSV. */
export function changeSetCsv({ id, search }: Pick<ChangeSetPeopleAsked, 'id' | 'search'>): string {
  const query = new URLSearchParams({ id, ...(search === '' ? {} : { search }) })
  return `/exports/change-set.csv?${query.toString()}`
}

// The OAuth clients of the organization: those that may call, and those that were revoked.
import { computed, watch } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { ClientsQuery } from './documents.ts'

type Organization = NonNullable<ResultOf<typeof ClientsQuery>['organization']>
export type Client = Organization['oauthClients']['nodes'][number]
export type Secret = Client['secrets'][number]

/** Reads the clients again whenever `heardAt` (the last call of the identity provider) changes. */
export function useClients(heardAt: () => string | null) {
  const { data, problem, loading, again } = useRead(ClientsQuery, { variables: {} })
  const all = computed(() => data.value?.organization?.oauthClients.nodes ?? [])
  const live = computed(() => all.value.filter(client => client.state !== 'REVOKED'))
  const past = computed(() => all.value.filter(client => client.state === 'REVOKED'))
  watch(heardAt, again)
  return { live, past, problem, loading, again }
}

// Single sign-on of the organization, as the page needs it.
import { computed } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { SsoQuery } from './documents.ts'

export type SsoOrganization = NonNullable<ResultOf<typeof SsoQuery>['organization']>
export type Sso = SsoOrganization['sso']
export type Certificate = Sso['certificates'][number]

/** Reads it; `organization` is null until it is there. */
export function useSso() {
  const { data, problem, loading, again } = useRead(SsoQuery, { variables: {} })
  const organization = computed(() => data.value?.organization ?? null)
  return { organization, problem, loading, again }
}

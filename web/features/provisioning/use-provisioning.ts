// The organization's provisioning settings, as the page needs them.
import { computed } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { ProvisioningQuery } from './documents.ts'

export type ProvisioningOrganization = NonNullable<ResultOf<typeof ProvisioningQuery>['organization']>
export type ProvisioningSettings = ProvisioningOrganization['provisioning']

/** Reads the settings; `organization` is null until they are there. */
export function useProvisioning() {
  const { data, problem, loading, again } = useRead(ProvisioningQuery, { variables: {} })
  const organization = computed(() => data.value?.organization ?? null)
  return { organization, problem, loading, again }
}

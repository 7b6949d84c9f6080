// Who is signed in and what they may do.
import { computed } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { ViewerQuery } from './documents.ts'

const nothing = {
  manageProvisioning: false,
  manageUsers: false,
  manageApiKeys: false,
  readProvisioningLog: false,
  restoreUsers: false,
  readMappings: false,
  manageMappings: false,
}

/** The signed-in person, their organization and permissions; permissions are all false until known. */
export function useSession() {
  const { data, problem, loading, again } = useRead(ViewerQuery, { variables: {} })
  const person = computed(() => data.value?.viewer.user ?? null)
  const organization = computed(() => data.value?.viewer.organization ?? null)
  const permissions = computed(() => data.value?.viewer.permissions ?? nothing)
  return { person, organization, permissions, problem, loading, again }
}

// Who is signed in and what they may do.
import { computed } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { ViewerQuery } from './documents.ts'

const nothing = {
  manageSso: false,
  manageProvisioning: false,
  manageUsers: false,
  manageApiKeys: false,
  readProvisioningLog: false,
  restoreUsers: false,
  readActivity: false,
  readNotices: false,
  readMappings: false,
  manageMappings: false,
  readGroups: false,
  manageGroups: false,
  readManagedEvents: false,
  manageManagedEvents: false,
}
const nothingPaid = { groups: false, managedEvents: false, managedEventLocks: false, activityLog: false }

/** The signed-in person, their organization, permissions and plan; all of these are false until known. */
export function useSession() {
  const { data, problem, loading, again } = useRead(ViewerQuery, { variables: {} })
  const person = computed(() => data.value?.viewer.user ?? null)
  const organization = computed(() => data.value?.viewer.organization ?? null)
  const contact = computed(() => data.value?.viewer.contact ?? null)
  const permissions = computed(() => data.value?.viewer.permissions ?? nothing)
  const entitlements = computed(() => organization.value?.entitlements ?? nothingPaid)
  return { person, organization, contact, permissions, entitlements, problem, loading, again }
}

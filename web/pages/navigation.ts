// Which pages the navigation offers to whom.
import type { NavigationGroup } from '#web/ui/navigation.ts'

interface Permissions {
  manageProvisioning: boolean
  manageApiKeys: boolean
  readProvisioningLog: boolean
  readMappings: boolean
  manageUsers: boolean
  readGroups: boolean
  readManagedEvents: boolean
}

/** The groups of the side bar; pages a person may not open are left out. */
export function navigation(may: Permissions, t: (key: string) => string): NavigationGroup[] {
  const item = (page: string, to: string, icon: string) => ({ label: t(`general.titles.${page}`), to, icon })
  const groups: NavigationGroup[] = [
    {
      items: [
        may.readProvisioningLog
          ? item('overview', '/', 'i-lucide-layout-dashboard')
          : item('profile', '/profile', 'i-lucide-circle-user-round'),
      ],
    },
    {
      label: t('general.navigation.people'),
      items: [
        ...(may.manageUsers ? [item('users', '/users', 'i-lucide-users')] : []),
        ...(may.readGroups ? [item('groups', '/groups', 'i-lucide-users-round')] : []),
        ...(may.readMappings ? [item('mapping', '/mapping', 'i-lucide-arrow-left-right')] : []),
        ...(may.readManagedEvents
          ? [item('managedEvents', '/managed-events', 'i-lucide-calendar-check')]
          : []),
      ],
    },
    {
      label: t('general.navigation.monitor'),
      items: may.readProvisioningLog
        ? [item('live', '/live', 'i-lucide-activity'), item('log', '/log', 'i-lucide-scroll-text')]
        : [],
    },
    { label: t('general.navigation.settings'), items: settings(may, t) },
  ]
  return groups.filter(group => group.items.length > 0)
}

function settings(may: Permissions, t: (key: string) => string): NavigationGroup['items'] {
  const login = { label: t('general.navigation.login'), to: '/login/provisioning', icon: 'i-lucide-log-in' }
  const keys = { label: t('general.titles.apiKeys'), to: '/api-keys', icon: 'i-lucide-key-round' }
  return [...(may.manageProvisioning ? [login] : []), ...(may.manageApiKeys ? [keys] : [])]
}

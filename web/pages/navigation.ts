// Which pages the navigation offers to whom.
import type { NavigationGroup } from '#web/ui/navigation.ts'

interface Permissions {
  manageSso: boolean
  manageProvisioning: boolean
  manageApiKeys: boolean
  readProvisioningLog: boolean
  readMappings: boolean
  manageUsers: boolean
  readGroups: boolean
  readManagedEvents: boolean
  readActivity: boolean
}

type Page = [may: boolean, page: string, to: string, icon: string]

/** What follows on G, and the page it leads to. */
export const pageKeys: Readonly<Record<string, string>> = {
  o: '/',
  u: '/users',
  r: '/groups',
  m: '/mapping',
  e: '/managed-events',
  l: '/live',
  p: '/log',
  a: '/activity',
  i: '/login/single-sign-on',
  s: '/login/provisioning',
  k: '/api-keys',
  b: '/billing',
  y: '/profile',
}

/** The keys of the pages that stand in the side bar, and of one's own. */
export function keysOf(groups: readonly NavigationGroup[]): [key: string, to: string][] {
  const offered = groups.flatMap(({ items }) => items.map(({ to }) => to))
  return Object.entries(pageKeys).filter(([, to]) => to === '/profile' || offered.includes(to))
}

/** The groups of the side bar; pages a person may not open are left out. */
export function navigation(may: Permissions, t: (key: string) => string): NavigationGroup[] {
  const group = (name: string, pages: Page[]): NavigationGroup => ({
    ...(name === '' ? {} : { label: t(`general.navigation.${name}`) }),
    items: pages
      .filter(([allowed]) => allowed)
      .map(([, page, to, icon]) => ({ label: t(`general.titles.${page}`), to, icon })),
  })
  const groups = [
    group('', [
      [may.readProvisioningLog, 'overview', '/', 'i-lucide-layout-dashboard'],
      [!may.readProvisioningLog, 'profile', '/profile', 'i-lucide-circle-user-round'],
    ]),
    group('people', [
      [may.manageUsers, 'users', '/users', 'i-lucide-users'],
      [may.readGroups, 'groups', '/groups', 'i-lucide-users-round'],
      [may.readMappings, 'mapping', '/mapping', 'i-lucide-arrow-left-right'],
      [may.readManagedEvents, 'managedEvents', '/managed-events', 'i-lucide-calendar-check'],
    ]),
    group('monitor', [
      [may.readProvisioningLog, 'live', '/live', 'i-lucide-activity'],
      [may.readProvisioningLog, 'log', '/log', 'i-lucide-scroll-text'],
    ]),
    group('login', [
      [may.manageSso, 'sso', '/login/single-sign-on', 'i-lucide-log-in'],
      [may.manageProvisioning, 'provisioning', '/login/provisioning', 'i-lucide-user-round-plus'],
    ]),
    group('security', [[may.readActivity, 'activity', '/activity', 'i-lucide-history']]),
    group('settings', [
      [may.manageApiKeys, 'apiKeys', '/api-keys', 'i-lucide-key-round'],
      [may.manageUsers, 'billing', '/billing', 'i-lucide-credit-card'],
    ]),
  ]
  return groups.filter(({ items }) => items.length > 0)
}

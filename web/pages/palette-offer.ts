// What the palette offers to whom: the pages of the navigation, and the actions that are allowed.
import type { PaletteEntry } from '#web/features/palette/palette-entry.ts'
import type { NavigationGroup } from '#web/ui/navigation.ts'

interface Rights {
  manageUsers: boolean
  manageGroups: boolean
  manageManagedEvents: boolean
  manageMappings: boolean
  manageProvisioning: boolean
  manageApiKeys: boolean
}
interface Plan {
  groups: boolean
  managedEvents: boolean
}
type Action = [may: boolean, name: string, icon: string, to: string]

/** The pages with the heading they stand under as their hint. */
export function pageEntries(groups: readonly NavigationGroup[]): PaletteEntry[] {
  return groups.flatMap(({ label: hint, items }) =>
    items.map(({ label, to, icon }) => ({
      id: `page:${to}`,
      kind: 'page' as const,
      label,
      icon,
      to,
      ...(hint ? { hint } : {}),
    })),
  )
}

/** What this person may do; `send` leaves an errand for the page that is gone to. */
export function actionEntries(
  { may, plan }: { may: Rights; plan: Plan },
  words: (key: string) => string,
  send: (errand: string) => void,
): PaletteEntry[] {
  const actions: Action[] = [
    [may.manageUsers, 'invite', 'i-lucide-user-plus', '/users'],
    [may.manageGroups && plan.groups, 'newGroup', 'i-lucide-plus', '/groups'],
    [may.manageMappings && plan.groups, 'newRow', 'i-lucide-list-plus', '/mapping'],
    [
      may.manageManagedEvents && plan.managedEvents,
      'newEvent',
      'i-lucide-calendar-plus',
      '/managed-events/new',
    ],
    [may.manageProvisioning, 'newToken', 'i-lucide-key-square', '/login/provisioning'],
    [may.manageProvisioning, 'test', 'i-lucide-plug-zap', '/login/provisioning'],
    [may.manageApiKeys, 'newKey', 'i-lucide-key-round', '/api-keys'],
  ]
  return actions
    .filter(([allowed]) => allowed)
    .map(([, name, icon, to]) => ({
      id: `action:${name}`,
      kind: 'action',
      label: words(`palette.actions.${name}`),
      icon,
      to,
      run: () => {
        send(name)
      },
    }))
}

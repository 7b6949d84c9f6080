// What can be done with chosen people, by where they are in their life cycle, and why not.
export type PeopleAction = 'join' | 'role' | 'event' | 'again' | 'copy' | 'export'

export interface Allowed {
  manageUsers: boolean
  manageGroups: boolean
  manageEvents: boolean
  /** What the plan contains. */
  groups: boolean
  managedEvents: boolean
}

export const peopleIcons: Record<PeopleAction, string> = {
  join: 'i-lucide-users',
  role: 'i-lucide-shield',
  event: 'i-lucide-calendar-check',
  again: 'i-lucide-send',
  copy: 'i-lucide-at-sign',
  export: 'i-lucide-download',
}

function reasonAgainst(action: PeopleAction, may: Allowed): string | undefined {
  if (action === 'join') {
    if (!may.groups) return 'selection.reasons.groups'
    return may.manageGroups ? undefined : 'selection.reasons.admins'
  }
  if (action === 'event') {
    if (!may.managedEvents) return 'selection.reasons.events'
    return may.manageEvents ? undefined : 'selection.reasons.admins'
  }
  return may.manageUsers ? undefined : 'selection.reasons.admins'
}

/** Nothing is done to those who are deleted; only who is pending has an invitation. */
export function peopleActions(tab: string, may: Allowed): { action: PeopleAction; reason?: string }[] {
  const changes: PeopleAction[] =
    tab === 'pending' ? ['again', 'join', 'role', 'event'] : ['join', 'role', 'event']
  const offered: PeopleAction[] = [...(tab === 'deleted' ? [] : changes), 'copy', 'export']
  return offered.map(action => {
    const reason = reasonAgainst(action, may)
    return reason === undefined ? { action } : { action, reason }
  })
}

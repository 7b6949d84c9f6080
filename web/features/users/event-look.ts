// The icon and colour of what happened to a person.
import type { Tone } from '#web/ui/tone.ts'

const looks: Record<string, { icon: string; tone: Tone }> = {
  'user.created': { icon: 'i-lucide-user-plus', tone: 'success' },
  'user.invited': { icon: 'i-lucide-send', tone: 'info' },
  'user.updated': { icon: 'i-lucide-pencil', tone: 'idle' },
  'user.linked': { icon: 'i-lucide-link', tone: 'info' },
  'user.activated': { icon: 'i-lucide-log-in', tone: 'success' },
  'user.deactivated': { icon: 'i-lucide-user-minus', tone: 'warning' },
  'user.reactivated': { icon: 'i-lucide-user-check', tone: 'success' },
  'user.deleted': { icon: 'i-lucide-trash-2', tone: 'error' },
  'user.restored': { icon: 'i-lucide-undo-2', tone: 'success' },
  'user.purged': { icon: 'i-lucide-eraser', tone: 'error' },
  'user.role_changed': { icon: 'i-lucide-shield', tone: 'info' },
  'group.member_added': { icon: 'i-lucide-log-in', tone: 'success' },
  'group.member_removed': { icon: 'i-lucide-log-out', tone: 'warning' },
}

/** An unknown kind of event looks neutral. */
export function eventLook(type: string): { icon: string; tone: Tone } {
  return looks[type] ?? { icon: 'i-lucide-circle-dot', tone: 'idle' }
}

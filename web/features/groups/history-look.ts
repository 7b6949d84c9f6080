// The icon and colour of what happened to a group.
import type { Tone } from '#web/ui/tone.ts'

const looks: Record<string, { icon: string; tone: Tone }> = {
  'group.created': { icon: 'i-lucide-plus', tone: 'success' },
  'group.updated': { icon: 'i-lucide-pencil', tone: 'idle' },
  'group.member_added': { icon: 'i-lucide-user-plus', tone: 'success' },
  'group.member_removed': { icon: 'i-lucide-user-minus', tone: 'warning' },
}

/** An unknown kind of event looks neutral. */
export function historyLook(type: string): { icon: string; tone: Tone } {
  return looks[type] ?? { icon: 'i-lucide-circle-dot', tone: 'idle' }
}

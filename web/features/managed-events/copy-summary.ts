// One line about somebody's copy of a managed event.
import { sectionKeys, type EventCopy } from './event-form.ts'

type Say = (key: string, named: Record<string, string | number>, plural: number) => string

/** Through what it is held, and how many of its sections are locked. */
export function copySummary(copy: EventCopy, t: Say): { through: string; locks: string; icon: string } {
  const own = copy.assignedInPerson ? [t('managed-events.inPerson', {}, 1)] : []
  const locked = sectionKeys.filter(key => copy.sections[key].locked).length
  return {
    through: [...copy.heldThrough, ...own].join(', '),
    locks: t('managed-events.lockedCount', { count: locked }, locked),
    icon: locked > 0 ? 'i-lucide-lock' : 'i-lucide-lock-open',
  }
}

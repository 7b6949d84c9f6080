// What giving a managed event, or taking it, did, in words.
import { wholeNumber } from '#web/lib/format.ts'
import type { Assigned } from './use-assignment.ts'

type Translate = (key: string, values: Record<string, unknown>, plural: number) => string

export function assignedWords({ copies, goesOn }: Assigned, t: Translate): string {
  const key = goesOn ? 'managed-events.assigning' : 'managed-events.assigned'
  return t(key, { count: wholeNumber(copies) }, copies)
}

export function takenWords({ copies }: Assigned, t: Translate): string {
  return t('managed-events.unassigned', { count: wholeNumber(copies) }, copies)
}

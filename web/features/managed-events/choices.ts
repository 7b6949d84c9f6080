// What can be chosen in the editor.
import { minutesText } from '#web/lib/format.ts'

export const colours = [
  '#0069ff',
  '#7c3aed',
  '#c026d3',
  '#e11d48',
  '#d97706',
  '#15803d',
  '#0f766e',
  '#475569',
] as const
export const kinds = ['ONE_ON_ONE', 'GROUP'] as const
export const places = ['VIDEO', 'PHONE', 'IN_PERSON', 'ASK_INVITEE', 'CUSTOM'] as const
export const questionKinds = ['LINE', 'TEXT', 'PHONE', 'ONE_OF', 'SEVERAL_OF'] as const
export const channels = ['EMAIL', 'SMS'] as const

export const reminderTimes = [5, 15, 30, 60, 120, 1440, 2880, 10_080] as const
export const noticeTimes = [0, 60, 120, 240, 1440, 2880, 10_080] as const
export const bufferTimes = [0, 5, 10, 15, 30, 60] as const

/** Items for a select; what is set stays among them even when it is no usual choice. */
export function minuteItems(choices: readonly number[], set: number, none: string) {
  const all = choices.includes(set) ? [...choices] : [...choices, set].sort((one, two) => one - two)
  return all.map(value => ({ value, label: value === 0 ? none : minutesText(value) }))
}

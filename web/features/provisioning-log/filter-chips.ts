// The filters of feed and log as chips that read as phrases.
import type { LogFilters } from './log-filters.ts'

export interface Chip {
  key: string
  name: string
  value: string
  /** The values of the address without this filter. */
  without: Record<string, string | string[]>
}
interface Words {
  t: (key: string) => string
  person: string
  time: (text: string) => string
}

/** One chip per value, in a fixed order. */
export function chipsOf(filters: LogFilters, words: Words): Chip[] {
  const { t } = words
  const list = (name: string, values: readonly string[], label: (value: string) => string): Chip[] =>
    values.map(value => ({
      key: `${name}-${value}`,
      name: t(`provisioning-log.chips.${name}`),
      value: label(value),
      without: { [name]: values.filter(one => one !== value) },
    }))
  const one = (name: string, value: string, label: () => string): Chip[] =>
    value
      ? [{ key: name, name: t(`provisioning-log.chips.${name}`), value: label(), without: { [name]: '' } }]
      : []
  return [
    ...list('type', filters.types, value => t(`provisioning-log.types.${value.replace('.', '_')}`)),
    ...list('outcome', filters.outcomes, value => t(`provisioning-log.outcomeFilter.${value}`)),
    ...list('method', filters.methods, value => value),
    ...list('status', filters.statuses, value => value),
    ...one('person', filters.person, () => words.person),
    ...one('from', filters.from, () => words.time(filters.from)),
    ...one('to', filters.to, () => words.time(filters.to)),
  ]
}

// How times, numbers and durations read in the language that is spoken, only through Intl.
import { language } from './language.ts'

/** The console's English has its dates in the order of most countries. */
const dated = (locale: string) => (locale === 'en' ? 'en-GB' : locale)

const day = 86_400_000
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', day],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/**
 * "42 sec. ago" for times within seven days of `now`, else the date.
 * Both times are milliseconds since 1970.
 */
export function relativeTime(time: number, now: number, locale: string = language.value): string {
  const distance = time - now
  if (Math.abs(distance) > 7 * day) return shortDate(time, locale)
  if (Math.abs(distance) < 1500)
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')
  const [unit, size] = units.find(([, size]) => Math.abs(distance) >= size) ?? ['second', 1000]
  const amount = Math.trunc(distance / size)
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' }).format(amount, unit)
}

/** "21 Nov 2026", in the reader's zone. */
export function shortDate(time: number, locale: string = language.value): string {
  return new Intl.DateTimeFormat(dated(locale), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(time)
}

/** "21 Nov 2026, 18:04:11 GMT+1": what a tooltip says about a relative time. */
export function fullTime(time: number, locale: string = language.value): string {
  return new Intl.DateTimeFormat(dated(locale), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(time)
}

/** "21 Nov 2026, 18:04:11", in the reader's zone: for lines of a log. */
export function dateTime(time: number, locale: string = language.value): string {
  return new Intl.DateTimeFormat(dated(locale), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(time)
}

/** "18:04:11.204", in the reader's zone or in UTC: for log lines. */
export function clockTime(time: number, zone: 'local' | 'utc'): string {
  return new Intl.DateTimeFormat(dated(language.value), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  }).format(time)
}

/** "18:04", in the reader's zone. */
export function timeOfDay(time: number): string {
  return new Intl.DateTimeFormat(dated(language.value), { hour: '2-digit', minute: '2-digit' }).format(time)
}

/** "21 Nov", in the reader's zone or in UTC: the day of a log line that is not from today. */
export function dayOfTime(time: number, zone: 'local' | 'utc'): string {
  return new Intl.DateTimeFormat(dated(language.value), {
    day: 'numeric',
    month: 'short',
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  }).format(time)
}

/** "96,749". */
export function wholeNumber(value: number, locale: string = language.value): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value)
}

/** "1.2K": for badges where room is short. */
export function shortNumber(value: number, locale: string = language.value): string {
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

/** "99.2 %" of a share from 0 to 1. Never rounds up to 100 % while something failed. */
export function percent(share: number, locale: string = language.value): string {
  const shown = share < 1 && share > 0.999 ? 0.999 : share
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(shown * 100)} %`
}

/** "38 ms" below a second, "1.2 s" above. */
export function duration(milliseconds: number, locale: string = language.value): string {
  const fixed = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
      value,
    )
  if (milliseconds < 9.95) return `${fixed(milliseconds, 1)} ms`
  if (milliseconds < 1000) return `${fixed(milliseconds, 0)} ms`
  return `${fixed(milliseconds / 1000, 1)} s`
}

/** "AB" of "Ada Byron": at most two capitals, "?" when there is nothing to take. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s.@_-]+/u)
    .filter(Boolean)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  return picked.map(word => String.fromCodePoint(word?.codePointAt(0) ?? 63).toUpperCase()).join('') || '?'
}

const minuteUnits = [
  ['day', 1440],
  ['hour', 60],
] as const

/** "45 min", "2 hours", "1 day": the largest unit that leaves no rest. */
export function minutesText(minutes: number, locale: string = language.value): string {
  const [unit, size] = minuteUnits.find(([, each]) => minutes >= each && minutes % each === 0) ?? [
    'minute',
    1,
  ]
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'minute' ? 'short' : 'long',
  }).format(minutes / size)
}

/** "Sales, Support and Finance"; "" for an empty list. */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(parts)
}

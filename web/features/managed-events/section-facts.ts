// What a section says, as names and values to read.
import { minutesText } from '#web/lib/format.ts'
import type { EventForm, SectionKey } from './event-form.ts'

interface Fact {
  name: string
  value: string
  mono?: boolean
}
type Say = (key: string, named?: Record<string, string | number>) => string

const readers: Record<SectionKey, (form: EventForm, t: Say) => Fact[]> = {
  details: ({ details }, t) => [
    { name: t('managed-events.name'), value: details.name },
    { name: t('managed-events.duration'), value: minutesText(details.durationMinutes) },
    { name: t('managed-events.kind'), value: t(`managed-events.kinds.${details.kind}`) },
    { name: t('managed-events.capacity'), value: details.capacity === null ? '' : String(details.capacity) },
    { name: t('managed-events.description'), value: details.description },
  ],
  location: ({ location }, t) => [
    { name: t('managed-events.place'), value: t(`managed-events.places.${location.kind}`) },
    { name: t(`managed-events.placeDetails.${location.kind}`), value: location.detail },
  ],
  questions: ({ questions }, t) =>
    questions.map((question, index) => ({
      name: t('managed-events.questionNumber', { number: index + 1 }),
      value: [question.label, ...(question.options.length > 0 ? [question.options.join(', ')] : [])].join(
        ': ',
      ),
    })),
  notifications: ({ notifications }, t) => [
    ...notifications.reminders.map(({ channel, minutesBefore }) => ({
      name: t(`managed-events.channels.${channel}`),
      value: t('managed-events.before', { time: minutesText(minutesBefore) }),
    })),
    { name: t('managed-events.policy'), value: notifications.cancellationPolicy },
  ],
  booking: ({ booking }, t) => {
    const time = (minutes: number) => (minutes === 0 ? t('managed-events.none') : minutesText(minutes))
    return [
      { name: t('managed-events.slug'), value: booking.slug, mono: true },
      { name: t('managed-events.notice'), value: time(booking.minimumNoticeMinutes) },
      { name: t('managed-events.ahead'), value: t('managed-events.dayCount', { count: booking.daysAhead }) },
      { name: t('managed-events.bufferBefore'), value: time(booking.bufferBeforeMinutes) },
      { name: t('managed-events.bufferAfter'), value: time(booking.bufferAfterMinutes) },
    ]
  },
}

/** The facts of one section; what is empty is left out. */
export function factsOf(form: EventForm, section: SectionKey, t: Say): Fact[] {
  return readers[section](form, t).filter(fact => fact.value !== '')
}

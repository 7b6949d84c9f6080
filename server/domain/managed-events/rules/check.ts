// What a section may contain.
import type { InvalidField } from '#server/domain/error.ts'
import type { Booking, Contents, Details, Notifications, Question } from './section.ts'

const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const colourForm = /^#[0-9a-f]{6}$/

/** A name as the last part of an address: `Intro call` becomes `intro-call`; empty when nothing is left. */
export function slugFrom(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
}

/** True for 1 to 60 lower-case letters, digits and single hyphens. */
export function isSlug(text: string): boolean {
  return text.length <= 60 && slugForm.test(text)
}

/** Everything that is wrong, with paths such as `booking.slug`; empty when nothing is. */
export function faultsOf(contents: Partial<Contents>): InvalidField[] {
  const { details, location, questions, notifications, booking } = contents
  return [
    ...(details === undefined ? [] : faultsOfDetails(details)),
    ...(location === undefined ? [] : longer('location.detail', location.detail, 1_000)),
    ...(questions === undefined ? [] : faultsOfQuestions(questions.list)),
    ...(notifications === undefined ? [] : faultsOfNotifications(notifications)),
    ...(booking === undefined ? [] : faultsOfBooking(booking)),
  ]
}

function faultsOfDetails(details: Details): InvalidField[] {
  const { name, durationMinutes, colour, description, capacity, kind } = details
  const most = capacity ?? 2
  return [
    ...when(name.trim() === '' || name.length > 100, 'details.name', 'Give a name of 1 to 100 characters.'),
    ...outside('details.durationMinutes', durationMinutes, { from: 1, to: 1_440, unit: 'minutes' }),
    ...when(!colourForm.test(colour), 'details.colour', 'Give the colour as # and six digits 0-9, a-f.'),
    ...longer('details.description', description, 5_000),
    ...outside('details.capacity', most, { from: 2, to: 10_000, unit: 'invitees' }),
    ...when(
      capacity !== null && kind !== 'group',
      'details.capacity',
      'Only group meetings have a capacity. Leave it out, or choose the kind group.',
    ),
  ]
}

function faultsOfQuestions(list: readonly Question[]): InvalidField[] {
  return [
    ...when(list.length > 20, 'questions', 'Ask 20 questions at most.'),
    ...list.flatMap(({ label, kind, options }, index) => {
      const path = `questions.${String(index)}`
      const choice = kind === 'one-of' || kind === 'several-of'
      const wrong = choice ? options.length < 1 || options.length > 50 : options.length > 0
      const message = choice
        ? 'Give 1 to 50 answers to choose from.'
        : 'This kind has no answers to choose from.'
      return [
        ...when(label.trim() === '' || label.length > 500, path, 'Write a question of 1 to 500 characters.'),
        ...when(wrong, path, message),
        ...options.flatMap(option => longer(path, option, 200)),
      ]
    }),
  ]
}

function faultsOfNotifications({ reminders, cancellationPolicy }: Notifications): InvalidField[] {
  const path = 'notifications.reminders'
  return [
    ...when(reminders.length > 5, path, 'Send 5 reminders at most.'),
    ...reminders.flatMap(({ minutesBefore }) =>
      outside(path, minutesBefore, { from: 5, to: 43_200, unit: 'minutes before' }),
    ),
    ...longer('notifications.cancellationPolicy', cancellationPolicy, 5_000),
  ]
}

function faultsOfBooking(booking: Booking): InvalidField[] {
  const message = 'Use 1 to 60 lower-case letters and digits, with single hyphens between them.'
  return [
    ...when(!isSlug(booking.slug), 'booking.slug', message),
    ...outside('booking.minimumNoticeMinutes', booking.minimumNoticeMinutes, {
      from: 0,
      to: 525_600,
      unit: 'minutes',
    }),
    ...outside('booking.daysAhead', booking.daysAhead, { from: 1, to: 730, unit: 'days' }),
    ...outside('booking.bufferBeforeMinutes', booking.bufferBeforeMinutes, {
      from: 0,
      to: 720,
      unit: 'minutes',
    }),
    ...outside('booking.bufferAfterMinutes', booking.bufferAfterMinutes, {
      from: 0,
      to: 720,
      unit: 'minutes',
    }),
  ]
}

function when(wrong: boolean, path: string, message: string): InvalidField[] {
  return wrong ? [{ path, message }] : []
}

function longer(path: string, text: string, most: number): InvalidField[] {
  return when(text.length > most, path, `Write ${String(most)} characters at most.`)
}

function outside(
  path: string,
  value: number,
  range: { from: number; to: number; unit: string },
): InvalidField[] {
  const { from, to, unit } = range
  const fits = Number.isInteger(value) && value >= from && value <= to
  return when(!fits, path, `Choose ${String(from)} to ${String(to)} ${unit}.`)
}

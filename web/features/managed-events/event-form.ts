// What a managed event says, as a form: read from the server, changed by hand, sent back as far as it changed.
import type { ResultOf, VariablesOf } from '#web/graphql/graphql.ts'
import type { UpdateEventMutation } from './commands.ts'
import type { CopyFields, EventQuery, EventRowFields, SectionFields } from './documents.ts'

export type EventRow = ResultOf<typeof EventRowFields>
export type ManagedEvent = Extract<
  NonNullable<ResultOf<typeof EventQuery>['node']>,
  { __typename: 'ManagedEvent' }
>
export type Sections = ResultOf<typeof SectionFields>
export type EventCopy = ResultOf<typeof CopyFields>
type UpdateInput = VariablesOf<typeof UpdateEventMutation>['input']
export type SectionsInput = NonNullable<UpdateInput['sections']>
export type SectionName = NonNullable<UpdateInput['editable']>[number]

export type DetailsForm = Sections['details']['content']
export type LocationForm = Sections['location']['content']
export type QuestionForm = Sections['questions']['content']['list'][number]
export type NotificationsForm = Sections['notifications']['content']
export type BookingForm = Sections['booking']['content']
export interface EventForm {
  details: DetailsForm
  location: LocationForm
  questions: QuestionForm[]
  notifications: NotificationsForm
  booking: BookingForm
}
export type SectionKey = keyof EventForm

/** In the order of the editor. */
export const sectionKeys = [
  'details',
  'location',
  'questions',
  'notifications',
  'booking',
] as const satisfies readonly SectionKey[]

export const sectionNames: Record<SectionKey, SectionName> = {
  details: 'DETAILS',
  location: 'LOCATION',
  questions: 'QUESTIONS',
  notifications: 'NOTIFICATIONS',
  booking: 'BOOKING',
}

/** A copy of one's own of what the server sent; without the names of types, which no input takes. */
export function withoutTypes<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === '__typename' ? undefined : inner)),
  ) as Value
}

/** The form that shows these sections. */
export function formOf(sections: Sections): EventForm {
  const { details, location, questions, notifications, booking } = sections
  return withoutTypes({
    details: details.content,
    location: location.content,
    questions: questions.content.list,
    notifications: notifications.content,
    booking: booking.content,
  })
}

/** A field that was emptied, as a number that the server refuses with a reason. */
const numberIn = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** A form as input: numbers that were emptied, a limit that only group meetings have, options only where they count. */
export function inputOf(form: EventForm) {
  const { details, booking } = form
  const limited = details.kind === 'GROUP' && typeof details.capacity === 'number'
  return {
    details: {
      ...details,
      name: details.name.trim(),
      durationMinutes: numberIn(details.durationMinutes),
      capacity: limited ? details.capacity : null,
    },
    location: form.location,
    questions: form.questions.map(question => ({
      ...question,
      label: question.label.trim(),
      options: hasOptions(question.kind)
        ? question.options.map(option => option.trim()).filter(option => option !== '')
        : [],
    })),
    notifications: form.notifications,
    booking: { ...booking, slug: booking.slug.trim(), daysAhead: numberIn(booking.daysAhead) },
  }
}

/** A new one: without an address the server makes it from the name. */
export function inputOfNew(form: EventForm): SectionsInput {
  const input = inputOf(form)
  const { slug, ...booking } = input.booking
  return { ...input, booking: slug ? { ...booking, slug } : booking }
}

/** Only the sections that differ from what was there before. */
export function changedSections(before: EventForm, now: EventForm): SectionsInput {
  const [old, fresh] = [inputOf(before), inputOf(now)]
  const changed = sectionKeys.filter(key => JSON.stringify(old[key]) !== JSON.stringify(fresh[key]))
  return Object.fromEntries(changed.map(key => [key, fresh[key]]))
}

/** Kinds of questions that are answered by choosing. */
export function hasOptions(kind: QuestionForm['kind']): boolean {
  return kind === 'ONE_OF' || kind === 'SEVERAL_OF'
}

/** "Intro call!" becomes "intro-call": the address that the server would make, shown before it does. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 60)
}

/** The messages of one section: "details.name" becomes "name" for `details`. */
export function faultsIn(fields: Record<string, string>, key: SectionKey): Record<string, string> {
  const start = new RegExp(`^(?:sections\\.)?${key}(?:\\.|$)`, 'u')
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([path]) => start.test(path))
      .map(([path, message]) => [path.replace(start, ''), message]),
  )
}

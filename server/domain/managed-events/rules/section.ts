// What a managed event says, section by section.

export const sections = ['details', 'location', 'questions', 'notifications', 'booking'] as const
export type Section = (typeof sections)[number]

export const eventKinds = ['one-on-one', 'group'] as const
export type EventKind = (typeof eventKinds)[number]

export interface Details {
  readonly name: string
  readonly durationMinutes: number
  readonly kind: EventKind
  /** `#rrggbb`. */
  readonly colour: string
  readonly description: string
  /** Invitees at most, for the kind group. */
  readonly capacity: number | null
}

export const locationKinds = ['video', 'phone', 'in-person', 'ask-invitee', 'custom'] as const
export type LocationKind = (typeof locationKinds)[number]

export interface Location {
  readonly kind: LocationKind
  /** A link, a number, an address. */
  readonly detail: string
}

export const questionKinds = ['line', 'text', 'phone', 'one-of', 'several-of'] as const
export type QuestionKind = (typeof questionKinds)[number]

export interface Question {
  readonly label: string
  readonly kind: QuestionKind
  readonly required: boolean
  readonly options: readonly string[]
}

export const reminderChannels = ['email', 'sms'] as const
export type ReminderChannel = (typeof reminderChannels)[number]

export interface Reminder {
  readonly minutesBefore: number
  readonly channel: ReminderChannel
}

export interface Notifications {
  readonly reminders: readonly Reminder[]
  readonly cancellationPolicy: string
}

export interface Booking {
  /** Last part of the address where the meeting is booked. */
  readonly slug: string
  readonly minimumNoticeMinutes: number
  readonly daysAhead: number
  readonly bufferBeforeMinutes: number
  readonly bufferAfterMinutes: number
}

export interface Contents {
  readonly details: Details
  readonly location: Location
  readonly questions: { readonly list: readonly Question[] }
  readonly notifications: Notifications
  readonly booking: Booking
}

/** Who edited, by id only, so that a purge leaves no name behind. */
export interface Editor {
  readonly kind: string
  readonly id: string | null
}

/** A section's content, and who wrote it when. */
export interface Edited<Content> {
  readonly content: Content
  /** RFC 3339. */
  readonly at: string
  readonly by: Editor
}

export type Template = { readonly [Name in Section]: Edited<Contents[Name]> }

/** What a holder has written themselves. */
export type OwnSections = { readonly [Name in Section]?: Edited<Contents[Name]> }

export const defaults: Omit<Contents, 'details' | 'booking'> & {
  readonly details: Omit<Details, 'name'>
  readonly booking: Omit<Booking, 'slug'>
} = {
  details: { durationMinutes: 30, kind: 'one-on-one', colour: '#0069ff', description: '', capacity: null },
  location: { kind: 'video', detail: '' },
  questions: { list: [] },
  notifications: { reminders: [{ minutesBefore: 1_440, channel: 'email' }], cancellationPolicy: '' },
  booking: { minimumNoticeMinutes: 240, daysAhead: 60, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 },
}

/** Every section with one editor and moment. */
export function templateOf(contents: Contents, edited: { at: Date; by: Editor }): Template {
  const mark = { at: edited.at.toISOString(), by: edited.by }
  return {
    details: { content: contents.details, ...mark },
    location: { content: contents.location, ...mark },
    questions: { content: contents.questions, ...mark },
    notifications: { content: contents.notifications, ...mark },
    booking: { content: contents.booking, ...mark },
  }
}

/** The contents without who wrote them. */
export function contentsOf(template: Template): Contents {
  return {
    details: template.details.content,
    location: template.location.content,
    questions: template.questions.content,
    notifications: template.notifications.content,
    booking: template.booking.content,
  }
}

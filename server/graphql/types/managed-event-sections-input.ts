// What a managed event says, section by section, as callers write it.
import type { SectionEdits } from '#server/domain/managed-events/rules/revise.ts'
import { builder } from '../builder.ts'
import { InviteeQuestionKind, ManagedEventKind, MeetingLocationKind, ReminderChannel } from './enums.ts'

const DetailsInput = builder.inputType('MeetingDetailsInput', {
  description: 'What is left out stays as it is.',
  fields: t => ({
    name: t.string({ description: '1 to 100 characters; needed for a new managed event.' }),
    durationMinutes: t.int({ description: '1 to 1440; 30 when a new one says nothing.' }),
    kind: t.field({
      type: ManagedEventKind,
      description: 'How many meet; one-on-one when a new one says nothing.',
    }),
    colour: t.string({ description: '# and six hexadecimal digits.' }),
    description: t.string({ description: '5,000 characters at most.' }),
    capacity: t.int({ description: 'Invitees at most, for group meetings; null for no limit.' }),
  }),
})

const LocationInput = builder.inputType('MeetingLocationInput', {
  description: 'Where it takes place.',
  fields: t => ({
    kind: t.field({ type: MeetingLocationKind, required: true, description: 'What kind of place.' }),
    detail: t.string({ description: 'A link, a number, an address; empty when left out.' }),
  }),
})

const QuestionInput = builder.inputType('InviteeQuestionInput', {
  description: 'Something that invitees are asked.',
  fields: t => ({
    label: t.string({ required: true, description: 'The question, 1 to 500 characters.' }),
    kind: t.field({ type: InviteeQuestionKind, required: true, description: 'How it is answered.' }),
    required: t.boolean({ required: true, description: 'Whether an answer is needed.' }),
    options: t.stringList({ description: 'What can be chosen, for the kinds with options.' }),
  }),
})

const ReminderInput = builder.inputType('MeetingReminderInput', {
  description: 'A message before the meeting.',
  fields: t => ({
    minutesBefore: t.int({ required: true, description: '5 to 43,200.' }),
    channel: t.field({ type: ReminderChannel, required: true, description: 'How it is sent.' }),
  }),
})

const NotificationsInput = builder.inputType('MeetingNotificationsInput', {
  description: 'What is left out stays as it is.',
  fields: t => ({
    reminders: t.field({ type: [ReminderInput], description: 'All of them, 5 at most.' }),
    cancellationPolicy: t.string({ description: '5,000 characters at most.' }),
  }),
})

const BookingInput = builder.inputType('BookingPageInput', {
  description: 'What is left out stays as it is.',
  fields: t => ({
    slug: t.string({ description: 'Lower-case letters, digits, hyphens; made from the name for a new one.' }),
    minimumNoticeMinutes: t.int({ description: '0 to 525,600.' }),
    daysAhead: t.int({ description: '1 to 730.' }),
    bufferBeforeMinutes: t.int({ description: '0 to 720.' }),
    bufferAfterMinutes: t.int({ description: '0 to 720.' }),
  }),
})

export const ManagedEventSectionsInput = builder.inputType('ManagedEventSectionsInput', {
  description: 'Sections to be written; those left out stay as they are.',
  fields: t => ({
    details: t.field({ type: DetailsInput, description: 'Name, duration, kind.' }),
    location: t.field({ type: LocationInput, description: 'Where it takes place.' }),
    questions: t.field({ type: [QuestionInput], description: 'All questions, 20 at most.' }),
    notifications: t.field({ type: NotificationsInput, description: 'Reminders and policy.' }),
    booking: t.field({ type: BookingInput, description: 'Address and options.' }),
  }),
})

type Sent = typeof ManagedEventSectionsInput.$inferInput

/** What was said; null counts as left out, but for `capacity`. */
export function editsFrom(input: Sent): SectionEdits {
  const { details, location, questions, notifications, booking } = input
  return {
    ...(details ? { details: { ...said(details), ...capacityOf(details) } } : {}),
    ...(location ? { location: { kind: location.kind, detail: location.detail ?? '' } } : {}),
    ...(questions
      ? { questions: { list: questions.map(each => ({ ...each, options: each.options ?? [] })) } }
      : {}),
    ...(notifications ? { notifications: said(notifications) } : {}),
    ...(booking ? { booking: said(booking) } : {}),
  }
}

function capacityOf({ capacity }: { capacity?: number | null | undefined }): { capacity?: number | null } {
  return capacity === undefined ? {} : { capacity }
}

type Said<Input> = { [Name in keyof Input]?: Exclude<Input[Name], null | undefined> }

function said<Input extends object>(input: Input): Said<Input> {
  const entries = Object.entries(input).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(entries) as Said<Input>
}

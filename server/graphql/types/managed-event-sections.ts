// What a managed event says, section by section: as it is shown, and as it is written.
import type {
  Booking,
  Contents,
  Details,
  Edited,
  Location,
  Notifications,
  Question,
  Reminder,
} from '#server/domain/managed-events/rules/section.ts'
import { builder } from '../builder.ts'
import { InviteeQuestionKind, ManagedEventKind, MeetingLocationKind, ReminderChannel } from './enums.ts'
import { nameOf } from '../author-names.ts'

const open = { authScopes: { member: true } }

const MeetingDetails = builder.objectRef<Details>('MeetingDetails').implement({
  description: 'What kind of meeting it is.',
  ...open,
  fields: t => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    durationMinutes: t.exposeInt('durationMinutes', { description: 'How long it takes.' }),
    kind: t.field({ type: ManagedEventKind, description: 'How many meet.', resolve: ({ kind }) => kind }),
    colour: t.exposeString('colour', { description: '# and six hexadecimal digits.' }),
    description: t.exposeString('description', { description: 'What invitees read about it.' }),
    capacity: t.exposeInt('capacity', {
      nullable: true,
      description: 'Invitees at most, for group meetings; null without limit and for one-on-one.',
    }),
  }),
})

const MeetingLocation = builder.objectRef<Location>('MeetingLocation').implement({
  description: 'Where it takes place.',
  ...open,
  fields: t => ({
    kind: t.field({
      type: MeetingLocationKind,
      description: 'What kind of place.',
      resolve: ({ kind }) => kind,
    }),
    detail: t.exposeString('detail', { description: 'A link, a number, an address; may be empty.' }),
  }),
})

const InviteeQuestion = builder.objectRef<Question>('InviteeQuestion').implement({
  description: 'Something that invitees are asked.',
  ...open,
  fields: t => ({
    label: t.exposeString('label', { description: 'The question.' }),
    kind: t.field({
      type: InviteeQuestionKind,
      description: 'How it is answered.',
      resolve: ({ kind }) => kind,
    }),
    required: t.exposeBoolean('required', { description: 'Whether an answer is needed.' }),
    options: t.stringList({ description: 'What can be chosen.', resolve: ({ options }) => [...options] }),
  }),
})

const InviteeQuestions = builder.objectRef<Contents['questions']>('InviteeQuestions').implement({
  description: 'What invitees are asked.',
  ...open,
  fields: t => ({
    list: t.field({
      type: [InviteeQuestion],
      description: 'In this order.',
      resolve: ({ list }) => [...list],
    }),
  }),
})

const MeetingReminder = builder.objectRef<Reminder>('MeetingReminder').implement({
  description: 'A message before the meeting.',
  ...open,
  fields: t => ({
    minutesBefore: t.exposeInt('minutesBefore', { description: 'How long before.' }),
    channel: t.field({
      type: ReminderChannel,
      description: 'How it is sent.',
      resolve: ({ channel }) => channel,
    }),
  }),
})

const MeetingNotifications = builder.objectRef<Notifications>('MeetingNotifications').implement({
  description: 'Reminders and policy.',
  ...open,
  fields: t => ({
    reminders: t.field({
      type: [MeetingReminder],
      description: 'Messages before the meeting.',
      resolve: ({ reminders }) => [...reminders],
    }),
    cancellationPolicy: t.exposeString('cancellationPolicy', {
      description: 'What invitees read about cancelling.',
    }),
  }),
})

const BookingPage = builder.objectRef<Booking>('BookingPage').implement({
  description: 'Address and options of the page where it is booked.',
  ...open,
  fields: t => ({
    slug: t.exposeString('slug', { description: 'Last part of the address.' }),
    minimumNoticeMinutes: t.exposeInt('minimumNoticeMinutes', {
      description: 'How long before it must be booked.',
    }),
    daysAhead: t.exposeInt('daysAhead', { description: 'How far ahead it can be booked.' }),
    bufferBeforeMinutes: t.exposeInt('bufferBeforeMinutes', { description: 'Kept free before it.' }),
    bufferAfterMinutes: t.exposeInt('bufferAfterMinutes', { description: 'Kept free after it.' }),
  }),
})

/** A section as somebody sees it. */
export interface SectionView<Content> {
  readonly edited: Edited<Content>
  /** Whether holders may not edit it. */
  readonly locked: boolean
  /** Whether the holder wrote it; false on templates. */
  readonly own: boolean
}

const Views = {
  details: builder.objectRef<SectionView<Details>>('MeetingDetailsSection'),
  location: builder.objectRef<SectionView<Location>>('MeetingLocationSection'),
  questions: builder.objectRef<SectionView<Contents['questions']>>('InviteeQuestionsSection'),
  notifications: builder.objectRef<SectionView<Notifications>>('MeetingNotificationsSection'),
  booking: builder.objectRef<SectionView<Booking>>('BookingPageSection'),
}

const view = { description: 'A section with its lock and its last editor.', ...open }
const locked = 'Whether it is locked: synced to every copy, and not to be edited by holders.'
const own = 'Whether the holder wrote it themselves; always false on the template.'
const at = 'When it was last edited.'
const by = 'Who last edited it; null when that is not known (any more).'

builder.objectType(Views.details, {
  ...view,
  name: 'MeetingDetailsSection',
  fields: t => ({
    content: t.field({
      type: MeetingDetails,
      description: 'What it says.',
      resolve: ({ edited }) => edited.content,
    }),
    locked: t.exposeBoolean('locked', { description: locked }),
    own: t.exposeBoolean('own', { description: own }),
    editedAt: t.field({ type: 'DateTime', description: at, resolve: ({ edited }) => new Date(edited.at) }),
    editedBy: t.string({
      nullable: true,
      description: by,
      resolve: ({ edited }, _args, { call }) => nameOf(call, edited.by),
    }),
  }),
})
builder.objectType(Views.location, {
  ...view,
  name: 'MeetingLocationSection',
  fields: t => ({
    content: t.field({
      type: MeetingLocation,
      description: 'What it says.',
      resolve: ({ edited }) => edited.content,
    }),
    locked: t.exposeBoolean('locked', { description: 'Always false: location is never locked.' }),
    own: t.exposeBoolean('own', { description: own }),
    editedAt: t.field({ type: 'DateTime', description: at, resolve: ({ edited }) => new Date(edited.at) }),
    editedBy: t.string({
      nullable: true,
      description: by,
      resolve: ({ edited }, _args, { call }) => nameOf(call, edited.by),
    }),
  }),
})
builder.objectType(Views.questions, {
  ...view,
  name: 'InviteeQuestionsSection',
  fields: t => ({
    content: t.field({
      type: InviteeQuestions,
      description: 'What it says.',
      resolve: ({ edited }) => edited.content,
    }),
    locked: t.exposeBoolean('locked', { description: locked }),
    own: t.exposeBoolean('own', { description: own }),
    editedAt: t.field({ type: 'DateTime', description: at, resolve: ({ edited }) => new Date(edited.at) }),
    editedBy: t.string({
      nullable: true,
      description: by,
      resolve: ({ edited }, _args, { call }) => nameOf(call, edited.by),
    }),
  }),
})
builder.objectType(Views.notifications, {
  ...view,
  name: 'MeetingNotificationsSection',
  fields: t => ({
    content: t.field({
      type: MeetingNotifications,
      description: 'What it says.',
      resolve: ({ edited }) => edited.content,
    }),
    locked: t.exposeBoolean('locked', { description: locked }),
    own: t.exposeBoolean('own', { description: own }),
    editedAt: t.field({ type: 'DateTime', description: at, resolve: ({ edited }) => new Date(edited.at) }),
    editedBy: t.string({
      nullable: true,
      description: by,
      resolve: ({ edited }, _args, { call }) => nameOf(call, edited.by),
    }),
  }),
})
builder.objectType(Views.booking, {
  ...view,
  name: 'BookingPageSection',
  fields: t => ({
    content: t.field({
      type: BookingPage,
      description: 'What it says.',
      resolve: ({ edited }) => edited.content,
    }),
    locked: t.exposeBoolean('locked', { description: locked }),
    own: t.exposeBoolean('own', { description: own }),
    editedAt: t.field({ type: 'DateTime', description: at, resolve: ({ edited }) => new Date(edited.at) }),
    editedBy: t.string({
      nullable: true,
      description: by,
      resolve: ({ edited }, _args, { call }) => nameOf(call, edited.by),
    }),
  }),
})

/** All sections of a template or a copy. */
export type SectionViews = { readonly [Name in keyof Contents]: SectionView<Contents[Name]> }

export const ManagedEventSections = builder.objectRef<SectionViews>('ManagedEventSections').implement({
  description: 'Every section.',
  ...open,
  fields: t => ({
    details: t.field({
      type: Views.details,
      description: 'Name, duration, kind.',
      resolve: all => all.details,
    }),
    location: t.field({
      type: Views.location,
      description: 'Where it takes place.',
      resolve: all => all.location,
    }),
    questions: t.field({
      type: Views.questions,
      description: 'What invitees are asked.',
      resolve: all => all.questions,
    }),
    notifications: t.field({
      type: Views.notifications,
      description: 'Reminders and policy.',
      resolve: all => all.notifications,
    }),
    booking: t.field({
      type: Views.booking,
      description: 'Address and options.',
      resolve: all => all.booking,
    }),
  }),
})

// A person's own meeting types.
import { createEventType } from '#server/domain/event-types/create-event-type.ts'
import { deleteEventType } from '#server/domain/event-types/delete-event-type.ts'
import { updateEventType } from '#server/domain/event-types/update-event-type.ts'
import { builder } from '../builder.ts'
import { globalId, uuidIn } from '../ids.ts'
import {
  ConflictProblem,
  declared,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { EventType } from './managed-event-copy.ts'

const EventTypePayload = builder.objectRef<{ readonly id: string }>('EventTypePayload').implement({
  description: 'The meeting type after the change.',
  authScopes: { anyone: true },
  fields: t => ({
    eventType: t.field({
      type: EventType,
      description: 'The meeting type as it is now.',
      resolve: ({ id }, _args, { call }) => {
        const { orgId, db } = call.org
        return db.eventType.findFirstOrThrow({ where: { orgId, id } })
      },
    }),
  }),
})

const words = {
  name: '1 to 100 characters.',
  slug: 'Last part of the address: lower-case letters, digits, hyphens; free among what the person has.',
  durationMinutes: '1 to 1440.',
}

const CreateEventTypeInput = builder.inputType('CreateEventTypeInput', {
  description: 'The new meeting type.',
  fields: t => ({
    name: t.string({ required: true, description: words.name }),
    slug: t.string({ required: true, description: words.slug }),
    durationMinutes: t.int({ required: true, description: words.durationMinutes }),
  }),
})

builder.mutationField('createEventType', t =>
  t.field({
    type: EventTypePayload,
    description: 'Makes a meeting type of the signed-in person.',
    authScopes: { member: true },
    args: { input: t.arg({ type: CreateEventTypeInput, required: true, description: 'The new one.' }) },
    errors: resultOf('CreateEventType', [ForbiddenProblem, InvalidInputProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => ({ id: await createEventType(call.org, input) })),
  }),
)

const UpdateEventTypeInput = builder.inputType('UpdateEventTypeInput', {
  description: 'What the meeting type is from now on.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the meeting type.' }),
    name: t.string({ required: true, description: words.name }),
    slug: t.string({ required: true, description: words.slug }),
    durationMinutes: t.int({ required: true, description: words.durationMinutes }),
  }),
})

builder.mutationField('updateEventType', t =>
  t.field({
    type: EventTypePayload,
    description: 'Changes a meeting type of the signed-in person.',
    authScopes: { member: true },
    args: { input: t.arg({ type: UpdateEventTypeInput, required: true, description: 'The change.' }) },
    errors: resultOf('UpdateEventType', [
      ForbiddenProblem,
      NotFoundProblem,
      InvalidInputProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const { name, slug, durationMinutes } = input
        const eventTypeId = uuidIn('EventType', input.id)
        await updateEventType(call.org, { eventTypeId, name, slug, durationMinutes })
        return { id: eventTypeId }
      }),
  }),
)

const DeleteEventTypeInput = builder.inputType('DeleteEventTypeInput', {
  description: 'Which meeting type.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the meeting type.' }) }),
})

const DeleteEventTypePayload = builder
  .objectRef<{ readonly id: string }>('DeleteEventTypePayload')
  .implement({
    description: 'The meeting type is gone.',
    authScopes: { anyone: true },
    fields: t => ({
      deletedId: t.id({
        description: 'Global id of the meeting type that was.',
        resolve: ({ id }) => globalId('EventType', id),
      }),
    }),
  })

builder.mutationField('deleteEventType', t =>
  t.field({
    type: DeleteEventTypePayload,
    description: 'Deletes a meeting type of the signed-in person.',
    authScopes: { member: true },
    args: { input: t.arg({ type: DeleteEventTypeInput, required: true, description: 'Which one.' }) },
    errors: resultOf('DeleteEventType', [ForbiddenProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const eventTypeId = uuidIn('EventType', input.id)
        await deleteEventType(call.org, { eventTypeId })
        return { id: eventTypeId }
      }),
  }),
)

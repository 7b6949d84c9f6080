// Making, changing and deleting managed events.
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { deleteManagedEvent } from '#server/domain/managed-events/delete-managed-event.ts'
import { duplicateManagedEvent } from '#server/domain/managed-events/duplicate-managed-event.ts'
import { updateManagedEvent } from '#server/domain/managed-events/update-managed-event.ts'
import { builder } from '../builder.ts'
import { globalId, uuidIn } from '../ids.ts'
import { declared, ForbiddenProblem, NotFoundProblem, StaleProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { patient } from '../time-limit.ts'
import { ManagedEventSection } from './enums.ts'
import { editsFrom, ManagedEventSectionsInput } from './managed-event-sections-input.ts'
import { ManagedEventPayload, usualRefusals as common } from './managed-event-payload.ts'

const CreateManagedEventInput = builder.inputType('CreateManagedEventInput', {
  description: 'The new managed event.',
  fields: t => ({
    sections: t.field({
      type: ManagedEventSectionsInput,
      required: true,
      description: 'What it says; `details.name` is needed.',
    }),
    editable: t.field({
      type: [ManagedEventSection],
      description: '"Allow editing by assignees": as few as the plan allows when left out.',
    }),
  }),
})

builder.mutationField('createManagedEvent', t =>
  t.field({
    type: ManagedEventPayload,
    description: 'Makes a managed event. Nobody holds it until it is assigned.',
    authScopes: { may: 'managed-events:write' },
    args: { input: t.arg({ type: CreateManagedEventInput, required: true, description: 'The new one.' }) },
    errors: resultOf('CreateManagedEvent', common),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const { details, booking, ...others } = editsFrom(input.sections)
        const managedEventId = await createManagedEvent(call.org, {
          ...whole(others),
          details: { ...details, name: details?.name ?? '' },
          booking: booking ?? null,
          editable: input.editable ?? null,
        })
        return { managedEventId, copies: 0 }
      }),
  }),
)

type Whole = Pick<Parameters<typeof createManagedEvent>[1], 'location' | 'questions' | 'notifications'>

/** These sections are written as a whole, or begin with what is usual. */
function whole(edits: Omit<ReturnType<typeof editsFrom>, 'details' | 'booking'>): Whole {
  const { location, questions, notifications } = edits
  return {
    location: (location as Whole['location']) ?? null,
    questions: (questions as Whole['questions']) ?? null,
    notifications: notifications
      ? {
          reminders: notifications.reminders ?? [],
          cancellationPolicy: notifications.cancellationPolicy ?? '',
        }
      : null,
  }
}

export const UpdateManagedEventInput = builder.inputType('UpdateManagedEventInput', {
  description: 'Which managed event changes how.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the managed event.' }),
    sections: t.field({ type: ManagedEventSectionsInput, description: 'What it says now.' }),
    editable: t.field({
      type: [ManagedEventSection],
      description: 'All sections with "Allow editing by assignees"; the locks stay when left out.',
    }),
    revision: t.int({ description: 'The revision that was edited; refused when there is another one now.' }),
  }),
})

type UpdateInput = typeof UpdateManagedEventInput.$inferInput

export function updateFrom(input: UpdateInput): Parameters<typeof updateManagedEvent>[1] {
  return {
    managedEventId: uuidIn('ManagedEvent', input.id),
    contents: editsFrom(input.sections ?? {}),
    editable: input.editable ?? null,
    revision: input.revision ?? null,
  }
}

builder.mutationField('updateManagedEvent', t =>
  t.field({
    type: ManagedEventPayload,
    description:
      'Changes the template. Locked sections reach every copy, unlocked ones none; locking overwrites what holders wrote. `previewManagedEventUpdate` says beforehand.',
    extensions: patient(110_000),
    authScopes: { may: 'managed-events:write' },
    args: { input: t.arg({ type: UpdateManagedEventInput, required: true, description: 'The change.' }) },
    errors: resultOf('UpdateManagedEvent', [...common, StaleProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const update = updateFrom(input)
        await updateManagedEvent(call.org, update)
        return { managedEventId: update.managedEventId, copies: 0 }
      }),
  }),
)

const ManagedEventIdInput = builder.inputType('ManagedEventIdInput', {
  description: 'Which managed event.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the managed event.' }) }),
})

builder.mutationField('duplicateManagedEvent', t =>
  t.field({
    type: ManagedEventPayload,
    description: 'Copies a managed event with its locks; the copy is assigned to nobody.',
    authScopes: { may: 'managed-events:write' },
    args: { input: t.arg({ type: ManagedEventIdInput, required: true, description: 'Which one.' }) },
    errors: resultOf('DuplicateManagedEvent', common),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const original = { managedEventId: uuidIn('ManagedEvent', input.id) }
        return { managedEventId: await duplicateManagedEvent(call.org, original), copies: 0 }
      }),
  }),
)

const DeleteManagedEventPayload = builder
  .objectRef<{ readonly managedEventId: string }>('DeleteManagedEventPayload')
  .implement({
    description: 'The managed event is gone, with every copy.',
    authScopes: { anyone: true },
    fields: t => ({
      deletedId: t.id({
        description: 'Global id of the managed event that was.',
        resolve: ({ managedEventId }) => globalId('ManagedEvent', managedEventId),
      }),
    }),
  })

builder.mutationField('deleteManagedEvent', t =>
  t.field({
    type: DeleteManagedEventPayload,
    description: 'Deletes a managed event with its assignments and every copy, for good.',
    extensions: patient(110_000),
    authScopes: { may: 'managed-events:write' },
    args: { input: t.arg({ type: ManagedEventIdInput, required: true, description: 'Which one.' }) },
    errors: resultOf('DeleteManagedEvent', [ForbiddenProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const managedEventId = uuidIn('ManagedEvent', input.id)
        await deleteManagedEvent(call.org, { managedEventId })
        return { managedEventId }
      }),
  }),
)

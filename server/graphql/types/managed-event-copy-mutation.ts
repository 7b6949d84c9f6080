// Editing a copy of a managed event.
import { updateManagedEventCopy } from '#server/domain/managed-events/update-managed-event-copy.ts'
import { builder } from '../builder.ts'
import { readCopiesOf, type CopyRow } from '../copy-rows.sql.ts'
import { uuidIn } from '../ids.ts'
import {
  ConflictProblem,
  FeatureNotInPlanProblem,
  declared,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { ManagedEventCopy } from './managed-event-copy.ts'
import { editsFrom, ManagedEventSectionsInput } from './managed-event-sections-input.ts'

const UpdateManagedEventCopyInput = builder.inputType('UpdateManagedEventCopyInput', {
  description: 'Whose copy changes how.',
  fields: t => ({
    managedEventId: t.id({ required: true, description: 'Global id of the managed event.' }),
    userId: t.id({ description: "Global id of the holder; the caller's own copy when left out." }),
    sections: t.field({
      type: ManagedEventSectionsInput,
      required: true,
      description: 'What the copy says now; locked sections are refused.',
    }),
  }),
})

const UpdateManagedEventCopyPayload = builder
  .objectRef<{ readonly copy: CopyRow }>('UpdateManagedEventCopyPayload')
  .implement({
    description: 'The copy after the change.',
    authScopes: { anyone: true },
    fields: t => ({
      copy: t.field({
        type: ManagedEventCopy,
        description: 'The copy as it is now.',
        resolve: ({ copy }) => copy,
      }),
    }),
  })

builder.mutationField('updateManagedEventCopy', t =>
  t.field({
    type: UpdateManagedEventCopyPayload,
    description: 'Edits a copy where it is not locked: holders their own, admins any.',
    authScopes: { member: true },
    args: { input: t.arg({ type: UpdateManagedEventCopyInput, required: true, description: 'The change.' }) },
    errors: resultOf('UpdateManagedEventCopy', [
      ForbiddenProblem,
      NotFoundProblem,
      InvalidInputProblem,
      ConflictProblem,
      FeatureNotInPlanProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const { actor, org } = call
        const own = actor.kind === 'person' ? actor.userId : ''
        const userId = input.userId ? uuidIn('User', input.userId) : own
        const managedEventId = uuidIn('ManagedEvent', input.managedEventId)
        await updateManagedEventCopy(org, { managedEventId, userId, contents: editsFrom(input.sections) })
        const copies = await readCopiesOf(org.sql, [userId])
        const copy = copies.find(each => each.managedEventId === managedEventId)
        if (copy === undefined) throw new Error('The copy is not there after it was edited.')
        return { copy }
      }),
  }),
)

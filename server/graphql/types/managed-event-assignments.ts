// Assigning managed events to groups and people, and taking them back.
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { unassignManagedEvent } from '#server/domain/managed-events/unassign-managed-event.ts'
import { builder } from '../builder.ts'
import { uuidIn } from '../ids.ts'
import { declared } from '../problems.ts'
import { resultOf } from '../result.ts'
import { patient } from '../time-limit.ts'
import { ManagedEventPayload, usualRefusals as common } from './managed-event-payload.ts'

const assignmentInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: t => ({
      id: t.id({ required: true, description: 'Global id of the managed event.' }),
      groupIds: t.idList({ description: 'Global ids of groups.' }),
      userIds: t.idList({ description: 'Global ids of people.' }),
    }),
  })

interface SentAssignment {
  readonly id: string
  readonly groupIds?: readonly string[] | null | undefined
  readonly userIds?: readonly string[] | null | undefined
}

const assignmentFrom = ({ id, groupIds, userIds }: SentAssignment) => ({
  managedEventId: uuidIn('ManagedEvent', id),
  groupIds: (groupIds ?? []).map(each => uuidIn('Group', each)),
  userIds: (userIds ?? []).map(each => uuidIn('User', each)),
})

builder.mutationField('assignManagedEvent', t =>
  t.field({
    type: ManagedEventPayload,
    description:
      'Assigns a managed event to groups and people, beside those who have it. Group admins may assign to their groups.',
    extensions: patient(110_000),
    authScopes: { may: 'managed-events:read' },
    args: {
      input: t.arg({
        type: assignmentInput('AssignManagedEventInput', 'Who gets which managed event.'),
        required: true,
        description: 'The assignment.',
      }),
    },
    errors: resultOf('AssignManagedEvent', common),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const assignment = assignmentFrom(input)
        const assigned = await assignManagedEvent(call.org, assignment)
        return { managedEventId: assignment.managedEventId, ...assigned }
      }),
  }),
)

builder.mutationField('unassignManagedEvent', t =>
  t.field({
    type: ManagedEventPayload,
    description:
      'Takes a managed event from groups and people; who has no other reason for it loses their copy, which waits 30 days.',
    extensions: patient(110_000),
    authScopes: { may: 'managed-events:read' },
    args: {
      input: t.arg({
        type: assignmentInput('UnassignManagedEventInput', 'Who loses which managed event.'),
        required: true,
        description: 'The assignment that ends.',
      }),
    },
    errors: resultOf('UnassignManagedEvent', common),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const assignment = assignmentFrom(input)
        const copies = await unassignManagedEvent(call.org, assignment)
        return { managedEventId: assignment.managedEventId, copies }
      }),
  }),
)

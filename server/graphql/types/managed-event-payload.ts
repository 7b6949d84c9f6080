// What mutations of managed events answer.
import { builder } from '../builder.ts'
import {
  ConflictProblem,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
} from '../problems.ts'
import { ManagedEvent } from './managed-event.ts'

interface Changed {
  readonly managedEventId: string
  readonly copies: number
}

export const ManagedEventPayload = builder.objectRef<Changed>('ManagedEventPayload').implement({
  description: 'The managed event after the change.',
  authScopes: { anyone: true },
  fields: t => ({
    managedEvent: t.prismaField({
      type: ManagedEvent,
      description: 'The managed event as it is now.',
      resolve: (query, { managedEventId }, _args, { call }) =>
        call.org.db.managedEvent.findUniqueOrThrow({
          ...query,
          where: { orgId_id: { orgId: call.org.orgId, id: managedEventId } },
        }),
    }),
    copies: t.exposeInt('copies', { description: 'People who got or lost a copy by it.' }),
  }),
})

export const usualRefusals = [
  ForbiddenProblem,
  FeatureNotInPlanProblem,
  NotFoundProblem,
  InvalidInputProblem,
  ConflictProblem,
]

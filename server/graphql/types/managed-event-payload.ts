// What mutations of managed events answer.
import { may } from '#server/domain/actor.ts'
import { builder } from '../builder.ts'
import { globalId } from '../ids.ts'
import {
  ConflictProblem,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
} from '../problems.ts'
import { Job } from './job.ts'
import { ManagedEvent } from './managed-event.ts'

interface Changed {
  readonly managedEventId: string
  readonly copies: number
  /** The job that goes on with it. */
  readonly jobId?: string | null
  /** People who are assigned in person by it. */
  readonly fresh?: readonly string[]
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
    copies: t.exposeInt('copies', {
      description: 'People who got or lost a copy by it, or get one by the job.',
    }),
    assignedUserIds: t.idList({
      description:
        'Global ids of the people who are assigned in person by this call and were not before: to undo it, unassign these.',
      resolve: ({ fresh }) => (fresh ?? []).map(id => globalId('User', id)),
    }),
    job: t.prismaField({
      type: Job,
      nullable: true,
      description:
        'The job that gives copies to the members of large groups; null when everybody has theirs, and for group admins, who read no jobs.',
      resolve: (query, { jobId }, _args, { call }) => {
        if (typeof jobId !== 'string' || !may(call.actor, 'mappings:read')) return null
        const { orgId, db } = call.org
        return db.job.findUnique({ ...query, where: { orgId_id: { orgId, id: jobId } } })
      },
    }),
  }),
})

export const usualRefusals = [
  ForbiddenProblem,
  FeatureNotInPlanProblem,
  NotFoundProblem,
  InvalidInputProblem,
  ConflictProblem,
]

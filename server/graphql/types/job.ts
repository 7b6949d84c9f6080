// Work that takes longer than a request, its progress, and how to stop it.
import {
  isOver,
  mayStop,
  type JobKind as DomainKind,
  type JobState as DomainState,
} from '#server/domain/jobs/rules/job.ts'
import { cancelJob } from '#server/domain/jobs/cancel-job.ts'
import { builder } from '../builder.ts'
import { jobMessages } from '../feeds.ts'
import { localId, uuidIn, uuidOrNobody } from '../ids.ts'
import { ConflictProblem, declared, ForbiddenProblem, NotFoundProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { enumOf } from './enums.ts'
import { Organization } from './organization.ts'

const JobState = enumOf<DomainState, string>('JobState', 'How a job stands.', {
  WAITING: ['waiting', 'Begins within a second or two.'],
  RUNNING: ['running', 'A server works on it; should that server stop, another one goes on.'],
  DONE: ['done', 'Everything is done.'],
  FAILED: ['failed', 'It could not go on; what was done stays.'],
  CANCELLED: ['cancelled', 'It was stopped; what was done stays.'],
})

const JobKind = enumOf<DomainKind, string>('JobKind', 'What a job does.', {
  APPLY_MAPPING: ['apply-mapping', 'Moves existing people to where the group mapping leads them.'],
  UNDO_CHANGE_SET: ['undo-change-set', 'Brings memberships back to how they were before a change set.'],
  DERIVE_VALUES: ['derive-values', 'Reads the values of everybody from another attribute.'],
  ASSIGN_MANAGED_EVENT: [
    'assign-managed-event',
    'Gives copies of a managed event to the members of large groups.',
  ],
})

export const Job = builder.prismaNode('Job', {
  nullable: true,
  description: 'Work that takes longer than a request. It survives a restart of the server.',
  authScopes: { may: 'mappings:read' },
  select: { orgId: true, id: true, state: true },
  id: { resolve: job => job.id },
  findUnique: (id, { call }) => ({ orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(id) } }),
  fields: t => ({
    kind: t.field({
      type: JobKind,
      description: 'What it does.',
      select: { kind: true },
      resolve: job => job.kind as DomainKind,
    }),
    state: t.field({
      type: JobState,
      description: 'How it stands.',
      resolve: job => job.state as DomainState,
    }),
    over: t.boolean({
      description: 'Nothing about it changes any more.',
      resolve: job => isOver(job.state as DomainState),
    }),
    done: t.exposeInt('done', { description: 'People or memberships dealt with so far.' }),
    total: t.exposeInt('total', { description: 'How many there were when it began.' }),
    result: t.expose('result', {
      type: 'JSON',
      description: 'Numbers so far: people, joined, left, skipped, copies.',
    }),
    error: t.exposeString('error', { nullable: true, description: 'Why it failed; null when it did not.' }),
    stoppable: t.boolean({
      description: 'False for work that is only done whole.',
      select: { kind: true },
      resolve: job => mayStop(job.kind as DomainKind),
    }),
    startedBy: t.exposeString('actorName', { description: 'Who asked for it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a server took it up; null while it waits.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was over; null until then.',
    }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  jobs: t.prismaField({
    type: [Job],
    description: 'The latest jobs, newest first.',
    authScopes: { may: 'mappings:read' },
    args: { open: t.arg.boolean({ description: 'Only jobs that are not over, or that are.' }) },
    resolve: (query, organization, { open }, { call }) =>
      call.org.db.job.findMany({
        ...query,
        where: {
          orgId: organization.id,
          ...(typeof open === 'boolean'
            ? { state: { in: open ? ['waiting', 'running'] : ['done', 'failed', 'cancelled'] } }
            : {}),
        },
        orderBy: { id: 'desc' },
        take: 20,
      }),
  }),
}))

builder.subscriptionField('job', t =>
  t.prismaField({
    type: Job,
    description: 'A job as it goes on: how it stands now, then every change, and the end.',
    authScopes: { may: 'mappings:read' },
    args: { id: t.arg.id({ required: true, description: 'Global id of the job.' }) },
    subscribe: (_root, { id }, { call }) => jobMessages(call, uuidIn('Job', id)),
    resolve: (query, message, _args, { call }) => {
      if ('refusal' in message) throw message.refusal
      const { orgId } = call.org
      return call.org.db.job.findUniqueOrThrow({
        ...query,
        where: { orgId_id: { orgId, id: message.jobId } },
      })
    },
  }),
)

const CancelJobInput = builder.inputType('CancelJobInput', {
  description: 'Which job.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the job.' }) }),
})

const CancelJobPayload = builder.objectRef<{ readonly jobId: string }>('CancelJobPayload').implement({
  description: 'The job is stopped.',
  authScopes: { anyone: true },
  fields: t => ({
    job: t.prismaField({
      type: Job,
      description: 'The job as it is now.',
      resolve: (query, { jobId }, _args, { call }) =>
        call.org.db.job.findUniqueOrThrow({
          ...query,
          where: { orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(jobId) } },
        }),
    }),
  }),
})

builder.mutationField('cancelJob', t =>
  t.field({
    type: CancelJobPayload,
    description:
      'Stops a job before its next step. What it has done stays, and its change set can be undone. Reading values (DERIVE_VALUES) is done whole: `jobs/whole`.',
    authScopes: { may: 'mappings:write' },
    args: { input: t.arg({ type: CancelJobInput, required: true, description: 'Which job.' }) },
    errors: resultOf('CancelJob', [ForbiddenProblem, NotFoundProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const jobId = uuidOrNobody(localId('Job', input.id))
        await cancelJob(call.org, { jobId })
        return { jobId }
      }),
  }),
)

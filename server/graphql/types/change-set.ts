// What was changed together: a save of the mapping with everybody it moved, or the undoing of one.
import { previewUndo, type UndoPreview } from '#server/domain/change-sets/preview-undo.ts'
import { undoChangeSet } from '#server/domain/change-sets/undo-change-set.ts'
import {
  rowChanges,
  type RowChange,
  type RowChangeKind,
  type StoredMapping,
} from '#server/domain/group-mappings/rules/stored-mapping.ts'
import { builder } from '../builder.ts'
import { localId, uuidOrNobody } from '../ids.ts'
import { mappedGroup } from '../mapped-groups.ts'
import { movedPage } from '../planned-people.ts'
import {
  ConflictProblem,
  declared,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  NotFoundProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { enumOf } from './enums.ts'
import { MappedGroup } from './mapping-values.ts'
import { Job } from './job.ts'
import { Organization } from './organization.ts'
import { PlannedPerson } from './planned-person.ts'

const ChangeSetKind = enumOf<'save' | 'undo', string>('ChangeSetKind', 'What made a change set.', {
  SAVE: ['save', 'The group mapping was saved.'],
  UNDO: ['undo', 'Another change set was undone.'],
})

const RowChangeKindEnum = enumOf<RowChangeKind, string>('RowChangeKind', 'What happened to a row.', {
  ADDED: ['added', 'It is new.'],
  REMOVED: ['removed', 'It is gone.'],
  CHANGED: ['changed', 'It leads to another group.'],
})

const MappingRowChange = builder.objectRef<RowChange>('MappingRowChange').implement({
  description: 'A row before and after.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    kind: t.field({ type: RowChangeKindEnum, description: 'What happened.', resolve: change => change.kind }),
    value: t.exposeString('value', { description: 'The value.' }),
    from: t.field({
      type: MappedGroup,
      nullable: true,
      description: 'Where it led; null for a new row.',
      resolve: ({ fromGroupId }, _args, { call }) =>
        fromGroupId === null ? null : mappedGroup(call, fromGroupId),
    }),
    to: t.field({
      type: MappedGroup,
      nullable: true,
      description: 'Where it leads; null for a row that is gone.',
      resolve: ({ toGroupId }, _args, { call }) => (toGroupId === null ? null : mappedGroup(call, toGroupId)),
    }),
  }),
})

const searched = 'Part of a name, user name, e-mail or external id.'
interface UndoShape extends UndoPreview {
  readonly changeSetId: string
}

const UndoPlan = builder.objectRef<UndoShape>('UndoPlan').implement({
  description: 'What undoing a change set would do; nothing is written.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    people: t.exposeInt('people', { description: 'People whose memberships go back.' }),
    changedSince: t.exposeInt('changedSince', {
      description: 'People who were moved by others since; what was changed stays.',
    }),
    restoresMapping: t.exposeBoolean('restoresMapping', {
      description: 'Whether the rows go back, too: only while nobody has saved others since.',
    }),
    affected: t.connection(
      {
        type: PlannedPerson,
        description:
          'Everybody of the change set with what undoing does to them, by name. Goes forward only.',
        authScopes: { may: 'users:read' },
        args: { search: t.arg.string({ description: searched }) },
        resolve: ({ changeSetId }, args, { call }) => movedPage(call, { changeSetId, of: 'undo' }, args),
      },
      {
        description: 'A page of people.',
        fields: page => ({
          totalCount: page.int({ description: 'People on all pages.', resolve: ({ total }) => total() }),
        }),
      },
      { description: 'A person with their place in the list.' },
    ),
  }),
})

export const ChangeSet = builder.prismaNode('ChangeSet', {
  nullable: true,
  description: 'What was changed together: a save of the mapping with everybody it moved, or an undoing.',
  authScopes: { may: 'mappings:read' },
  select: { orgId: true, id: true, jobId: true, undoneById: true, before: true, after: true },
  id: { resolve: changeSet => changeSet.id },
  findUnique: (id, { call }) => ({ orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(id) } }),
  fields: t => ({
    kind: t.field({
      type: ChangeSetKind,
      description: 'What made it.',
      select: { kind: true },
      resolve: changeSet => changeSet.kind as 'save' | 'undo',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
    author: t.exposeString('actorName', { description: 'Who did it.' }),
    rows: t.field({
      type: [MappingRowChange],
      description: 'Rows that differ.',
      resolve: ({ before, after }) =>
        rowChanges(before as unknown as StoredMapping, after as unknown as StoredMapping),
    }),
    wasEnabled: t.boolean({
      description: 'Whether the mapping was on before.',
      resolve: ({ before }) => (before as unknown as StoredMapping).enabled,
    }),
    enabled: t.boolean({
      description: 'Whether it was on afterwards.',
      resolve: ({ after }) => (after as unknown as StoredMapping).enabled,
    }),
    job: t.prismaField({
      type: Job,
      nullable: true,
      description: 'The job that moved people; null when nobody was to be moved.',
      resolve: (query, { jobId }, _args, { call }) => {
        if (jobId === null) return null
        const { orgId } = call.org
        return call.org.db.job.findUnique({ ...query, where: { orgId_id: { orgId, id: jobId } } })
      },
    }),
    undone: t.boolean({
      description: 'Whether it was undone.',
      resolve: ({ undoneById }) => undoneById !== null,
    }),
    undoPlan: t.field({
      type: UndoPlan,
      complexity: 100,
      description: 'What undoing it would do.',
      resolve: async ({ id }, _args, { call }) => ({
        ...(await previewUndo(call.org, { changeSetId: id })),
        changeSetId: id,
      }),
    }),
    people: t.connection(
      {
        type: PlannedPerson,
        description:
          'Everybody whom it has moved, by name; people who were purged are missing. Goes forward only.',
        authScopes: { may: 'users:read' },
        args: { search: t.arg.string({ description: searched }) },
        resolve: ({ id }, args, { call }) => movedPage(call, { changeSetId: id, of: 'change' }, args),
      },
      {
        description: 'A page of people.',
        fields: page => ({
          totalCount: page.int({ description: 'People on all pages.', resolve: ({ total }) => total() }),
        }),
      },
      { description: 'A person with their place in the list.' },
    ),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  changeSets: t.prismaField({
    type: [ChangeSet],
    description: 'The latest change sets, newest first, 50 at most.',
    authScopes: { may: 'mappings:read' },
    args: { first: t.arg.int({ description: 'How many, 20 when nothing is said.' }) },
    resolve: (query, organization, { first }, { call }) =>
      call.org.db.changeSet.findMany({
        ...query,
        where: { orgId: organization.id },
        orderBy: { id: 'desc' },
        take: Math.min(Math.max(first ?? 20, 1), 50),
      }),
  }),
}))

const UndoChangeSetInput = builder.inputType('UndoChangeSetInput', {
  description: 'Which change set.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the change set.' }) }),
})

const UndoChangeSetPayload = builder
  .objectRef<{ readonly changeSetId: string }>('UndoChangeSetPayload')
  .implement({
    description: 'The undoing has begun.',
    authScopes: { anyone: true },
    fields: t => ({
      changeSet: t.prismaField({
        type: ChangeSet,
        description: 'The change set that the undoing makes; its job moves people back.',
        resolve: (query, { changeSetId: id }, _args, { call }) =>
          call.org.db.changeSet.findUniqueOrThrow({
            ...query,
            where: { orgId_id: { orgId: call.org.orgId, id } },
          }),
      }),
    }),
  })

builder.mutationField('undoChangeSet', t =>
  t.field({
    type: UndoChangeSetPayload,
    description:
      'Brings memberships back to how they were before, wherever nobody has changed them since, and the rows if nobody has saved others.',
    authScopes: { may: 'mappings:write' },
    args: { input: t.arg({ type: UndoChangeSetInput, required: true, description: 'Which change set.' }) },
    errors: resultOf('UndoChangeSet', [
      ForbiddenProblem,
      NotFoundProblem,
      ConflictProblem,
      FeatureNotInPlanProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      declared(() => undoChangeSet(call.org, { changeSetId: uuidOrNobody(localId('ChangeSet', input.id)) })),
  }),
)

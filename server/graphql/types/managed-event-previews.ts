// What a change of a managed event would do, before it is done.
import { z } from 'zod'
import { previewManagedEventAssignment } from '#server/domain/managed-events/preview-managed-event-assignment.ts'
import type {
  AssignmentPreview,
  PreviewedPerson,
} from '#server/domain/managed-events/preview-assignment.sql.ts'
import {
  previewManagedEventUpdate,
  type ManagedEventUpdatePreview,
} from '#server/domain/managed-events/preview-managed-event-update.ts'
import { builder } from '../builder.ts'
import { pageSize } from '../cost.ts'
import { globalId, uuidIn } from '../ids.ts'
import { AssignmentChange, ManagedEventSection } from './enums.ts'
import { UpdateManagedEventInput, updateFrom } from './managed-event-mutations.ts'
import { Organization } from './organization.ts'

const Person = builder.objectRef<PreviewedPerson>('ManagedEventAssignmentPerson').implement({
  description: 'What an assignment would do to one person.',
  authScopes: { member: true },
  fields: t => ({
    id: t.id({ description: 'Global id of the person.', resolve: ({ id }) => globalId('User', id) }),
    displayName: t.exposeString('name', { description: 'The name to show.' }),
    change: t.field({
      type: AssignmentChange,
      description: 'Gain or lose.',
      resolve: ({ change }) => change,
    }),
    returns: t.exposeBoolean('returns', {
      description: 'Gets back the copy they had within the last 30 days.',
    }),
    clashSlug: t.exposeString('clashSlug', {
      nullable: true,
      description: 'Something of theirs has this address and would continue as -1; null when nothing does.',
    }),
  }),
})

const Preview = builder.objectRef<AssignmentPreview>('ManagedEventAssignmentPreview').implement({
  description: 'What an assignment would do. Nothing is written.',
  authScopes: { member: true },
  fields: t => ({
    gain: t.exposeInt('gain', { description: 'People who would get a copy.' }),
    lose: t.exposeInt('lose', { description: 'People who would lose theirs.' }),
    returning: t.exposeInt('returning', {
      description: 'Of those who gain: who would get their old copy back.',
    }),
    slugClashes: t.exposeInt('slugClashes', {
      description: 'Of those who gain: whose own meeting type would move aside.',
    }),
    people: t.field({
      type: [Person],
      description: 'The first of them, clashes first, then by name.',
      resolve: ({ people }) => [...people],
    }),
  }),
})

const Assignees = builder.inputType('ManagedEventAssigneesInput', {
  description: 'Groups and people.',
  fields: t => ({
    groupIds: t.idList({ description: 'Global ids of groups.' }),
    userIds: t.idList({ description: 'Global ids of people.' }),
  }),
})

const PreviewInput = builder.inputType('PreviewManagedEventAssignmentInput', {
  description: 'An assignment that is thought about.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the managed event.' }),
    assign: t.field({ type: Assignees, description: 'Who would get it.' }),
    unassign: t.field({ type: Assignees, description: 'From whom it would be taken.' }),
  }),
})

const Overwritten = builder
  .objectRef<ManagedEventUpdatePreview['overwritten'][number]>('OverwrittenSection')
  .implement({
    description: 'A section that holders wrote themselves and would lose.',
    authScopes: { member: true },
    fields: t => ({
      section: t.field({
        type: ManagedEventSection,
        description: 'Which one.',
        resolve: ({ section }) => section,
      }),
      people: t.exposeInt('people', { description: 'How many wrote it.' }),
    }),
  })

const UpdatePreview = builder.objectRef<ManagedEventUpdatePreview>('ManagedEventUpdatePreview').implement({
  description: 'What saving a template would do. Nothing is written.',
  authScopes: { member: true },
  fields: t => ({
    copiesChanged: t.exposeInt('copiesChanged', { description: 'Copies that would say something else.' }),
    synced: t.field({
      type: [ManagedEventSection],
      description: 'Sections that every holder would see anew.',
      resolve: ({ synced }) => [...synced],
    }),
    unreached: t.field({
      type: [ManagedEventSection],
      description: 'Changed sections that would reach future holders only.',
      resolve: ({ unreached }) => [...unreached],
    }),
    overwritten: t.field({
      type: [Overwritten],
      description: 'What holders wrote themselves and would lose by locking.',
      resolve: ({ overwritten }) => [...overwritten],
    }),
    slugClashes: t.exposeInt('slugClashes', {
      description: 'People whose own meeting type would move aside for a new address.',
    }),
  }),
})

const rows = z.int().min(1).max(pageSize.most).nullish()

interface SentAssignees {
  readonly groupIds?: readonly string[] | null | undefined
  readonly userIds?: readonly string[] | null | undefined
}

const assigneesFrom = (sent: SentAssignees | null | undefined) => ({
  groupIds: (sent?.groupIds ?? []).map(id => uuidIn('Group', id)),
  userIds: (sent?.userIds ?? []).map(id => uuidIn('User', id)),
})

builder.prismaObjectFields(Organization, t => ({
  previewManagedEventAssignment: t.field({
    type: Preview,
    description: 'Who would gain and lose a managed event, and whose meeting types would move aside.',
    authScopes: { may: 'managed-events:read' },
    args: {
      input: t.arg({ type: PreviewInput, required: true, description: 'The assignment.' }),
      first: t.arg.int({
        validate: rows,
        description: `People to name: ${String(pageSize.standard)} when nothing is said.`,
      }),
    },
    resolve: (_organization, { input, first }, { call }) =>
      previewManagedEventAssignment(call.org, {
        managedEventId: uuidIn('ManagedEvent', input.id),
        assign: assigneesFrom(input.assign),
        unassign: assigneesFrom(input.unassign),
        take: first ?? pageSize.standard,
      }),
  }),
  previewManagedEventUpdate: t.field({
    type: UpdatePreview,
    description: 'What saving a template would do to those who hold it.',
    authScopes: { may: 'managed-events:write' },
    args: { input: t.arg({ type: UpdateManagedEventInput, required: true, description: 'The change.' }) },
    resolve: (_organization, { input }, { call }) => previewManagedEventUpdate(call.org, updateFrom(input)),
  }),
}))

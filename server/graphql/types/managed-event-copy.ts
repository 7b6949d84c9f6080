// What a person holds: copies of managed events, meeting types of their own, groups with reasons.
import { baseOf } from '#server/domain/managed-events/rules/revise.ts'
import { sections, type Template } from '#server/domain/managed-events/rules/section.ts'
import { readCopiesOf, readTemplatesAt, type CopyRow } from '../copy-rows.sql.ts'
import { batched } from '../batch.ts'
import { builder } from '../builder.ts'
import { readMembershipsOf, type MembershipRow } from '../membership-rows.sql.ts'
import { globalId } from '../ids.ts'
import { ManagedEventSections, type SectionViews } from './managed-event-sections.ts'
import { copyViews, standingOf } from './managed-event.ts'
import { Membership } from './membership.ts'
import { User } from './user.ts'

function byPerson<Row extends { readonly userId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>()
  for (const row of rows) {
    const list = grouped.get(row.userId)
    if (list === undefined) grouped.set(row.userId, [row])
    else list.push(row)
  }
  return grouped
}

const loadCopies = batched<string, CopyRow[]>(async (call, userIds) => {
  const rows = await readCopiesOf(call.org.sql, userIds)
  return byPerson(rows)
})

/** All copies of a call are shown together: templates of older revisions are read at once. */
const loadViews = batched<CopyRow, SectionViews>(async (call, copies) => {
  const wanted = copies.flatMap(copy =>
    sections.map(section => ({
      id: copy.managedEventId,
      revision: baseOf(section, copy, standingOf(copy)),
    })),
  )
  const templates = await readTemplatesAt(call.org.sql, wanted)
  return new Map(
    copies.map(copy => {
      const standing = standingOf(copy)
      const baseAt = (revision: number): Template =>
        templates.get(`${copy.managedEventId} ${String(revision)}`) ?? standing.template
      return [copy, copyViews({ ...copy, own: copy.own }, { standing, baseAt })]
    }),
  )
})

export const ManagedEventCopy = builder.objectRef<CopyRow>('ManagedEventCopy').implement({
  description: 'A managed event as one person holds it.',
  authScopes: { member: true },
  fields: t => ({
    managedEventId: t.id({
      description: 'Global id of the managed event.',
      resolve: ({ managedEventId }) => globalId('ManagedEvent', managedEventId),
    }),
    slug: t.exposeString('slug', { description: "Last part of the holder's own address." }),
    sections: t.field({
      type: ManagedEventSections,
      description: 'What the holder sees; those that are not locked they may edit.',
      resolve: async (copy, _args, { call }) => (await loadViews(call, copy)) ?? nothing(copy),
    }),
    heldThrough: t.exposeStringList('heldThrough', {
      description: 'Names of the groups through which the person holds it.',
    }),
    assignedInPerson: t.exposeBoolean('assignedInPerson', {
      description: 'Whether it is assigned to the person themselves.',
    }),
    since: t.expose('createdAt', { type: 'DateTime', description: 'Since when they hold it.' }),
  }),
})

function nothing(copy: CopyRow): never {
  throw new Error(`The copy ${copy.managedEventId} could not be shown.`)
}

interface OwnEventType {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly durationMinutes: number
  readonly createdAt: Date
}

export const EventType = builder.objectRef<OwnEventType>('EventType').implement({
  description: 'A meeting type that a person made for themselves.',
  authScopes: { member: true },
  fields: t => ({
    id: t.id({
      description: 'Global id of the meeting type.',
      resolve: ({ id }) => globalId('EventType', id),
    }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    slug: t.exposeString('slug', {
      description: 'Last part of its address; continued by -1 when a managed event needs the address.',
    }),
    durationMinutes: t.exposeInt('durationMinutes', { description: 'How long it takes.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
})

const loadMemberships = batched<string, MembershipRow[]>(async (call, userIds) => {
  const rows = await readMembershipsOf(call.org.sql, userIds)
  return byPerson(rows)
})

const loadEventTypes = batched<string, OwnEventType[]>(async (call, userIds) => {
  const { orgId, db } = call.org
  const where = { orgId, userId: { in: [...userIds] } }
  const rows = await db.eventType.findMany({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
  return byPerson(rows)
})

builder.prismaObjectFields(User, t => ({
  memberships: t.field({
    type: [Membership],
    description: 'Groups of the person with every reason, by name.',
    resolve: async (user, _args, { call }) => (await loadMemberships(call, user.id)) ?? [],
  }),
  managedEventCopies: t.field({
    type: [ManagedEventCopy],
    description: 'Managed events that the person holds.',
    resolve: async (user, _args, { call }) => (await loadCopies(call, user.id)) ?? [],
  }),
  eventTypes: t.field({
    type: [EventType],
    description: 'Meeting types that the person made for themselves.',
    resolve: async (user, _args, { call }) => (await loadEventTypes(call, user.id)) ?? [],
  }),
}))

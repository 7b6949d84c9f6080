// A managed event: its template, its locks, and who is assigned.
import { showAll, type HeldCopy, type Standing } from '#server/domain/managed-events/rules/revise.ts'
import { sections, type Section, type Template } from '#server/domain/managed-events/rules/section.ts'
import { batched } from '../batch.ts'
import { builder } from '../builder.ts'
import { costOfOwnList } from '../cost.ts'
import { globalId, uuidOrNobody } from '../ids.ts'
import {
  countAssigned,
  countHoldersOf,
  readAssignedPage,
  readAssignedPeople,
} from '../managed-event-keys.sql.ts'
import { turned, windowOf } from '../page.ts'
import { jump } from '../page-arguments.ts'
import { placeOf, printPlace, type Place } from '../place.ts'
import { ManagedEventKind, ManagedEventSection } from './enums.ts'
import { PersonName } from './group-parts.ts'
import { ManagedEventSections, type SectionViews } from './managed-event-sections.ts'
import { nameOf } from '../author-names.ts'
import type { EventKind } from '#server/domain/managed-events/rules/section.ts'

const loadHolders = batched<string, number>(async (call, ids) => {
  const rows = await countHoldersOf(call.org.sql, ids)
  return new Map(rows.map(({ id, people }) => [id, people]))
})

type AssignedPeople = Omit<Awaited<ReturnType<typeof readAssignedPeople>>[number], 'id'>

const loadPeople = batched<string, AssignedPeople>(async (call, ids) => {
  const rows = await readAssignedPeople(call.org.sql, ids)
  return new Map(rows.map(({ id, ...people }) => [id, people]))
})

interface Short {
  readonly id: string
  readonly name: string
}

const loadGroups = batched<string, Short[]>(async (call, ids) => {
  const { orgId, db } = call.org
  const rows = await db.managedEventGroup.findMany({
    where: { orgId, managedEventId: { in: [...ids] } },
    select: { managedEventId: true, group: { select: { id: true, displayName: true } } },
    orderBy: { groupId: 'asc' },
  })
  const groups = new Map<string, Short[]>()
  for (const { managedEventId, group } of rows) {
    const short = { id: group.id, name: group.displayName }
    groups.set(managedEventId, [...(groups.get(managedEventId) ?? []), short])
  }
  return groups
})

const GroupName = builder.objectRef<Short>('GroupName').implement({
  description: 'A group by name, also for those who may not read it.',
  authScopes: { member: true },
  fields: t => ({
    id: t.id({ description: 'Global id of the group.', resolve: ({ id }) => globalId('Group', id) }),
    name: t.exposeString('name', { description: 'What it is called.' }),
  }),
})

/** What of a row makes its standing. */
export interface StandingColumns {
  readonly template: unknown
  readonly editable: readonly string[]
  readonly unlockedSince: unknown
  readonly revision: number
}

export function standingOf(row: StandingColumns): Standing {
  return {
    template: row.template as Template,
    editable: row.editable as Section[],
    unlockedSince: row.unlockedSince as Standing['unlockedSince'],
    revision: row.revision,
  }
}

/** Every section as it is shown: of the template, or of a copy. */
export function viewsOf(shown: Template, standing: Standing, own: HeldCopy['own'] = {}): SectionViews {
  const views = sections.map(section => {
    const locked = !standing.editable.includes(section)
    return [section, { edited: shown[section], locked, own: !locked && own[section] !== undefined }]
  })
  return Object.fromEntries(views) as SectionViews
}

/** A copy as its holder sees it. */
export function copyViews(
  copy: HeldCopy,
  event: { standing: Standing; baseAt: (revision: number) => Template },
): SectionViews {
  return viewsOf(showAll(copy, event), event.standing, copy.own)
}

/** What the fields of a managed event read of its row. */
export const managedEventColumns = {
  orgId: true,
  id: true,
  template: true,
  editable: true,
  unlockedSince: true,
  revision: true,
  kind: true,
  changedByKind: true,
  changedById: true,
} as const

export const ManagedEvent = builder.prismaNode('ManagedEvent', {
  nullable: true,
  description: 'A meeting type that the organization owns. Its holders have copies.',
  authScopes: { may: 'managed-events:read' },
  select: managedEventColumns,
  id: { resolve: event => event.id },
  findUnique: (id, { call }) => ({ orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(id) } }),
  fields: t => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    slug: t.exposeString('slug', { description: 'Last part of the address; unique in the organization.' }),
    durationMinutes: t.exposeInt('durationMinutes', { description: 'How long it takes.' }),
    kind: t.field({
      type: ManagedEventKind,
      description: 'How many meet.',
      resolve: event => event.kind as EventKind,
    }),
    colour: t.exposeString('colour', { description: '# and six hexadecimal digits.' }),
    sections: t.field({
      type: ManagedEventSections,
      description: 'The template, section by section.',
      resolve: event => viewsOf(event.template as unknown as Template, standingOf(event)),
    }),
    editable: t.field({
      type: [ManagedEventSection],
      description: 'Sections with "Allow editing by assignees" on; location is always one of them.',
      resolve: event => event.editable as Section[],
    }),
    lockedSections: t.field({
      type: [ManagedEventSection],
      description: 'Sections that are locked and synced to every copy.',
      resolve: event => sections.filter(section => !event.editable.includes(section)),
    }),
    revision: t.exposeInt('revision', {
      description: 'Number of the template; send it along to be told when somebody else has saved meanwhile.',
    }),
    holderCount: t.int({
      description: 'People who hold a copy.',
      resolve: async (event, _args, { call }) => (await loadHolders(call, event.id)) ?? 0,
    }),
    groups: t.field({
      type: [GroupName],
      description: 'Groups that are assigned it.',
      resolve: async (event, _args, { call }) => (await loadGroups(call, event.id)) ?? [],
    }),
    people: t.field({
      type: [PersonName],
      description: 'People who are assigned it in person: the first hundred. All are in `assignedPeople`.',
      resolve: async (event, _args, { call }) => (await loadPeople(call, event.id))?.people ?? [],
    }),
    peopleCount: t.int({
      description: 'How many people are assigned it in person.',
      resolve: async (event, _args, { call }) => (await loadPeople(call, event.id))?.count ?? 0,
    }),
    assignedPeople: t.connection(
      {
        type: PersonName,
        description: 'People who are assigned it in person, by name.',
        complexity: costOfOwnList,
        args: {
          search: t.arg.string({ description: 'Part of a name, user name, e-mail or external id.' }),
          skip: t.arg.int({
            validate: jump,
            description: 'Rows to jump over: random access for a scrollbar.',
          }),
        },
        resolve: async (event, args, { call }) => {
          const filter = { managedEventId: event.id, search: args.search ?? null }
          const page = windowOf(args)
          const skip = args.skip ?? 0
          const from = placeOf('assigned', page.cursor, false)
          const window = { from, backward: page.backward, descending: false, take: page.take + 1 }
          const found = await readAssignedPage(call.org.sql, { filter, window, skip })
          const cursorOf = (place: Place): string => printPlace('assigned', place)
          const { rows, pageInfo } = turned(found, page, cursorOf)
          const edges = rows.map(row => ({
            cursor: cursorOf(row),
            node: { id: row.id, displayName: row.value, userName: row.userName },
          }))
          if (skip > 0) pageInfo.hasPreviousPage = true
          return { edges, pageInfo, total: () => countAssigned(call.org.sql, filter) }
        },
      },
      {
        description: 'A page of people who are assigned a managed event.',
        fields: page => ({
          totalCount: page.int({
            description: 'People on all pages.',
            resolve: connection => connection.total(),
          }),
        }),
      },
      { description: 'A person with their place in the list.' },
    ),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    changedAt: t.expose('changedAt', { type: 'DateTime', description: 'When the template last changed.' }),
    changedBy: t.string({
      nullable: true,
      description: 'Who last changed the template; null when that is not known (any more).',
      resolve: (event, _args, { call }) => nameOf(call, { kind: event.changedByKind, id: event.changedById }),
    }),
  }),
})

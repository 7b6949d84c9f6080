// A group with its members, admins and managed events.
import { z } from 'zod'
import { managesOwnGroupsOnly, may, type Actor } from '#server/domain/actor.ts'
import { weakTag } from '#server/scim/index.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { costOfOwnList } from '../cost.ts'
import { readGroupTies } from '../group-facts.sql.ts'
import { countMemberRows, readCandidates, readMemberPage, type MemberRow } from '../member-rows.sql.ts'
import { uuidOrNobody } from '../ids.ts'
import { loadAdmins, loadManagedEvents, loadMemberCount, loadOwn, loadSourceCounts } from '../load-group.ts'
import { turned, windowOf } from '../page.ts'
import { jump } from '../page-arguments.ts'
import { placeOf, printPlace } from '../place.ts'
import { MembershipSourceKind } from './enums.ts'
import { GroupMember } from './group-member.ts'
import { GroupDeletion, GroupSourceCounts, ManagedEventName, PersonName } from './group-parts.ts'

/** Group admins see their own groups. */
async function seesGroup(call: Call, groupId: string): Promise<boolean> {
  if (!may(call.actor, 'groups:read')) return false
  if (!managesOwnGroupsOnly(call.actor)) return true
  return (await loadOwn(call, groupId)) === true
}

/** Whose groups a list shows: null for everybody's. */
export function adminOf(actor: Actor): string | null {
  return managesOwnGroupsOnly(actor) ? actor.userId : null
}

const most = 50
const fewCandidates = z
  .int()
  .min(1)
  .max(most, `Ask for ${String(most)} at most.`)
  .nullish()

/** What the fields of a group read of its row. */
export const groupColumns = {
  orgId: true,
  id: true,
  displayName: true,
  linkedAt: true,
  version: true,
} as const

export const Group = builder.prismaNode('Group', {
  nullable: true,
  description: 'A named set of people.',
  authScopes: (group, { call }) => seesGroup(call, group.id),
  select: groupColumns,
  id: { resolve: group => group.id },
  findUnique: (id, { call }) => ({ orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(id) } }),
  fields: t => ({
    scimId: t.exposeID('id', { description: 'The id that SCIM clients use.' }),
    name: t.exposeString('displayName', { description: 'What it is called; unique, letter case aside.' }),
    pushed: t.boolean({
      description: 'Whether an identity provider pushes the group: it has made or changed it.',
      resolve: group => group.linkedAt !== null,
    }),
    version: t.string({
      description: 'The ETag that SCIM answers, for example W/"3".',
      resolve: group => weakTag(group.version),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    changedAt: t.expose('lastModified', {
      type: 'DateTime',
      description: 'When name or members last changed.',
    }),
    memberCount: t.int({
      description: 'How many people are in it.',
      resolve: async (group, _args, { call }) => (await loadMemberCount(call, group.id)) ?? 0,
    }),
    sourceCounts: t.field({
      type: GroupSourceCounts,
      description: 'Members by reason.',
      resolve: async (group, _args, { call }) => (await loadSourceCounts(call, group.id)) ?? {},
    }),
    admins: t.field({
      type: [PersonName],
      description: 'People who manage it, beside owner and admins.',
      resolve: async (group, _args, { call }) => (await loadAdmins(call, group.id)) ?? [],
    }),
    managedEvents: t.field({
      type: [ManagedEventName],
      description: 'Managed events that every member holds.',
      resolve: async (group, _args, { call }) => (await loadManagedEvents(call, group.id)) ?? [],
    }),
    manageable: t.boolean({
      description: 'Whether the caller may change members and assign managed events.',
      resolve: async (group, _args, { call }) =>
        may(call.actor, 'groups:write') || (await loadOwn(call, group.id)) === true,
    }),
    deletion: t.field({
      type: GroupDeletion,
      description: 'What would go with it.',
      resolve: (group, _args, { call }) => readGroupTies(call.org.sql, group.id),
    }),
    candidates: t.field({
      type: [PersonName],
      description: 'People who are not in it, for a picker.',
      args: {
        search: t.arg.string({
          required: true,
          description: 'Part of a name, user name, e-mail or external id.',
        }),
        first: t.arg.int({
          validate: fewCandidates,
          description: `How many: 10 when nothing is said, ${String(most)} at most.`,
        }),
      },
      resolve: async (group, { search, first }, { call }) => {
        const question = { groupId: group.id, search, take: first ?? 10 }
        const rows = await readCandidates(call.org.sql, question)
        return rows.map(({ id, name, userName }) => ({ id, displayName: name, userName }))
      },
    }),
    members: t.connection(
      {
        type: GroupMember,
        description: 'The people in it, by name.',
        complexity: costOfOwnList,
        args: {
          search: t.arg.string({ description: 'Part of a name, user name, e-mail or external id.' }),
          source: t.arg({
            type: [MembershipSourceKind],
            description: 'Only people with one of these reasons.',
          }),
          skip: t.arg.int({
            validate: jump,
            description: 'Rows to jump over: random access for a scrollbar.',
          }),
        },
        resolve: async (group, args, { call }) => {
          const filter = { groupId: group.id, search: args.search ?? null, kinds: args.source ?? null }
          const page = windowOf(args)
          const from = placeOf('members', page.cursor, false)
          const window = { from, backward: page.backward, descending: false, take: page.take + 1 }
          const found = await readMemberPage(call.org.sql, { filter, window, skip: args.skip ?? 0 })
          const cursorOf = (row: MemberRow): string => printPlace('members', row)
          const { rows, pageInfo } = turned(found, page, cursorOf)
          const edges = rows.map(row => ({ cursor: cursorOf(row), node: { ...row, groupId: group.id } }))
          if ((args.skip ?? 0) > 0) pageInfo.hasPreviousPage = true
          return { edges, pageInfo, total: () => countMemberRows(call.org.sql, filter) }
        },
      },
      {
        description: 'A page of members.',
        fields: page => ({
          totalCount: page.int({
            description: 'Members on all pages.',
            resolve: connection => connection.total(),
          }),
        }),
      },
      { description: 'A member with their place in the list.' },
    ),
  }),
})

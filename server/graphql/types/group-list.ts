// The groups of an organization, a page at a time.
import { queryFromInfo } from '@pothos/plugin-prisma'
import { builder } from '../builder.ts'
import { countGroupKeys, readGroupKeys } from '../group-keys.sql.ts'
import { turned, windowOf } from '../page.ts'
import { placeOf, printPlace, type Place } from '../place.ts'
import { GroupOrderField, OrderDirection } from './enums.ts'
import type { groupColumns } from './group.ts'
import { adminOf, Group } from './group.ts'
import { Organization } from './organization.ts'

const GroupOrder = builder.inputType('GroupOrder', {
  description: 'How a list of groups is sorted; ties by age.',
  fields: t => ({
    field: t.field({ type: GroupOrderField, required: true, description: 'What is compared.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'Which end comes first.' }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  groups: t.connection(
    {
      type: Group,
      description: 'Groups, by name unless asked otherwise. Group admins see those they manage.',
      authScopes: { may: 'groups:read' },
      args: {
        search: t.arg.string({ description: 'Part of the name, letter case aside.' }),
        pushed: t.arg.boolean({ description: 'Only groups that the identity provider pushes, or does not.' }),
        orderBy: t.arg({ type: GroupOrder, description: 'How they are sorted.' }),
      },
      resolve: async (organization, args, context, info) => {
        const { org, actor } = context.call
        const asked = { context, info, typeName: 'Group', paths: [['nodes'], ['edges', 'node']] }
        const query = queryFromInfo(asked) as { select: typeof groupColumns }
        const filter = { search: args.search ?? null, pushed: args.pushed ?? null, adminId: adminOf(actor) }
        const { field, direction } = args.orderBy ?? { field: 'name' as const, direction: 'asc' as const }
        const page = windowOf(args)
        const from = placeOf(field, page.cursor, field !== 'name')
        const window = {
          from,
          backward: page.backward,
          descending: direction === 'desc',
          take: page.take + 1,
        }
        const found = await readGroupKeys(org.sql, { filter, order: field, window })
        const cursorOf = (place: Place): string => printPlace(field, place)
        const { rows: keys, pageInfo } = turned(found, page, cursorOf)
        const where = { orgId: organization.id, id: { in: keys.map(({ id }) => id) } }
        const rows = keys.length === 0 ? [] : await org.db.group.findMany({ ...query, where })
        const byId = new Map(rows.map(row => [row.id, row]))
        const edges = keys.flatMap(key => {
          const node = byId.get(key.id)
          return node === undefined ? [] : [{ cursor: cursorOf(key), node }]
        })
        return { edges, pageInfo, total: () => countGroupKeys(org.sql, filter) }
      },
    },
    {
      description: 'A page of groups.',
      fields: page => ({
        totalCount: page.int({
          description: 'Groups on all pages.',
          resolve: connection => connection.total(),
        }),
      }),
    },
    { description: 'A group with its place in the list.' },
  ),
}))

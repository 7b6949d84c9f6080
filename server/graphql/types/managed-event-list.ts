// The managed events of an organization, a page at a time.
import { queryFromInfo } from '@pothos/plugin-prisma'
import { builder } from '../builder.ts'
import { uuidIn } from '../ids.ts'
import { countManagedEventKeys, readManagedEventKeys } from '../managed-event-keys.sql.ts'
import { turned, windowOf } from '../page.ts'
import { placeOf, printPlace, type Place } from '../place.ts'
import { ManagedEventOrderField, OrderDirection } from './enums.ts'
import type { managedEventColumns } from './managed-event.ts'
import { ManagedEvent } from './managed-event.ts'
import { Organization } from './organization.ts'

const ManagedEventOrder = builder.inputType('ManagedEventOrder', {
  description: 'How a list of managed events is sorted; ties by age.',
  fields: t => ({
    field: t.field({ type: ManagedEventOrderField, required: true, description: 'What is compared.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'Which end comes first.' }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  managedEvents: t.connection(
    {
      type: ManagedEvent,
      description: 'Managed events, by name unless asked otherwise.',
      authScopes: { may: 'managed-events:read' },
      args: {
        search: t.arg.string({ description: 'Part of name or slug, letter case aside.' }),
        groupId: t.arg.id({ description: 'Only those that are assigned to this group.' }),
        orderBy: t.arg({ type: ManagedEventOrder, description: 'How they are sorted.' }),
      },
      resolve: async (organization, args, context, info) => {
        const { org } = context.call
        const asked = { context, info, typeName: 'ManagedEvent', paths: [['nodes'], ['edges', 'node']] }
        const query = queryFromInfo(asked) as { select: typeof managedEventColumns }
        const groupId = args.groupId ? uuidIn('Group', args.groupId) : null
        const filter = { search: args.search ?? null, groupId }
        const { field, direction } = args.orderBy ?? { field: 'name' as const, direction: 'asc' as const }
        const page = windowOf(args)
        const from = placeOf(field, page.cursor, field !== 'name')
        const window = {
          from,
          backward: page.backward,
          descending: direction === 'desc',
          take: page.take + 1,
        }
        const found = await readManagedEventKeys(org.sql, { filter, order: field, window })
        const cursorOf = (place: Place): string => printPlace(field, place)
        const { rows: keys, pageInfo } = turned(found, page, cursorOf)
        const where = { orgId: organization.id, id: { in: keys.map(({ id }) => id) } }
        const rows = keys.length === 0 ? [] : await org.db.managedEvent.findMany({ ...query, where })
        const byId = new Map(rows.map(row => [row.id, row]))
        const edges = keys.flatMap(key => {
          const node = byId.get(key.id)
          return node === undefined ? [] : [{ cursor: cursorOf(key), node }]
        })
        return { edges, pageInfo, total: () => countManagedEventKeys(org.sql, filter) }
      },
    },
    {
      description: 'A page of managed events.',
      fields: page => ({
        totalCount: page.int({
          description: 'Managed events on all pages.',
          resolve: connection => connection.total(),
        }),
      }),
    },
    { description: 'A managed event with its place in the list.' },
  ),
}))

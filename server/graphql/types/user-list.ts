// The people of an organization, a page at a time.
import { queryFromInfo } from '@pothos/plugin-prisma'
import { builder } from '../builder.ts'
import { pageSize } from '../cost.ts'
import { uuidIn } from '../ids.ts'
import { jump } from '../page-arguments.ts'
import { userPage } from '../user-page.ts'
import { OrderDirection, UserOrderField, UserRole, UserStatus } from './enums.ts'
import { Organization } from './organization.ts'
import { User } from './user.ts'

const UserOrder = builder.inputType('UserOrder', {
  description: 'How a list of people is sorted; ties by age.',
  fields: t => ({
    field: t.field({ type: UserOrderField, required: true, description: 'What is compared.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'Which end comes first.' }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  users: t.connection(
    {
      type: User,
      description: 'People, by name unless asked otherwise. Without `status`: everyone but deleted people.',
      authScopes: { may: 'users:read' },
      args: {
        status: t.arg({ type: [UserStatus], description: 'Only people in these states.' }),
        search: t.arg.string({
          description: 'Part of a name, user name, e-mail or external id, letter case aside.',
        }),
        role: t.arg({ type: [UserRole], description: 'Only people with these roles.' }),
        linked: t.arg.boolean({ description: 'Only people whom an identity provider knows, or does not.' }),
        identityProviderGroup: t.arg.string({ description: 'Only people with exactly this group value.' }),
        groupId: t.arg.id({ description: 'Only members of this group.' }),
        orderBy: t.arg({ type: UserOrder, description: 'How they are sorted.' }),
        skip: t.arg.int({
          validate: jump,
          description: `Rows to jump over: random access for a scrollbar. Pages have ${String(pageSize.most)} rows at most.`,
        }),
      },
      resolve: (organization, args, context, info) => {
        const { status, search, role, linked, identityProviderGroup } = args
        const { db } = context.call.org
        const asked = { context, info, typeName: 'User', paths: [['nodes'], ['edges', 'node']] }
        const query = queryFromInfo(asked) as { select: { orgId: true; id: true } }
        return userPage(context.call.org, {
          filter: {
            status: status ?? null,
            search: search ?? null,
            role: role ?? null,
            linked: linked ?? null,
            identityProviderGroup: identityProviderGroup ?? null,
            groupId: args.groupId ? uuidIn('Group', args.groupId) : null,
          },
          order: args.orderBy ?? { field: 'name', direction: 'asc' },
          page: args,
          skip: args.skip ?? 0,
          rowsOf: ids => db.user.findMany({ ...query, where: { orgId: organization.id, id: { in: ids } } }),
        })
      },
    },
    {
      description: 'A page of people.',
      fields: page => ({
        totalCount: page.int({
          description: 'People on all pages.',
          resolve: connection => connection.total(),
        }),
      }),
    },
    { description: 'A person with their place in the list.' },
  ),
}))

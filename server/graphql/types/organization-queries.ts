// Finding organizations: one's own, or any for the operator.
import { queryFromInfo } from '@pothos/plugin-prisma'
import { builder } from '../builder.ts'
import { nobodysId, uuidIn, uuidOrNobody } from '../ids.ts'
import { turned, windowOf, type Window } from '../page.ts'
import { escapeLike } from '../text.ts'
import { Organization } from './organization.ts'

builder.queryField('organization', t =>
  t.prismaField({
    type: Organization,
    nullable: true,
    description:
      "The caller's own organization when id is left out; any organization for the operator. Null when unknown.",
    authScopes: { member: true, operator: true },
    args: { id: t.arg.id({ description: 'Global id of an organization.' }) },
    resolve: (query, _root, args, { call }) => {
      const own = call.orgId
      const asked = args.id ? uuidIn('Organization', args.id) : own
      const id = own === null || asked === own ? asked : nobodysId
      if (id === null || (own !== null && id !== own)) return null
      return call.db.organization.findUnique({ ...query, where: { id } })
    },
  }),
)

builder.queryField('organizations', t =>
  t.connection(
    {
      type: Organization,
      description: 'Every organization of the installation, newest first. For the operator.',
      authScopes: { operator: true },
      args: { search: t.arg.string({ description: 'Part of the name, letter case aside.' }) },
      resolve: async (_root, args, context, info) => {
        const asked = { context, info, typeName: 'Organization', paths: [['nodes'], ['edges', 'node']] }
        const query = queryFromInfo(asked) as object
        const { organization } = context.call.db
        const where = args.search ? { name: contains(args.search) } : {}
        const window = windowOf(args)
        const found = await organization.findMany({
          ...query,
          where: { ...where, ...beyond(window) },
          orderBy: { id: window.backward ? 'asc' : 'desc' },
          take: window.take + 1,
        })
        const { rows, pageInfo } = turned(found, window, cursorOf)
        const edges = rows.map(node => ({ cursor: cursorOf(node), node }))
        return { edges, pageInfo, total: () => organization.count({ where }) }
      },
    },
    {
      name: 'OrganizationConnection',
      description: 'A page of organizations.',
      fields: page => ({
        totalCount: page.int({
          description: 'Organizations on all pages.',
          resolve: connection => connection.total(),
        }),
      }),
    },
    { name: 'OrganizationConnectionEdge', description: 'An organization with its place in the list.' },
  ),
)

function contains(search: string) {
  return { contains: escapeLike(search), mode: 'insensitive' as const }
}

/** Ids grow with time, so they are the order. */
function cursorOf({ id }: { id: string }): string {
  return Buffer.from(id).toString('base64url')
}

function beyond({ cursor, backward }: Window) {
  if (cursor === null) return {}
  const id = uuidOrNobody(Buffer.from(cursor, 'base64url').toString('utf8'))
  return { id: backward ? { gt: id } : { lt: id } }
}

// Finding organizations: one's own, or any for the operator.
import { escapeLike } from '../text.ts'
import { builder } from '../builder.ts'
import { nobodysId, uuidIn } from '../ids.ts'
import { pageSize } from '../cost.ts'
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
  t.prismaConnection(
    {
      type: Organization,
      cursor: 'id',
      description: 'Every organization of the installation, newest first. For the operator.',
      authScopes: { operator: true },
      defaultSize: pageSize.standard,
      maxSize: pageSize.most,
      args: {
        search: t.arg.string({ description: 'Part of the name, letter case aside.' }),
      },
      totalCount: (_root, args, { call }) => call.db.organization.count({ where: whereName(args.search) }),
      resolve: (query, _root, args, { call }) =>
        call.db.organization.findMany({ ...query, where: whereName(args.search), orderBy: { id: 'desc' } }),
    },
    { name: 'OrganizationConnection', description: 'A page of organizations.' },
    { name: 'OrganizationConnectionEdge', description: 'An organization with its place in the list.' },
  ),
)

function whereName(search: string | null | undefined) {
  if (!search) return {}
  return { name: { contains: escapeLike(search), mode: 'insensitive' as const } }
}

// Who asks, and what they may do: the console draws itself by this.
import { may, type Permission } from '#server/domain/actor.ts'
import { findContact } from '#server/domain/organizations/find-contact.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { ViewerKind } from './enums.ts'
import { Organization } from './organization.ts'
import { User } from './user.ts'

const Permissions = builder.objectRef<Call>('Permissions').implement({
  description:
    'What the caller may do inside their organization. All false for the operator, who stays outside.',
  authScopes: { anyone: true },
  fields: t => {
    const allowed = (permission: Permission, description: string) =>
      t.boolean({ description, resolve: call => may(call.actor, permission) })
    return {
      manageSso: allowed('sso:write', 'Set single sign-on up, test, enforce and end it. People only.'),
      manageProvisioning: allowed(
        'provisioning:write',
        'Switch SCIM, change its settings, delete its configuration.',
      ),
      manageUsers: allowed('users:write', 'Change people by hand.'),
      manageApiKeys: allowed('api-keys:write', 'Create and revoke API keys.'),
      readProvisioningLog: allowed('log:read', 'Read provisioning events and exchanges.'),
      readNotices: allowed('notices:read', 'See what ends soon, and put notices away.'),
      readActivity: allowed('activity:read', 'Read the activity log.'),
      restoreUsers: allowed('users:restore', 'Bring deleted people back, remove deactivated ones.'),
      manageScimTokens: allowed('tokens:write', 'Issue, rotate and revoke SCIM tokens.'),
      readGroups: allowed('groups:read', 'See groups; group admins see those they manage.'),
      manageGroups: allowed('groups:write', 'Make, rename and delete groups, and decide who manages them.'),
      readManagedEvents: allowed(
        'managed-events:read',
        'See managed events; group admins assign them to their groups.',
      ),
      manageManagedEvents: allowed('managed-events:write', 'Make, change, assign and delete managed events.'),
      readMappings: allowed('mappings:read', 'See the group mapping, its change sets and jobs.'),
      manageMappings: allowed('mappings:write', 'Change the group mapping, undo changes, stop jobs.'),
      changeUserRoles: allowed('roles:write', 'Make admins and take the role away.'),
      transferOwnership: allowed('ownership:transfer', 'Hand the organization over to somebody else.'),
    }
  },
})

/** The call stands for its caller. */
export const Viewer = builder.objectRef<Call>('Viewer').implement({
  description: 'Whoever sent this request.',
  authScopes: { anyone: true },
  fields: t => ({
    kind: t.field({ type: ViewerKind, description: 'What kind of caller it is.', resolve: kindOf }),
    user: t.prismaField({
      type: User,
      nullable: true,
      description: 'The signed-in person; null for other kinds of callers.',
      resolve: (query, { actor, db }) => {
        if (actor.kind !== 'person') return null
        return db.user.findUnique({ ...query, where: { orgId_id: { orgId: actor.orgId, id: actor.userId } } })
      },
    }),
    organization: t.prismaField({
      type: Organization,
      nullable: true,
      description: "The caller's own organization; null for the operator and for anonymous callers.",
      resolve: (query, call) => {
        if (call.orgId === null) return null
        return call.db.organization.findUnique({ ...query, where: { id: call.orgId } })
      },
    }),
    contact: t.string({
      nullable: true,
      description:
        "Whom a person is to ask about what they may not do: the name of their organization's owner. Null for callers that are no people.",
      resolve: ({ actor, db }) => (actor.kind === 'person' ? findContact(db, actor.orgId) : null),
    }),
    permissions: t.field({
      type: Permissions,
      description: 'What the caller may do.',
      resolve: call => call,
    }),
    csrf: t.boolean({
      description: 'True when requests must carry the header `x-rollcall`: always for browser sessions.',
      resolve: ({ actor }) => actor.kind === 'person' || actor.kind === 'anonymous',
    }),
  }),
})

function kindOf({ actor }: Call): 'anonymous' | 'person' | 'api-key' | 'operator' {
  switch (actor.kind) {
    case 'person':
    case 'api-key':
    case 'operator':
      return actor.kind
    default:
      return 'anonymous'
  }
}

builder.queryField('viewer', t =>
  t.field({
    type: Viewer,
    description: 'Whoever sent this request.',
    authScopes: { anyone: true },
    resolve: (_root, _args, { call }) => call,
  }),
)

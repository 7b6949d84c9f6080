// An organization as its own people see it, and as the operator does: without what is inside.
import { entitlementsOf, planOf, type Entitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { builder } from '../builder.ts'
import { uuidOrNobody } from '../ids.ts'
import { Plan } from './enums.ts'

interface SeatNumbers {
  readonly total: number | null
  readonly used: number
  readonly reserved: number
}

const Seats = builder.objectRef<SeatNumbers>('Seats').implement({
  description: 'How many people the organization may have, and has.',
  authScopes: { anyone: true },
  fields: t => ({
    total: t.exposeInt('total', { nullable: true, description: 'Seats in all; null for unlimited.' }),
    used: t.exposeInt('used', { description: 'Active people.' }),
    reserved: t.exposeInt('reserved', { description: 'Pending people: their seat waits for them.' }),
    free: t.int({
      nullable: true,
      description: 'Seats for new people; null for unlimited.',
      resolve: ({ total, used, reserved }) => (total === null ? null : Math.max(0, total - used - reserved)),
    }),
  }),
})

interface Counts {
  readonly pending: number
  readonly active: number
  readonly deactivated: number
  readonly deleted: number
}

const StatusCounts = builder.objectRef<Counts>('StatusCounts').implement({
  description: 'People by state, from counters that are kept exact.',
  authScopes: { anyone: true },
  fields: t => ({
    pending: t.exposeInt('pending', { description: 'Known, not signed in yet.' }),
    active: t.exposeInt('active', { description: 'Have signed in.' }),
    deactivated: t.exposeInt('deactivated', { description: 'Kept, but may not sign in.' }),
    deleted: t.exposeInt('deleted', { description: 'Deleted and not purged yet.' }),
  }),
})

const described: Record<Entitlement, string> = {
  sso: 'SAML single sign-on.',
  scim: 'User provisioning over SCIM, with group mapping.',
  groups: 'Groups and group admins.',
  managedEvents: 'Managed events.',
  managedEventLocks: 'Locking what assignees may edit in managed events.',
  activityLog: 'The activity log.',
  domainControl: 'Domain control.',
}

const Entitlements = builder.objectRef<Record<Entitlement, boolean>>('Entitlements').implement({
  description: 'What the organization may use: set by its plan, each changeable by the operator.',
  authScopes: { anyone: true },
  fields: t => ({
    sso: t.exposeBoolean('sso', { description: described.sso }),
    scim: t.exposeBoolean('scim', { description: described.scim }),
    groups: t.exposeBoolean('groups', { description: described.groups }),
    managedEvents: t.exposeBoolean('managedEvents', { description: described.managedEvents }),
    managedEventLocks: t.exposeBoolean('managedEventLocks', { description: described.managedEventLocks }),
    activityLog: t.exposeBoolean('activityLog', { description: described.activityLog }),
    domainControl: t.exposeBoolean('domainControl', { description: described.domainControl }),
  }),
})

const counters = { select: { pending: true, active: true, deactivated: true, deleted: true } } as const
const noCounts: Counts = { pending: 0, active: 0, deactivated: 0, deleted: 0 }

/** The operator sees every organization from outside; everybody else sees their own. */
export const Organization = builder.prismaNode('Organization', {
  nullable: true,
  description: 'A customer. Everything in it is invisible to every other organization.',
  authScopes: (organization, { call }) => call.actor.kind === 'operator' || call.orgId === organization.id,
  id: { resolve: organization => organization.id },
  findUnique: (id, { call }) => ({
    id: call.orgId ?? uuidOrNobody(id),
    // Ids of others find nothing, rather than the caller's own organization.
    AND: { id: uuidOrNobody(id) },
  }),
  fields: t => ({
    name: t.exposeString('name', { description: 'What the organization is called.' }),
    plan: t.field({
      type: Plan,
      description: 'What the organization has bought.',
      resolve: organization => planOf(organization.plan),
    }),
    entitlements: t.field({
      type: Entitlements,
      description: 'What the organization may use.',
      resolve: organization => entitlementsOf(organization),
    }),
    seats: t.field({
      type: Seats,
      description: 'How many people the organization may have, and has.',
      authScopes: { may: 'users:read', operator: true },
      select: { stream: counters },
      resolve: ({ seatLimit, stream }) => ({
        total: seatLimit,
        used: stream?.active ?? 0,
        reserved: stream?.pending ?? 0,
      }),
    }),
    userCounts: t.field({
      type: StatusCounts,
      description: 'People by state.',
      authScopes: { may: 'users:read', operator: true },
      select: { stream: counters },
      resolve: ({ stream }) => stream ?? noCounts,
    }),
    requireSso: t.exposeBoolean('requireSso', {
      description: 'Whether single sign-on has to be set up before SCIM may be used.',
    }),
    requireTwoStep: t.exposeBoolean('requireTwoStep', {
      description: 'Whether owner and admins need a second step when they sign in by password.',
    }),
    mailsInvitations: t.exposeBoolean('mailInvitations', {
      description: 'Whether invitations go out by mail where a mail server is set.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the organization was made.' }),
  }),
})

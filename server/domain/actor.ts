// Who is asking: every use case receives one actor and asks it for permission in its first line.
import { DomainError } from './error.ts'

export type Role = 'owner' | 'admin' | 'group_admin' | 'user'

export const apiKeyScopes = [
  'read',
  'users:write',
  'groups:write',
  'mappings:write',
  'tokens:write',
  'managed-events:write',
  'settings:write',
] as const
export type ApiKeyScope = (typeof apiKeyScopes)[number]

/** Where a request came from; written into logs. */
export interface Origin {
  readonly requestId: string
  readonly ip: string | null
  readonly client: string | null
}

interface Asking {
  readonly name: string
  readonly origin: Origin
}
export interface PersonActor extends Asking {
  readonly kind: 'person'
  readonly orgId: string
  readonly userId: string
  readonly role: Role
  readonly sessionHash: Uint8Array
}
export interface ApiKeyActor extends Asking {
  readonly kind: 'api-key'
  readonly orgId: string
  readonly keyId: string
  readonly scopes: readonly ApiKeyScope[]
}
export interface ScimTokenActor extends Asking {
  readonly kind: 'scim-token'
  readonly orgId: string
  readonly tokenId: string
  /** The exchange that is being answered; events carry it. */
  readonly exchangeId: string
}
export interface OperatorActor extends Asking {
  readonly kind: 'operator'
}
export interface SystemActor extends Asking {
  readonly kind: 'system'
  /** Who asked for what the server does now; the logs name them. */
  readonly onBehalfOf?: Author
}
export interface AnonymousActor extends Asking {
  readonly kind: 'anonymous'
}
/** Who did something, as the logs keep it. */
export interface Author {
  readonly kind: Actor['kind']
  readonly id: string | null
  readonly name: string
}

/** Whom the logs name for what an actor does. */
export function authorOf(actor: Actor): Author {
  if (actor.kind === 'system' && actor.onBehalfOf !== undefined) return actor.onBehalfOf
  return { kind: actor.kind, id: idOf(actor), name: actor.name }
}

function idOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'person':
      return actor.userId
    case 'api-key':
      return actor.keyId
    case 'scim-token':
      return actor.tokenId
    default:
      return null
  }
}

export type Actor = PersonActor | ApiKeyActor | ScimTokenActor | OperatorActor | SystemActor | AnonymousActor

/** What may be permitted inside an organization. */
export type Permission =
  | 'users:read'
  | 'users:write'
  | 'users:restore'
  | 'roles:write'
  | 'ownership:transfer'
  | 'log:read'
  | 'activity:read'
  | 'notices:read'
  | 'provisioning:read'
  | 'provisioning:write'
  | 'sso:read'
  | 'sso:write'
  | 'tokens:write'
  | 'api-keys:write'
  | 'mappings:read'
  | 'mappings:write'
  | 'groups:read'
  | 'groups:write'
  | 'managed-events:read'
  | 'managed-events:write'
  | 'scim'

const ofRole: Record<Role, readonly Permission[]> = {
  owner: [
    'users:read',
    'users:write',
    'users:restore',
    'roles:write',
    'ownership:transfer',
    'log:read',
    'activity:read',
    'notices:read',
    'provisioning:read',
    'provisioning:write',
    'sso:read',
    'sso:write',
    'tokens:write',
    'api-keys:write',
    'mappings:read',
    'mappings:write',
    'groups:read',
    'groups:write',
    'managed-events:read',
    'managed-events:write',
  ],
  admin: [
    'users:read',
    'users:write',
    'roles:write',
    'log:read',
    'activity:read',
    'notices:read',
    'provisioning:read',
    'provisioning:write',
    'sso:read',
    'sso:write',
    'tokens:write',
    'api-keys:write',
    'mappings:read',
    'mappings:write',
    'groups:read',
    'groups:write',
    'managed-events:read',
    'managed-events:write',
  ],
  // Of their own groups only; see groups/demand-group.
  group_admin: ['groups:read', 'managed-events:read'],
  user: [],
}

const ofScope: Record<ApiKeyScope, readonly Permission[]> = {
  read: [
    'users:read',
    'log:read',
    'activity:read',
    'notices:read',
    'provisioning:read',
    'sso:read',
    'mappings:read',
    'groups:read',
    'managed-events:read',
  ],
  'users:write': ['users:read', 'users:write'],
  'groups:write': ['groups:read', 'groups:write'],
  'mappings:write': ['users:read', 'groups:read', 'mappings:read', 'mappings:write'],
  'tokens:write': ['provisioning:read', 'tokens:write'],
  'managed-events:write': ['groups:read', 'managed-events:read', 'managed-events:write'],
  'settings:write': ['provisioning:read', 'provisioning:write'],
}

/** True when the actor may do this inside its organization. The operator may not enter organizations. */
export function may(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'system':
      return true
    case 'person':
      return ofRole[actor.role].includes(permission)
    case 'api-key':
      return actor.scopes.some(scope => ofScope[scope].includes(permission))
    case 'scim-token':
      return permission === 'scim'
    case 'operator':
    case 'anonymous':
      return false
  }
}

/** True for those who see only the groups that were given to them. */
export function managesOwnGroupsOnly(actor: Actor): actor is PersonActor {
  return actor.kind === 'person' && actor.role === 'group_admin'
}

/** Throws `forbidden` unless the actor has the permission. */
export function demand(actor: Actor, permission: Permission): void {
  if (may(actor, permission)) return
  const next =
    actor.kind === 'api-key'
      ? 'Use a key whose scopes allow it.'
      : 'Ask an owner or admin of your organization.'
  throw new DomainError({
    kind: 'forbidden',
    code: 'actor/not-permitted',
    message: `You may not do this. ${next}`,
  })
}

/** Throws `forbidden` unless the caller holds the operator key (or is the server itself). */
export function demandOperator(actor: Actor): void {
  if (actor.kind === 'operator' || actor.kind === 'system') return
  throw new DomainError({
    kind: 'forbidden',
    code: 'actor/operator-only',
    message: 'Only the operator of this installation may do this. Send the operator key as bearer token.',
  })
}

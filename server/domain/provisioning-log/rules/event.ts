// The shapes of a provisioning event: what happened, to whom, and what changed.

export const eventTypes = [
  'user.created',
  'user.invited',
  'user.updated',
  'user.linked',
  'user.activated',
  'user.deactivated',
  'user.reactivated',
  'user.deleted',
  'user.restored',
  'user.purged',
  'user.role_changed',
  'group.created',
  'group.updated',
  'group.deleted',
  'group.member_added',
  'group.member_removed',
  'group_mapping.saved',
  'group_mapping.undone',
  'managed_event.created',
  'managed_event.updated',
  'managed_event.deleted',
  'managed_event.assigned',
  'managed_event.unassigned',
  'scim_token.issued',
  'scim_token.rotated',
  'scim_token.revoked',
  'scim_token.expiring',
  'scim_token.expired',
  'oauth_client.created',
  'oauth_client.secret_rotated',
  'oauth_client.secret_revoked',
  'oauth_client.secret_expiring',
  'oauth_client.secret_expired',
  'oauth_client.keys_replaced',
  'oauth_client.revoked',
  'certificate.expiring',
  'certificate.expired',
  'api_key.expiring',
  'api_key.expired',
  'seats.low',
  'seats.full',
  'provisioning.silent',
  'provisioning.enforced',
  'provisioning.released',
  'provisioning.configured',
  'provisioning.deleted',
] as const
export type EventType = (typeof eventTypes)[number]

/** One attribute before and after; `null` stands for "had no value". */
export interface Change {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/**
 * People of one change: a request that moves a thousand people is one event, not a thousand. Names are those of the
 * first three, ids those of the first hundred; `count` is exact.
 */
export interface People {
  readonly count: number
  readonly names: readonly string[]
  readonly ids: readonly string[]
}

/** Kept in the row's `detail`: the subject's name at that moment and what changed. */
export interface EventDetail {
  readonly subject?: string
  readonly changes?: readonly Change[]
  /** Further words of the sentence, e.g. `{ role: 'admin' }`. */
  readonly words?: Readonly<Record<string, string>>
  /** Who joined or left the group that `subject` names. */
  readonly people?: People
}

/** What a use case records; number, time and actor are added when it is written. */
export interface NewEvent {
  readonly type: EventType
  readonly userId?: string
  readonly groupId?: string
  readonly detail: EventDetail
}

// Global ids: base64 of `Type:id`, as Relay writes them. Ids that are none of ours are treated as unknown ones.

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** No row has this id: stands for ids that cannot exist, so that they answer exactly like unknown ones. */
export const nobodysId = '00000000-0000-0000-0000-000000000000'

/** The part behind the type; null when the global id is malformed or of another type. */
export function localId(type: string, globalId: string): string | null {
  const text = Buffer.from(globalId.slice(0, 200), 'base64').toString('utf8')
  return text.startsWith(`${type}:`) ? text.slice(type.length + 1) : null
}

const nodeTypes = [
  'Organization',
  'User',
  'Group',
  'ManagedEvent',
  'ScimToken',
  'OauthClient',
  'OauthClientSecret',
  'ApiKey',
  'ProvisioningEvent',
  'Exchange',
  'Job',
  'ChangeSet',
  'Notice',
] as const

/** Type and local id of a node; nobody at all for what is none of ours. */
export function nodeIn(id: string): { typename: string; id: string } {
  const typename = nodeTypes.find(type => localId(type, id) !== null) ?? 'User'
  return { typename, id: localId(typename, id) ?? nobodysId }
}

/** The UUID in a global id, `nobodysId` when there is none. */
export function uuidIn(type: string, globalId: string): string {
  return uuidOrNobody(localId(type, globalId))
}

/** A UUID as it is, anything else as `nobodysId`: the database refuses to compare other texts. */
export function uuidOrNobody(id: string | null): string {
  return id !== null && uuid.test(id) ? id : nobodysId
}

/** The Relay id. */
export function globalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64')
}

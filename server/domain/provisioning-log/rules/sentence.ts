// A provisioning event in one plain sentence.
import type { EventDetail, EventType } from './event.ts'

interface Told {
  readonly type: EventType
  readonly actorName: string
  readonly detail: EventDetail
}

/** For example `Okta 2026 deactivated Ada Byron`. People who were purged appear as "someone". */
export function sentence(event: Told): string {
  const who = event.detail.subject ?? 'someone'
  return sentences[event.type](event.actorName, { who, detail: event.detail })
}

type Words = { readonly who: string; readonly detail: EventDetail }

const sentences: Record<EventType, (actor: string, words: Words) => string> = {
  'user.created': (actor, { who, detail }) => {
    const by = detail.words?.['by']
    if (by === 'setup') return `${who} set up the organization`
    return by === 'invitation' ? `${actor} invited ${who}` : `${actor} created ${who}`
  },
  'user.invited': (actor, { who, detail }) =>
    detail.words?.['way'] === 'reminder'
      ? `${actor} reminded ${who} of the invitation`
      : `${actor} sent ${who} a new invitation`,
  'user.updated': (actor, { who, detail }) => `${actor} changed ${attributes(detail)} of ${who}`,
  'user.linked': (actor, { who }) => `${actor} linked ${who}, who was here before provisioning`,
  'user.activated': (_actor, { who }) => `${who} signed in for the first time`,
  'user.deactivated': (actor, { who }) => `${actor} deactivated ${who}`,
  'user.reactivated': (actor, { who }) => `${actor} reactivated ${who}`,
  'user.deleted': (actor, { who, detail }) =>
    detail.words?.['by'] === 'withdrawal'
      ? `${actor} withdrew the invitation of ${who}`
      : `${actor} deleted ${who}`,
  'user.restored': (actor, { who }) => `${actor} restored ${who}`,
  'user.purged': () => 'The data of a deleted person was purged',
  'user.role_changed': (actor, { who, detail }) =>
    `${actor} gave ${who} the role ${(detail.words?.['role'] ?? 'user').replace('_', ' ')}`,
  'group.created': (actor, { who }) => `${actor} created the group ${who}`,
  'group.updated': (actor, { who, detail }) => `${actor} changed ${attributes(detail)} of the group ${who}`,
  'group.deleted': (actor, { who }) => `${actor} deleted the group ${who}`,
  'group.member_added': (actor, { who, detail }) => {
    const reason = detail.words?.['reason']
    return reason === undefined
      ? `${actor} added ${peopleIn(detail)} to ${groupName(who)}`
      : `${peopleIn(detail)} joined ${groupName(who)} (${reason})`
  },
  'group.member_removed': (actor, { who, detail }) => {
    const reason = detail.words?.['reason']
    return reason === undefined
      ? `${actor} removed ${peopleIn(detail)} from ${groupName(who)}`
      : `${peopleIn(detail)} left ${groupName(who)} (${reason})`
  },
  'group_mapping.saved': actor => `${actor} changed the group mapping`,
  'group_mapping.undone': actor => `${actor} undid a change of the group mapping`,
  'managed_event.created': (actor, { who }) => `${actor} made the managed event ${who}`,
  'managed_event.updated': (actor, { who, detail }) =>
    `${actor} changed ${attributes(detail)} of the managed event ${who}`,
  'managed_event.deleted': (actor, { who }) => `${actor} deleted the managed event ${who}`,
  'managed_event.assigned': (actor, { who, detail }) =>
    `${actor} assigned ${who} to ${detail.words?.['who'] ?? 'someone'}`,
  'managed_event.unassigned': (actor, { who, detail }) =>
    `${actor} took ${who} from ${detail.words?.['who'] ?? 'someone'}`,
  'scim_token.issued': (actor, { who }) => `${actor} generated the token ${who}`,
  'scim_token.rotated': (actor, { who, detail }) =>
    `${actor} rotated the token ${detail.words?.['old'] ?? ''} to ${who}`,
  'scim_token.revoked': (actor, { who }) => `${actor} revoked the token ${who}`,
  'scim_token.expiring': (_actor, { who, detail }) => `The token ${who} expires ${within(detail)}`,
  'scim_token.expired': (_actor, { who }) => `The token ${who} expired`,
  'oauth_client.created': (actor, { who }) => `${actor} created the OAuth client ${who}`,
  'oauth_client.secret_rotated': (actor, { who }) => `${actor} made a new secret for the OAuth client ${who}`,
  'oauth_client.secret_revoked': (actor, { who }) => `${actor} revoked a secret of the OAuth client ${who}`,
  'oauth_client.secret_expiring': (_actor, { who, detail }) =>
    `The secret of the OAuth client ${who} expires ${within(detail)}`,
  'oauth_client.secret_expired': (_actor, { who }) => `A secret of the OAuth client ${who} expired`,
  'oauth_client.keys_replaced': (actor, { who }) => `${actor} replaced the keys of the OAuth client ${who}`,
  'oauth_client.revoked': (actor, { who }) => `${actor} revoked the OAuth client ${who}`,
  'certificate.expiring': (_actor, { detail }) =>
    `The certificate of the identity provider expires ${within(detail)}`,
  'certificate.expired': () => 'The certificate of the identity provider expired',
  'api_key.expiring': (_actor, { who, detail }) => `The API key ${who} expires ${within(detail)}`,
  'api_key.expired': (_actor, { who }) => `The API key ${who} expired`,
  'seats.low': (_actor, { who }) => `At least 90 % of the ${who} seats are taken`,
  'seats.full': (_actor, { who }) => `All ${who} seats are taken: nobody new can be provisioned`,
  'provisioning.silent': (_actor, { who }) => `${who} has not called for longer than usual`,
  'provisioning.enforced': actor => `${actor} switched SCIM on`,
  'provisioning.released': actor => `${actor} switched SCIM off`,
  'provisioning.configured': actor => `${actor} changed the provisioning settings`,
  'provisioning.deleted': actor => `${actor} deleted the SCIM configuration`,
}

/** `within a day`, `in 7 days`. */
function within({ words }: EventDetail): string {
  const days = words?.['days'] ?? '1'
  return days === '1' ? 'within a day' : `in ${days} days`
}

/** `Ada Byron`, `Ada Byron and Grace Hopper`, `Ada Byron, Grace Hopper and 98 more`. */
function peopleIn({ people }: EventDetail): string {
  const [first, second] = people?.names ?? []
  const count = people?.count ?? 1
  if (first === undefined) return count === 1 ? 'someone' : `${String(count)} people`
  if (count === 1) return first
  if (second === undefined) return `${first} and ${String(count - 1)} more`
  return count === 2 ? `${first} and ${second}` : `${first}, ${second} and ${String(count - 2)} more`
}

/** The event of a purged person has lost its group's name, too. */
function groupName(subject: string): string {
  return subject === 'someone' ? 'a group' : subject
}

function attributes(detail: EventDetail): string {
  const names = (detail.changes ?? []).map(change => shortName(change.path))
  const [first, second] = names
  if (first === undefined) return 'something'
  if (second === undefined) return first
  return names.length === 2
    ? `${first} and ${second}`
    : `${first}, ${second} and ${String(names.length - 2)} more`
}

function shortName(path: string): string {
  return path.startsWith('urn:') ? path.slice(path.lastIndexOf(':') + 1) : path
}

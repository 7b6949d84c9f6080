// Why a person is in a group.
import type { Actor } from '#server/domain/actor.ts'

export const sourceKinds = ['mapping', 'default', 'scim', 'manual'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** A source that only the identity provider's side may take away: by hand it is locked. */
export function isByIdentityProvider(kind: SourceKind): boolean {
  return kind !== 'manual'
}

const reasons: Record<Exclude<SourceKind, 'manual'>, string> = {
  scim: 'Your identity provider pushes this group. Remove the person there.',
  mapping: 'Placed by group mapping. Change the value in your identity provider, or the mapping row.',
  default: 'In the group for people without a match. Map their value, or choose another group for them.',
}

/** Why a membership cannot be ended by hand, for people; null when it can. */
export function lockReason(kinds: readonly SourceKind[]): string | null {
  if (kinds.includes('manual')) return null
  const first = (['scim', 'mapping', 'default'] as const).find(kind => kinds.includes(kind))
  return first === undefined ? null : reasons[first]
}

/** Who put somebody into a group by hand: kept with the membership, by id, so that a purge leaves no name behind. */
export function byHand(actor: Actor): { by: { kind: Actor['kind']; id?: string } } {
  if (actor.kind === 'person') return { by: { kind: actor.kind, id: actor.userId } }
  if (actor.kind === 'api-key') return { by: { kind: actor.kind, id: actor.keyId } }
  return { by: { kind: actor.kind } }
}

/** What made a membership: the token and exchange of the identity provider, or whoever it was by hand. */
export function madeBy(actor: Actor): { tokenId: string; exchangeId: string } | ReturnType<typeof byHand> {
  if (actor.kind === 'scim-token') return { tokenId: actor.tokenId, exchangeId: actor.exchangeId }
  return byHand(actor)
}

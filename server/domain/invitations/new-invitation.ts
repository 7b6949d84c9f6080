// Makes the link of an invitation: what the database keeps of it, and the secret that goes to the person.
import { authorOf } from '#server/domain/actor.ts'
import { hashSecret, mintSecret } from '#server/domain/secrets/secret.ts'
import type { Transaction } from '#server/domain/transact.ts'
import { expiryOf } from './rules/invitation.ts'

/** The secret goes behind `#` in the link, so that it reaches no log of a proxy; it is kept nowhere. */
export function newInvitation(tx: Transaction, organization: { readonly key: string }) {
  const secret = mintSecret('invite', organization.key)
  const author = authorOf(tx.actor)
  const sentAt = tx.clock.now()
  const row = {
    hash: hashSecret(secret),
    reminderHash: null,
    sentAt,
    expiresAt: expiryOf(sentAt),
    acceptedAt: null,
    invitedByKind: author.kind,
    invitedById: author.id,
  }
  return { secret: secret.text, row }
}

// The person came back from the identity provider as who they are: their session's proof is fresh again.
import type { SamlArrival } from '#prisma/client.ts'
import type { PersonActor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { sameHash } from '#server/domain/secrets/secret.ts'
import { transact } from '#server/domain/transact.ts'
import { refusal } from './rules/refusal.ts'

/**
 * `person` is whose session the browser shows, null without one: it has to be the session that was asked about.
 * Changes nothing but the time, as `reauthenticate` does. Throws `sso/session-ended`.
 */
export async function renewProof(
  ctx: Context,
  { arrival, person }: { arrival: SamlArrival; person: PersonActor | null },
): Promise<void> {
  const { sessionHash, userId } = arrival
  if (person === null || sessionHash === null || !sameHash(person.sessionHash, sessionHash))
    throw refusal('session-ended')
  await transact({ ...ctx, actor: person }, async tx => {
    const { count } = await tx.db.session.updateMany({
      where: { orgId: tx.orgId, userId, hash: new Uint8Array(sessionHash), via: 'sso' },
      data: { authAt: tx.clock.now() },
    })
    if (count !== 1) throw refusal('session-ended')
    tx.note({
      action: 'session.reauthenticate',
      subjectKind: 'user',
      subjectId: userId,
      after: { via: 'sso' },
    })
  })
}

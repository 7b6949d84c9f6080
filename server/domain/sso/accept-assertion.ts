// Takes a verified assertion: once, for a question that is open, of a person who may come in.
import type { Context } from '#server/domain/context.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { checkProof } from './check-proof.ts'
import { matchPerson, type NamedSubject } from './match-person.ts'
import { hashOf, newSecret } from './one-time-secret.ts'
import { refusal } from './rules/refusal.ts'

export interface AcceptAssertionInput {
  readonly requestId: string
  readonly issuer: string
  readonly assertionId: string
  readonly subject: NamedSubject
  readonly matchAttribute: string | null
  /** From here on the assertion's own times keep it out. */
  readonly keepUntil: Date
  readonly sessionEnd: Date | null
  /** When the identity provider looked at the person; null when it does not say. */
  readonly authenticatedAt: Date | null
}

/** Milliseconds for the redirect to the address where the browser shows its cookie. */
const arrivalLife = 60_000

/**
 * The handle with which the browser finishes. Of parallel calls with one answer exactly one gets it. Throws
 * `sso/unknown-request`, `sso/replayed` and what `matchPerson` and `checkProof` throw; then nothing was taken.
 */
export async function acceptAssertion(
  ctx: Context,
  input: AcceptAssertionInput,
): Promise<{ handle: string }> {
  return transact(ctx, async tx => {
    const request = await takeRequest(tx, input.requestId)
    await takeAssertionOnce(tx, input)
    const { userId } = await matchPerson(tx, input)
    const { purpose, revision, browserHash, sessionHash, returnPath, startedByName } = request
    if (purpose === 'prove') await checkProof(tx, { ...input, request, userId })
    const handle = newSecret()
    await tx.db.samlArrival.create({
      data: {
        orgId: tx.orgId,
        hash: hashOf(handle),
        userId,
        purpose,
        revision,
        browserHash,
        sessionHash,
        returnPath,
        startedByName,
        sessionEnd: input.sessionEnd,
        expiresAt: new Date(tx.clock.now().getTime() + arrivalLife),
      },
    })
    return { handle }
  })
}

async function takeRequest(tx: Transaction, requestId: string) {
  const hash = hashOf(requestId)
  const request = await tx.db.samlRequest.findUnique({ where: { orgId_hash: { orgId: tx.orgId, hash } } })
  const open = { orgId: tx.orgId, hash, expiresAt: { gt: tx.clock.now() } }
  const { count } = await tx.db.samlRequest.deleteMany({ where: open })
  if (request?.browserHash == null || count !== 1) throw refusal('unknown-request')
  return { ...request, browserHash: request.browserHash }
}

async function takeAssertionOnce(tx: Transaction, input: AcceptAssertionInput): Promise<void> {
  const hash = hashOf(`${input.issuer}\n${input.assertionId}`)
  const row = { orgId: tx.orgId, hash, expiresAt: input.keepUntil }
  const { count } = await tx.db.samlAssertion.createMany({ data: [row], skipDuplicates: true })
  if (count !== 1) throw refusal('replayed')
}

// What happens to an answer of an identity provider: gate, signature, meaning, person; then on to the address to finish.
import type { Context } from '#server/domain/context.ts'
import { acceptAssertion } from '#server/domain/sso/accept-assertion.ts'
import { findConnection } from '#server/domain/sso/find-connection.ts'
import { findSpKeys } from '#server/domain/sso/find-sp-keys.ts'
import { findRequest, type OpenRequest } from '#server/domain/sso/find-request.ts'
import { noteRefusal } from '#server/domain/sso/note-refusal.ts'
import { recordSsoTest } from '#server/domain/sso/record-sso-test.ts'
import { signsIn, ssoAddresses, type SsoConnection } from '#server/domain/sso/rules/connection.ts'
import { refusal, SsoRefusal } from '#server/domain/sso/rules/refusal.ts'
import { readAssertion } from './assertion.ts'
import { decryptAssertion } from './decrypt-assertion.ts'
import { admitAssertion, admitResponse, claimedRequest, type Admitted } from './gate.ts'
import { verifyResponse } from './verify-response.ts'

/** The connection, if people may sign in by it or test it. Throws `sso/not-set-up`, `sso/not-in-plan`. */
export async function usableConnection(ctx: Context): Promise<SsoConnection> {
  const found = await findConnection(ctx)
  if (found === null) throw refusal('not-set-up')
  if (!found.inPlan) throw refusal('not-in-plan')
  return found.connection
}

export type Taken = { readonly kind: 'finish'; readonly handle: string } | { readonly kind: 'start-over' }

/**
 * The handle to finish with, or that the person has to be asked anew: an unsolicited answer makes no session, it
 * only starts a question of ours. A refusal is written down, and for a test it is the test's outcome.
 */
export async function takeResponse(
  ctx: Context,
  input: { encoded: string; publicUrl: string },
): Promise<Taken> {
  const connection = await usableConnection(ctx)
  try {
    return await take(ctx, { ...input, connection })
  } catch (error) {
    if (error instanceof SsoRefusal) await tell(ctx, { error, encoded: input.encoded, connection })
    throw error
  }
}

interface Incoming {
  readonly encoded: string
  readonly publicUrl: string
  readonly connection: SsoConnection
}

async function take(ctx: Context, { encoded, publicUrl, connection }: Incoming): Promise<Taken> {
  const { acsUrl, audienceUrl } = ssoAddresses(publicUrl, ctx.orgId)
  const { issuer, matchAttribute, allowCbc } = connection
  const admitted = admitResponse(encoded, { acsUrl, issuer, allowCbc })
  const { xml, inResponseTo: requestId } = admitted
  if (requestId === null) {
    if (connection.allowIdpInitiated && signsIn(connection.status)) return { kind: 'start-over' }
    throw refusal('unsolicited')
  }
  demandOpen(await findRequest(ctx, { requestId }), connection)
  const decryptionKey = await keyThatOpens(ctx, admitted)
  const trusted = { acsUrl, audienceUrl, connection, decryptionKey }
  const now = ctx.clock.now()
  const signed = await verifyResponse(xml, trusted)
  const { id, keepUntil, sessionEnd, authenticatedAt, ...subject } = readAssertion(signed, {
    ...trusted,
    issuer,
    requestId,
    now,
  })
  const assertion = { assertionId: id, keepUntil, sessionEnd, authenticatedAt, subject }
  const { handle } = await acceptAssertion(ctx, { ...assertion, requestId, issuer, matchAttribute })
  return { kind: 'finish', handle }
}

/** What comes out has passed the gate, too. */
async function keyThatOpens(ctx: Context, { encrypted, responseSigned }: Admitted): Promise<string | null> {
  if (encrypted === null) return null
  const keys = (await findSpKeys(ctx)).flatMap(({ privateKey }) => privateKey ?? [])
  const { xml, privateKey } = decryptAssertion(encrypted, keys)
  admitAssertion(xml, { responseSigned })
  return privateKey
}

function demandOpen(request: OpenRequest | null, connection: SsoConnection): void {
  if (request === null) throw refusal('unknown-request')
  if (request.purpose === 'test') {
    if (request.revision !== connection.revision) throw refusal('stale-test')
  } else if (!signsIn(connection.status)) throw refusal('not-set-up')
}

interface Refused {
  readonly error: SsoRefusal
  readonly encoded: string
  readonly connection: SsoConnection
}

async function tell(ctx: Context, { error, encoded, connection }: Refused): Promise<void> {
  await noteRefusal(ctx, { code: error.code })
  const requestId = claimedRequest(encoded)
  const request = requestId === null ? null : await findRequest(ctx, { requestId })
  if (request?.purpose !== 'test' || request.revision !== connection.revision) return
  const outcome = { passed: false as const, code: error.code, message: error.message }
  await recordSsoTest(ctx, { ...request, outcome })
}

// The browser comes back from the identity provider: only the one that began gets the session, or the test's result.
import type { SamlArrival } from '#prisma/client.ts'
import type { PersonActor, Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { sameHash } from '#server/domain/secrets/secret.ts'
import { openSession } from '#server/domain/sessions/open-session.ts'
import { sessionHours, type StartedSession } from '#server/domain/sessions/start-session.ts'
import { applyUserChange } from '#server/domain/users/apply-user-change.ts'
import { activate } from '#server/domain/users/rules/activate.ts'
import { isActive, type UserStatus } from '#server/domain/users/rules/user.ts'
import { findConnection } from './find-connection.ts'
import { hashOf } from './one-time-secret.ts'
import { recordSsoTest } from './record-sso-test.ts'
import { renewProof } from './renew-proof.ts'
import { signsIn, type SsoConnection } from './rules/connection.ts'
import { deactivatedPerson, refusal } from './rules/refusal.ts'

export type SignInFinished =
  | { readonly kind: 'signed-in'; readonly session: StartedSession; readonly returnPath: string }
  | { readonly kind: 'tested'; readonly message: string }
  | { readonly kind: 'proven' }

export interface FinishSignInInput {
  readonly handle: string
  /** The secret of the browser's cookie, null without one. */
  readonly browser: string | null
  /** Whose session the browser shows already. */
  readonly signedIn: PersonActor | null
}

/**
 * A handle is used up by looking at it. Throws `sso/unknown-request`, `sso/other-browser`, `sso/deactivated`,
 * `sso/stale-test`, `sso/session-ended`.
 */
export async function finishSignIn(ctx: Context, input: FinishSignInInput): Promise<SignInFinished> {
  const arrival = await takeArrival(ctx, input.handle)
  if (input.browser === null || !sameHash(arrival.browserHash, hashOf(input.browser)))
    throw refusal('other-browser')
  const person = await ctx.db.user.findUnique({
    where: { orgId_id: { orgId: ctx.orgId, id: arrival.userId } },
    select: { id: true, displayName: true, userName: true, role: true, status: true },
  })
  if (person === null || !isActive(person.status as UserStatus)) throw deactivatedPerson(null)
  if (arrival.purpose === 'test') return passTest(ctx, { arrival, person })
  const connection = await openConnection(ctx)
  if (arrival.purpose !== 'prove') return letIn(ctx, { arrival, person, connection })
  await renewProof(ctx, { arrival, person: input.signedIn })
  return { kind: 'proven' }
}

async function takeArrival(ctx: Context, handle: string): Promise<SamlArrival> {
  const key = { orgId: ctx.orgId, hash: hashOf(handle) }
  const arrival = await ctx.db.samlArrival.findUnique({ where: { orgId_hash: key } })
  const { count } = await ctx.db.samlArrival.deleteMany({
    where: { ...key, expiresAt: { gt: ctx.clock.now() } },
  })
  if (arrival === null || count !== 1) throw refusal('unknown-request')
  return arrival
}

interface Arrived {
  readonly arrival: SamlArrival
  readonly person: {
    readonly id: string
    readonly displayName: string
    readonly userName: string
    readonly role: string
  }
}

async function passTest(ctx: Context, { arrival, person }: Arrived): Promise<SignInFinished> {
  const message = `The identity provider signed in ${person.displayName} (${person.userName}).`
  const { revision, startedByName } = arrival
  await recordSsoTest(ctx, { revision, startedByName, outcome: { passed: true, message } })
  return { kind: 'tested', message }
}

async function openConnection(ctx: Context): Promise<SsoConnection> {
  const found = await findConnection(ctx)
  if (found === null || !signsIn(found.connection.status)) throw refusal('not-set-up')
  return found.connection
}

async function letIn(
  ctx: Context,
  { arrival, person, connection }: Arrived & { readonly connection: SsoConnection },
): Promise<SignInFinished> {
  const now = ctx.clock.now()
  const actor = {
    kind: 'person' as const,
    orgId: ctx.orgId,
    userId: person.id,
    name: person.displayName,
    role: person.role as Role,
    sessionHash: new Uint8Array(),
    origin: ctx.actor.origin,
  }
  const own = { ...ctx, actor }
  await applyUserChange(own, { userId: person.id, decide: current => activate(current, now) })
  const longest = now.getTime() + hoursFor(actor.role, connection) * 3_600_000
  const wanted = arrival.sessionEnd?.getTime() ?? longest
  const { session } = await openSession(own, {
    person: { userId: person.id, name: person.displayName, role: person.role as Role },
    via: 'sso',
    endsAt: new Date(Math.min(longest, wanted)),
  })
  return { kind: 'signed-in', session, returnPath: arrival.returnPath }
}

/** Whoever can change who gets in shows more often who they are than others may have to. */
function hoursFor(role: Role, { sessionHours: wanted }: SsoConnection): number {
  return role === 'owner' || role === 'admin' ? Math.min(wanted, sessionHours.absolute) : wanted
}

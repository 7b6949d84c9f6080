// One call to the API: who makes it, what they may touch, and the session it may start or end.
import { createGraphQLError } from 'graphql-yoga'
import type { Actor } from '#server/domain/actor.ts'
import type { Context, Db, InstallationContext } from '#server/domain/context.ts'
import type { GraphqlSettings } from './settings.ts'
import { stoppable, stoppableInstallation } from './stoppable.ts'

/** The context of every resolver. */
export interface GraphqlContext {
  readonly call: Call
}

/** A started session, as the domain hands it out. */
interface Session {
  readonly secret: string
  readonly expiresAt: Date
}

/** Everything a resolver may use. It changes hands once at most: when the caller signs in or out. */
export class Call {
  readonly settings: GraphqlSettings
  /** Set-Cookie headers of the answer. */
  readonly cookies: string[] = []
  #actor: Actor
  readonly #stopped = new AbortController()
  readonly #stands: (actor: Actor) => Promise<boolean>
  /** What the browser kept of the first step of a sign-in, or null. */
  readonly step: string | null

  /** `stands` tells whether the caller may still do what they began. */
  constructor(
    settings: GraphqlSettings,
    caller: { actor: Actor; step: string | null; stands: (actor: Actor) => Promise<boolean> },
  ) {
    this.settings = settings
    this.#actor = caller.actor
    this.#stands = caller.stands
    this.step = caller.step
  }

  /** For streams: true while session or key live and the rights are the same as at their start. */
  stands(): Promise<boolean> {
    return this.#stands(this.#actor)
  }

  get actor(): Actor {
    return this.#actor
  }

  get requestId(): string {
    return this.#actor.origin.requestId
  }

  /** The caller's organization, or null for anonymous callers and the operator. */
  get orgId(): string | null {
    return 'orgId' in this.#actor ? this.#actor.orgId : null
  }

  /** The caller inside their organization. Throws UNAUTHENTICATED for callers without one. */
  get org(): Context {
    if (this.orgId === null) throw this.#refusal()
    return stoppable(this.settings.contextFor(this.orgId, this.#actor), this.#stopped.signal)
  }

  /** The caller before an organization is known. */
  get installation(): InstallationContext {
    return stoppableInstallation(this.settings.installationFor(this.#actor), this.#stopped.signal)
  }

  /** Reads within the organization's wall; the operator reads without one. */
  get db(): Db {
    return this.#actor.kind === 'operator' ? this.installation.installation : this.org.db
  }

  /** Ends the database work of this call: nothing new begins, and open transactions are rolled back. */
  stop(reason: Error): void {
    this.#stopped.abort(reason)
  }

  /** From here on the caller is the person who has just signed in; their browser learns the cookie. */
  startSession(actor: Actor, session: Session): void {
    this.#actor = actor
    this.cookies.push(this.settings.cookie.write(session.secret, session.expiresAt))
  }

  /** The browser remembers that the first step of a sign-in is done; nobody is signed in by it. */
  keepStep(step: Session): void {
    this.cookies.push(this.settings.stepCookie.write(step.secret, step.expiresAt))
  }

  /** The second step is done, too. */
  finishStep(actor: Actor, session: Session): void {
    this.startSession(actor, session)
    this.cookies.push(this.settings.stepCookie.clear())
  }

  /** Forgets the person and their cookie. */
  endSession(): void {
    this.#actor = { kind: 'anonymous', name: 'Anonymous', origin: this.#actor.origin }
    this.cookies.push(this.settings.cookie.clear())
  }

  #refusal(): Error {
    return this.#actor.kind === 'operator' ? noOrganization() : notSignedIn()
  }
}

/** Answer to anonymous callers: the console goes to the sign-in page when it sees the code. */
export function notSignedIn(message = 'Sign in, or send an API key as bearer token.'): Error {
  return createGraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } })
}

function noOrganization(): Error {
  const message = 'The operator key belongs to no organization. Use an API key of the organization.'
  return createGraphQLError(message, { extensions: { code: 'FORBIDDEN' } })
}

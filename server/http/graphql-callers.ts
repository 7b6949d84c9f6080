// Who is connected: counts sockets against their limits and closes those whose caller lost access.
import { setTimeout } from 'node:timers/promises'
import type { Actor } from '#server/domain/actor.ts'
import type { Listener } from '#server/domain/context.ts'
import { sessionId } from '#server/domain/sessions/session-id.ts'
import type { Credentials } from '#server/graphql/authenticate.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'

export interface Connected {
  readonly shown: Credentials
  readonly actor: Actor
  readonly close: (code: number, reason: string) => void
}

export interface Callers {
  /** False when the caller or their organization has too many sockets already. */
  readonly admit: (connected: Connected) => boolean
  readonly leave: (connected: Connected) => void
  readonly close: () => void
}

interface Limits {
  readonly perCaller: number
  readonly perOrganization: number
  readonly recheckEvery: number
  readonly restAfterRing: number
}

/**
 * Looks at everybody in an organization when something was changed in it, in whatever process, and at all of them every
 * now and then; a socket whose caller may no longer is closed with 4403.
 */
export function watchCallers(door: GraphqlDoor, limits: Limits): Callers {
  const present = new Set<Connected>()
  const ended = new AbortController()
  const timer = setInterval(() => {
    for (const connected of present) void check(door, connected)
  }, limits.recheckEvery)
  timer.unref()
  const those = (are: (other: Connected) => boolean): Connected[] => [...present].filter(are)
  const inside = (orgId: string): Connected[] => those(({ actor }) => orgOf(actor) === orgId)
  const attend = attendance(door, { inside, rest: limits.restAfterRing, ended: ended.signal })
  return {
    admit: connected => {
      const key = callerKey(connected)
      const room =
        those(other => callerKey(other) === key).length < limits.perCaller &&
        inside(orgOf(connected.actor)).length < limits.perOrganization
      if (!room) return false
      present.add(connected)
      attend(connected.actor)
      return true
    },
    leave: connected => {
      present.delete(connected)
    },
    close: () => {
      clearInterval(timer)
      ended.abort()
    },
  }
}

interface Attended {
  readonly inside: (orgId: string) => readonly Connected[]
  /** Milliseconds. */
  readonly rest: number
  readonly ended: AbortSignal
}

/** Answers what to call with whoever is admitted: from then on each ring in their organization is heard. */
function attendance(door: GraphqlDoor, { inside, rest, ended }: Attended): (actor: Actor) => void {
  const attended = new Set<string>()
  async function attend(orgId: string, listener: Listener): Promise<void> {
    while (!ended.aborted && inside(orgId).length > 0) {
      await listener.next(ended)
      await Promise.all(inside(orgId).map(connected => check(door, connected, 'fresh')))
      // A provisioning cycle rings many times a second: the rings of a rest are answered together after it.
      await setTimeout(rest, undefined, { signal: ended }).catch(() => undefined)
    }
    listener.close()
    attended.delete(orgId)
  }
  return actor => {
    if (!('orgId' in actor) || attended.has(actor.orgId)) return
    attended.add(actor.orgId)
    void attend(actor.orgId, door.settings.contextFor(actor.orgId, actor).listen())
  }
}

/** With other rights the caller may come back at once and be met with them. */
async function check(door: GraphqlDoor, { shown, actor, close }: Connected, fresh?: 'fresh'): Promise<void> {
  try {
    const standing = await door.watch(shown, actor, fresh)
    if (standing === 'ended') close(4403, 'Signed out')
    if (standing === 'changed') close(1012, 'Rights changed')
  } catch (error) {
    door.settings.onFailure(error, shown.origin.requestId)
  }
}

/** The session or the key: what else stands in the headers is the caller's to invent. */
function callerKey({ actor }: Connected): string {
  if (actor.kind === 'person') return `session:${sessionId(actor.sessionHash)}`
  return actor.kind === 'api-key' ? `key:${actor.keyId}` : actor.kind
}

function orgOf(actor: Actor): string {
  return 'orgId' in actor ? actor.orgId : actor.kind
}

// Who is connected: counts sockets against their limits and closes those whose caller lost access.
import type { Actor } from '#server/domain/actor.ts'
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

/** Checks everybody every now and then; a socket whose caller may no longer is closed with 4403. */
export function watchCallers(
  door: GraphqlDoor,
  limits: { perCaller: number; perOrganization: number; recheckEvery: number },
): Callers {
  const present = new Set<Connected>()
  const timer = setInterval(() => {
    for (const connected of present) void check(door, connected)
  }, limits.recheckEvery)
  timer.unref()
  const countOf = (same: (other: Connected) => boolean): number => [...present].filter(same).length
  return {
    admit: connected => {
      const key = callerKey(connected)
      const organization = orgOf(connected.actor)
      const room =
        countOf(other => callerKey(other) === key) < limits.perCaller &&
        countOf(other => orgOf(other.actor) === organization) < limits.perOrganization
      if (room) present.add(connected)
      return room
    },
    leave: connected => {
      present.delete(connected)
    },
    close: () => {
      clearInterval(timer)
    },
  }
}

/** With other rights the caller may come back at once and be met with them. */
async function check(door: GraphqlDoor, { shown, actor, close }: Connected): Promise<void> {
  try {
    const standing = await door.watch(shown, actor)
    if (standing === 'ended') close(4403, 'Signed out')
    if (standing === 'changed') close(1012, 'Rights changed')
  } catch (error) {
    door.settings.onFailure(error, shown.origin.requestId)
  }
}

function callerKey({ shown }: Connected): string {
  return shown.authorization ?? shown.cookie ?? ''
}

function orgOf(actor: Actor): string {
  return 'orgId' in actor ? actor.orgId : actor.kind
}

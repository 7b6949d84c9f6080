// Wakes whoever follows an organization's logs. Carries no data: a lost ring delays, it never loses.
import type { Listener } from './domain/context.ts'

/** Carries rings between processes; `send` and `onRing` move organization ids only. */
export interface BellRope {
  readonly send: (orgId: string) => void
  readonly close: () => Promise<void>
}

export interface Bell {
  readonly ring: (orgId: string) => void
  /** A ring that came from another process: wakes listeners here, is not sent on. */
  readonly echo: (orgId: string) => void
  readonly listen: (orgId: string) => Listener
  readonly pull: (rope: BellRope) => void
}

/** Followers look again after this time even if no ring reached them, in milliseconds. */
const slowTick = 1_000

/** One bell a process. */
export function createBell(): Bell {
  const listeners = new Map<string, Set<() => void>>()
  let rope: BellRope | undefined
  const echo = (orgId: string): void => {
    for (const wake of listeners.get(orgId) ?? []) wake()
  }
  return {
    echo,
    ring: orgId => {
      echo(orgId)
      rope?.send(orgId)
    },
    pull: next => {
      rope = next
    },
    listen: orgId => listenOn(listeners, orgId),
  }
}

function listenOn(listeners: Map<string, Set<() => void>>, orgId: string): Listener {
  let rung = false
  let answer: (() => void) | undefined
  const wake = (): void => {
    rung = true
    answer?.()
  }
  const wakes = listeners.get(orgId) ?? new Set()
  listeners.set(orgId, wakes.add(wake))
  return {
    next: async signal => {
      if (!rung && !signal.aborted) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, slowTick)
          answer = () => {
            clearTimeout(timer)
            resolve()
          }
          signal.addEventListener('abort', answer, { once: true })
        })
        if (answer) signal.removeEventListener('abort', answer)
        answer = undefined
      }
      rung = false
    },
    close: () => {
      wakes.delete(wake)
      if (wakes.size === 0) listeners.delete(orgId)
    },
  }
}

// Remembers when tokens were last used, and writes it down now and then instead of with every request.
import type { Actor } from './domain/actor.ts'
import type { Context } from './domain/context.ts'
import { recordClientUses } from './domain/oauth-clients/record-client-uses.ts'
import { recordTokenUses, type TokenUse } from './domain/scim-tokens/record-token-uses.ts'

export interface TokenUses {
  readonly note: (orgId: string, use: TokenUse) => void
  /** Writes what was noted since the last time. */
  readonly flush: () => Promise<void>
}

/** One a process; up to a minute of "last used" may be lost in a crash. */
export function createTokenUses(
  contextFor: (orgId: string, actor: Actor) => Context,
  actor: Actor,
): TokenUses {
  let noted = new Map<string, { orgId: string; use: TokenUse }>()
  return {
    note: (orgId, use) => {
      noted.set(use.tokenId, { orgId, use })
    },
    flush: async () => {
      const uses = [...noted.values()]
      noted = new Map()
      for (const { orgId, use } of uses) {
        const write = use.via === 'oauth-client' ? recordClientUses : recordTokenUses
        await write(contextFor(orgId, actor), [use])
      }
    },
  }
}

// What an API key may be allowed to do.
import type { ResultOf } from '#web/graphql/graphql.ts'
import type { ApiKeyFields } from './documents.ts'

export type ApiKey = ResultOf<typeof ApiKeyFields>
export type ApiKeyScope = ApiKey['scopes'][number]

/** The scopes that do something in this version, the harmless ones first. */
export const offeredScopes = [
  'READ',
  'USERS_WRITE',
  'TOKENS_WRITE',
  'SETTINGS_WRITE',
] as const satisfies readonly ApiKeyScope[]

export const keyTone = {
  ACTIVE: 'success',
  EXPIRING: 'warning',
  EXPIRED: 'error',
  REVOKED: 'neutral',
} as const
export const expiries = ['30', '90', '365', 'never'] as const
export type KeyExpiry = (typeof expiries)[number]

/** The moment a new key ends, `days` after `now` (milliseconds since 1970); null for never. */
export function keyEnd(expiry: KeyExpiry, now: number): string | null {
  return expiry === 'never' ? null : new Date(now + Number(expiry) * 86_400_000).toISOString()
}

/** A first call with a key, to copy into a shell. */
export function exampleCall(origin: string): string {
  const query = '{"query":"{ organization { name userCounts { active pending } } }"}'
  return [
    `curl ${origin}/graphql \\`,
    '  -H "Authorization: Bearer $ROLLCALL_KEY" \\',
    `  -H 'Content-Type: application/json' --data '${query}'`,
  ].join('\n')
}

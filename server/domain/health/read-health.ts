// How provisioning is: last contact, share of trouble, tokens, people; and one sentence about it.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { readCredentials } from './read-credentials.sql.ts'
import {
  readAttention,
  readSigns,
  readWaitingForSeat,
  type AttentionRow,
  type SignsRow,
} from './read-health.sql.ts'
import { credentialSigns } from './rules/credentials.ts'
import { verdictOf, type HealthState } from './rules/verdict.ts'

export interface Health {
  readonly state: HealthState
  readonly sentence: string
  /** Id of the latest exchange. */
  readonly lastContactId: string | null
  readonly lastContactAt: Date | null
  readonly lastSuccessAt: Date | null
  readonly requests: number
  readonly refused: number
  readonly failed: number
  /** 0 to 1; null without requests. */
  readonly successShare: number | null
  readonly p95Milliseconds: number | null
  readonly tokenDaysLeft: number | null
  /** The live token that lasts longest; null when it is an OAuth client. */
  readonly tokenId: string | null
  /** Whether a token or an OAuth client was ever made, and whether one of them opens the door. */
  readonly hasCredential: boolean
  readonly canCall: boolean
  readonly linked: number
  readonly notLinked: number
  readonly pendingOverWeek: number
  /** People refused in the last week for want of a seat. */
  readonly waitingForSeat: number
  readonly attention: readonly AttentionRow[]
}

const hour = 3_600_000
const day = 24 * hour

/** Reads it all; numbers of "the last 24 hours" are those of the last 24 clock hours. Throws `actor/not-permitted`. */
export async function readHealth(ctx: Context, _input: Record<string, never> = {}): Promise<Health> {
  demand(ctx.actor, 'provisioning:read')
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - day)
  const { requests, ...row } = withRequests(
    await readSigns(ctx.sql, { since, pendingBefore: new Date(now.getTime() - 7 * day) }),
  )
  const tokens = credentialSigns(await readCredentials(ctx.sql), now)
  const troubled = row.refused + row.failed
  const verdict = verdictOf({
    ...tokens,
    now,
    enforced: row.enforced,
    identityProvider: row.identity_provider,
    lastContactAt: row.last_at,
    rhythm: { days: row.days, longestGap: row.gap * 1_000 },
    requests,
    troubled,
  })
  return {
    ...verdict,
    lastContactId: row.last_id,
    lastContactAt: row.last_at,
    lastSuccessAt: row.last_success_at,
    requests,
    refused: row.refused,
    failed: row.failed,
    successShare: requests === 0 ? null : row.succeeded / requests,
    p95Milliseconds: row.p95,
    tokenDaysLeft: tokens.tokenDaysLeft,
    tokenId: tokens.tokenId,
    hasCredential: tokens.token.ever,
    canCall: tokens.token.live,
    linked: row.linked,
    notLinked: row.not_linked,
    pendingOverWeek: row.pending_over_week,
    waitingForSeat: await waitingForSeat(ctx, row, now),
    attention: troubled === 0 ? [] : await readAttention(ctx.sql, since),
  }
}

/** Nobody waits while seats are free. */
async function waitingForSeat({ sql }: Context, row: SignsRow, now: Date): Promise<number> {
  if (row.seat_limit === null || row.seats_used < row.seat_limit) return 0
  return readWaitingForSeat(sql, new Date(now.getTime() - 7 * day))
}

function withRequests(row: SignsRow): SignsRow & { readonly requests: number } {
  return { ...row, requests: row.succeeded + row.refused + row.failed }
}

// How provisioning is: last contact, share of trouble, tokens, people; and one sentence about it.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { daysLeft, isLive } from '#server/domain/scim-tokens/rules/token.ts'
import {
  readAttention,
  readContacts,
  readPeople,
  type AttentionRow,
  type ContactRow,
} from './read-health.sql.ts'
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
  /** The live token that lasts longest. */
  readonly tokenId: string | null
  readonly linked: number
  readonly notLinked: number
  readonly pendingOverWeek: number
  readonly attention: readonly AttentionRow[]
}

const hour = 3_600_000
const day = 24 * hour

/** Reads it all; numbers of "the last 24 hours" are those of the last 24 clock hours. Throws `actor/not-permitted`. */
export async function readHealth(ctx: Context, _input: Record<string, never> = {}): Promise<Health> {
  demand(ctx.actor, 'provisioning:read')
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - day)
  const { scimEnforced } = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.orgId },
    select: { scimEnforced: true },
  })
  const tokens = await readTokens(ctx, now)
  const contacts = contactsOf(await readContacts(ctx.sql, since))
  const attention = contacts.refused + contacts.failed === 0 ? [] : await readAttention(ctx.sql, since)
  const people = await readPeople(ctx.sql, new Date(now.getTime() - 7 * day))
  const { identityProvider, ...numbers } = contacts
  const signs = { now, enforced: scimEnforced, identityProvider, lastContactAt: numbers.lastContactAt }
  const troubled = numbers.refused + numbers.failed
  return {
    ...verdictOf({ ...signs, ...tokens, requests: numbers.requests, troubled }),
    ...numbers,
    tokenDaysLeft: tokens.tokenDaysLeft,
    tokenId: tokens.tokenId,
    linked: people.linked,
    notLinked: people.not_linked,
    pendingOverWeek: people.pending_over_week,
    attention,
  }
}

async function readTokens(ctx: Context, now: Date) {
  const tokens = await ctx.db.scimToken.findMany({
    where: { orgId: ctx.orgId },
    select: { id: true, expiresAt: true, revokedAt: true },
    orderBy: { id: 'desc' },
    take: 50,
  })
  const live = tokens.filter(token => isLive(token, now))
  const lasting = live.reduce<(typeof live)[number] | null>((best, token) => {
    return best === null || endOf(token) > endOf(best) ? token : best
  }, null)
  return {
    token: { live: lasting !== null, ever: tokens.length > 0 },
    tokenId: lasting?.id ?? null,
    tokenDaysLeft: lasting === null ? null : daysLeft(lasting, now),
  }
}

function endOf(token: { expiresAt: Date | null }): number {
  return token.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
}

const nobody: ContactRow = {
  last_id: null,
  last_at: null,
  identity_provider: null,
  last_success_at: null,
  p95: null,
  succeeded: 0,
  refused: 0,
  failed: 0,
}

function contactsOf(row: ContactRow | null) {
  const { succeeded, refused, failed, ...contact } = row ?? nobody
  const requests = succeeded + refused + failed
  return {
    identityProvider: contact.identity_provider,
    lastContactId: contact.last_id,
    lastContactAt: contact.last_at,
    lastSuccessAt: contact.last_success_at,
    requests,
    refused,
    failed,
    successShare: requests === 0 ? null : succeeded / requests,
    p95Milliseconds: contact.p95,
  }
}

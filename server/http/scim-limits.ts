// How often a token may call, and how often a stranger may fail.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OauthDoorSettings } from '#server/oauth-http/settings.ts'
import type { ScimDoorSettings } from '#server/scim-http/settings.ts'
import type { BulkDebts } from './bulk-debt.ts'

const window = 2_000
const failures = { max: 60, timeWindow: 60_000 } as const

/** Access tokens that a client may fetch a minute: identity providers fetch one an hour. */
const grants = { max: 60, timeWindow: 60_000 } as const

type Limits = Pick<ScimDoorSettings, 'limitToken' | 'chargeToken' | 'limitFailures'> &
  Pick<OauthDoorSettings, 'limitGrants'>

/**
 * A token may send `rate` requests a second in the long run and twice as many at once (at least 25 a second are
 * asked for by Entra's gallery). A Bulk request is served whole; its operations are owed, and beyond two seconds' worth
 * the token waits. Strangers may fail 60 times a minute and address. `rate` 0 lifts the token's limit.
 */
export function scimLimits(
  app: FastifyInstance,
  { rate, debts }: { rate: number; debts: BulkDebts },
): Limits {
  const tokens = new WeakMap<FastifyRequest, string>()
  const byToken = app.createRateLimit({
    max: rate * 2,
    timeWindow: window,
    keyGenerator: request => `token:${tokens.get(request) ?? ''}`,
  })
  const clients = new WeakMap<FastifyRequest, string>()
  const byClient = app.createRateLimit({
    ...grants,
    keyGenerator: request => `grants:${clients.get(request) ?? ''}`,
  })
  const byAddress = app.createRateLimit({ ...failures, keyGenerator: request => `failures:${request.ip}` })
  return {
    limitToken: async (request, tokenId) => {
      if (rate === 0) return null
      tokens.set(request, tokenId)
      const [verdict, owed] = await Promise.all([byToken(request), debts.owed(tokenId)])
      const debt = owed > window ? Math.ceil((owed - window) / 1_000) : null
      return secondsToWait(verdict) ?? debt
    },
    chargeToken: async (tokenId, calls) => {
      if (rate > 0 && calls > 0) await debts.add(tokenId, (calls * 1_000) / rate)
    },
    limitGrants: async (request, clientId) => {
      clients.set(request, clientId)
      return secondsToWait(await byClient(request))
    },
    limitFailures: async request => secondsToWait(await byAddress(request)),
  }
}

type Verdict = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>

function secondsToWait(verdict: Verdict): number | null {
  if (verdict.isAllowed || !verdict.isExceeded) return null
  return Math.max(1, verdict.ttlInSeconds)
}

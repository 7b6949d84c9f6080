// The key sets that identity providers publish: fetched safely, kept for minutes, fetched again for an unknown key.
import { createRemoteJWKSet, customFetch, type FetchImplementation, type RemoteJWKSet } from 'jose'
import type { RemoteKeys } from '#server/domain/oauth-clients/check-assertion.ts'
import { fetchSafely, RefusedFetch, type SafeFetchOptions } from './fetch-safely.ts'

/** Milliseconds: how long a set is used, and how soon an unknown key may have it fetched again. */
const kept = { atMost: 600_000, atLeast: 30_000 } as const
/** How soon an address that failed is tried again: its failures must not make us knock at every call. */
const pauseAfterFailure = 10_000
/** Sets kept at a time; the one that was asked for longest ago is forgotten first. */
const remembered = 200

/** One a process: its cache is what keeps identity providers from being asked with every call. */
export function createPublishedKeys(options: SafeFetchOptions): RemoteKeys {
  const sets = new Map<string, RemoteJWKSet>()
  return address => {
    const set = sets.get(address) ?? keySetAt(address, options)
    sets.delete(address)
    sets.set(address, set)
    if (sets.size > remembered) sets.delete(sets.keys().next().value ?? '')
    return set
  }
}

function keySetAt(address: string, options: SafeFetchOptions): RemoteJWKSet {
  let failure: { readonly at: number; readonly error: unknown } | null = null
  const fetchIt: FetchImplementation = async url => {
    if (failure !== null && performance.now() - failure.at < pauseAfterFailure) throw failure.error
    try {
      const { status, text } = await fetchSafely(new URL(url), options)
      if (status !== 200) throw new RefusedFetch(`The key set was answered with status ${String(status)}.`)
      const set: unknown = JSON.parse(text)
      failure = null
      return Response.json(set)
    } catch (error) {
      failure = { at: performance.now(), error }
      throw error
    }
  }
  return createRemoteJWKSet(new URL(address), {
    [customFetch]: fetchIt,
    cacheMaxAge: kept.atMost,
    cooldownDuration: kept.atLeast,
  })
}

// Fetches a small document from an address that a customer chose, without being led to where the server alone may go.
import { lookup as lookUp, type LookupAddress } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request, type RequestOptions } from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './address-guard.ts'

export interface SafeFetchOptions {
  /** Opens private and loopback addresses and every port: for identity providers in the operator's own network. */
  readonly allowPrivate: boolean
  /** Certificates to trust besides the usual ones, in PEM. */
  readonly ca?: string
  /** Media types to ask for; JSON without it. */
  readonly accept?: string
  /** Bytes of the answer; 64 kB without it. */
  readonly largest?: number
}

export interface Fetched {
  readonly status: number
  readonly text: string
}

const timeLimit = 5_000
const usualLimit = 65_536
const openPorts = new Set(['', '443', '8443'])

/** Why an address was not called, or its answer not taken. */
export class RefusedFetch extends Error {}

/**
 * GET over https: no redirects (their status is answered), no cookies, no proxy, 5 seconds and 64 kB (or `largest`) at most. Every
 * address that the name resolves to must be public, and the connection goes to the addresses that were checked.
 * Throws `RefusedFetch`, or what the network throws.
 */
export async function fetchSafely(address: URL, options: SafeFetchOptions): Promise<Fetched> {
  demandSafe(address, options)
  const signal = AbortSignal.timeout(timeLimit)
  const response = await send(address, {
    signal,
    lookup: guardedLookup(options),
    agent: false,
    headers: {
      accept: options.accept ?? 'application/jwk-set+json, application/json',
      'user-agent': 'Rollcall',
    },
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })
  return { status: response.statusCode ?? 0, text: await textOf(response, options.largest ?? usualLimit) }
}

/** Node asks no lookup function about literal addresses, so the host is checked here, too. */
function demandSafe({ protocol, username, password, hostname, port }: URL, options: SafeFetchOptions): void {
  if (protocol !== 'https:') throw new RefusedFetch('Only https addresses are fetched.')
  if (username !== '' || password !== '') throw new RefusedFetch('An address must not carry credentials.')
  if (options.allowPrivate) return
  if (!openPorts.has(port)) throw new RefusedFetch('Only the ports 443 and 8443 are called.')
  const literal = hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw new RefusedFetch('This address is not public.')
}

type Lookup = NonNullable<RequestOptions['lookup']>

/** Resolves as usual, and refuses the name when any of its addresses is not public. */
function guardedLookup({ allowPrivate }: SafeFetchOptions): Lookup {
  return (hostname, wanted, callback) => {
    lookUp(hostname, { all: true }, (error, addresses) => {
      const fault = error ?? faultOf(addresses, allowPrivate)
      const first = error ? undefined : addresses[0]
      if (fault !== null || first === undefined) callback(fault, [])
      else if (wanted.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

function faultOf(addresses: readonly LookupAddress[], allowPrivate: boolean): Error | null {
  if (allowPrivate || addresses.every(({ address }) => isPublicAddress(address))) return null
  return new RefusedFetch('This name leads to an address that is not public.')
}

function send(address: URL, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(address, options, resolve).on('error', reject).end()
  })
}

/** Reads up to the limit; the rest is not waited for. */
async function textOf(response: IncomingMessage, limit: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit) throw new RefusedFetch(`The answer is larger than ${String(limit / 1_024)} kB.`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

// Sends operations to the GraphQL door as browsers, automation clients and the operator would.
import { presentUser } from '#server/scim-http/user-mapper.ts'
import { parseSelection, userType } from '#server/scim/index.ts'
import { createGraphqlDoor, type GraphqlDoor } from '#server/graphql/door.ts'
import type { GraphqlSettings } from '#server/graphql/settings.ts'
import { readIdpMetadata } from '#server/saml/idp-metadata.ts'
import { sessionCookie, stepCookie } from '#server/http/session-cookie.ts'
import type { World } from '#server/world.ts'

export const publicUrl = 'http://localhost:4000'
export const operatorKey = 'operator-key-for-tests-0123456789abcdef'

/** Settings as the host would give them; a test overrides what it is about. */
export function graphqlSettings(world: World, overrides: Partial<GraphqlSettings> = {}): GraphqlSettings {
  return {
    publicUrl,
    operatorKey,
    sendsMail: world.sendsMail,
    development: false,
    contextFor: world.contextFor,
    installationFor: world.installationFor,
    cookie: sessionCookie(publicUrl),
    stepCookie: stepCookie(publicUrl),
    presentUsers: (users, orgId) => {
      const shown = {
        baseUrl: `${publicUrl}/scim/v2/${orgId}`,
        selection: parseSelection({}, userType),
        groups: [],
      }
      return Promise.resolve(users.map(user => presentUser(user, shown)))
    },
    probe: () => Promise.reject(new Error('This test plays no identity provider.')),
    readIdpMetadata,
    fetchMetadata: () => Promise.reject(new Error('This test fetches nothing.')),
    recheckAfter: 0,
    onFailure: error => {
      throw error
    },
    ...overrides,
  }
}

export function graphqlDoor(world: World, overrides: Partial<GraphqlSettings> = {}): GraphqlDoor {
  return createGraphqlDoor(graphqlSettings(world, overrides))
}

export interface GraphqlAnswer {
  readonly status: number
  // What a test asked for is what it knows to be there.
  readonly data: Record<string, Answer>
  readonly errors: readonly { message: string; extensions?: Record<string, unknown> }[] | undefined
  readonly headers: Headers
}

/** Any JSON, reachable by name without a cast. */
export type Answer = never

export type Send = (query: string, variables?: Record<string, unknown>) => Promise<GraphqlAnswer>

/** Who sends: exactly one of the credentials, or none. */
export interface Sender {
  readonly cookie?: string
  /** The value of the cookie between the two steps of a sign-in. */
  readonly step?: string
  readonly bearer?: string
  /** Further or other headers. */
  readonly headers?: Record<string, string>
}

/** A function that sends operations with these credentials. */
export function sender(door: GraphqlDoor, who: Sender = {}): Send {
  return async (query, variables = {}) => {
    const response = await door.handle(graphqlRequest({ query, variables }, who), {
      requestId: 'request-of-test',
      ip: '192.0.2.7',
      client: 'test',
    })
    const body = (await response.json()) as Pick<GraphqlAnswer, 'data' | 'errors'>
    return { status: response.status, headers: response.headers, data: body.data, errors: body.errors }
  }
}

function cookiesOf({ cookie, step }: Sender): Record<string, string> {
  const pairs = [cookie && `sid=${cookie}`, step && `step=${step}`].filter(Boolean)
  return pairs.length === 0 ? {} : { cookie: pairs.join('; ') }
}

/** The request as a browser of the console would make it. */
export function graphqlRequest(body: unknown, who: Sender = {}): Request {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(who.bearer === undefined
      ? { 'x-rollcall': '1', origin: publicUrl }
      : { authorization: `Bearer ${who.bearer}` }),
    ...cookiesOf(who),
    ...who.headers,
  }
  return new Request(`${publicUrl}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })
}

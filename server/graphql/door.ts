// The GraphQL door. `createGraphqlDoor(settings)` makes it; the host mounts `graphqlRoutes(door)` (http/graphql-routes)
// for GET and POST /graphql and `graphqlSocket(door)` (http/graphql-ws) for subscriptions on the same path.
import type { Actor, Origin } from '#server/domain/actor.ts'
import { authenticate, type Credentials } from './authenticate.ts'
import { Call, notSignedIn } from './call.ts'
import { refusalOf } from './request-rules.ts'
import type { GraphqlSettings } from './settings.ts'
import { createEngine } from './yoga.ts'

export interface GraphqlDoor {
  readonly settings: GraphqlSettings
  readonly engine: ReturnType<typeof createEngine>
  /** Answers a request; `origin` says where it came from. Never rejects for what a caller did. */
  readonly handle: (request: Request, origin: Origin) => Promise<Response>
  /** The caller behind credentials; null when a bearer token opens nothing. */
  readonly authenticate: (shown: Credentials) => Promise<Actor | null>
}

/** One door a process. */
export function createGraphqlDoor(settings: GraphqlSettings): GraphqlDoor {
  const engine = createEngine(error => {
    settings.onFailure(error, 'none')
  })
  const who = (shown: Credentials) => authenticate(settings, shown)
  return {
    settings,
    engine,
    authenticate: who,
    handle: async (request, origin) => {
      const refusal = refusalOf(request, settings.publicUrl)
      if (refusal !== null) return refuse(refusal)
      const shown = {
        authorization: request.headers.get('authorization'),
        cookie: request.headers.get('cookie'),
        origin,
      }
      const actor = await who(shown)
      if (actor === null) {
        const { message } = notSignedIn(
          'This bearer token opens nothing: check that it is a current API key.',
        )
        return refuse({ status: 401, code: 'UNAUTHENTICATED', message })
      }
      const call = new Call(settings, actor)
      return withCookies(await engine.fetch(request, { call }), call)
    },
  }
}

function refuse(refusal: { status: number; code: string; message: string }): Response {
  const { status, code, message } = refusal
  const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : {}
  return Response.json({ errors: [{ message, extensions: { code } }] }, { status, headers })
}

function withCookies(response: Response, call: Call): Response {
  const headers = new Headers(response.headers)
  headers.set('cache-control', 'no-store')
  for (const cookie of call.cookies) headers.append('set-cookie', cookie)
  return new Response(response.body, { status: response.status, headers })
}

// The GraphQL door. `createGraphqlDoor(settings)` makes it; the host mounts `graphqlRoutes(door)` (http/graphql-routes)
// for GET and POST /graphql and `graphqlSockets(door)` (http/graphql-ws) for subscriptions on the same path.
import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql'
import { createGraphQLError } from 'graphql-yoga'
import type { Actor, Origin } from '#server/domain/actor.ts'
import { authenticate, type Credentials } from './authenticate.ts'
import { Call } from './call.ts'
import { explorerAsset, explorerPage, opensExplorer } from './explorer.ts'
import { refusalOf } from './request-rules.ts'
import type { GraphqlSettings } from './settings.ts'
import { createWatch, type Watch } from './watch.ts'
import { createEngine } from './yoga.ts'

/** An operation as a socket brings it. */
export interface Operation {
  readonly query: string
  readonly operationName?: string | null | undefined
  readonly variables?: Record<string, unknown> | null | undefined
}

type Answer = ExecutionResult | AsyncIterableIterator<ExecutionResult>

/** An operation that passed the rules of the document, ready to run; or why it did not. */
export type Prepared =
  | { readonly errors: readonly GraphQLError[] }
  | {
      readonly args: ExecutionArgs
      readonly execute: () => Promise<Answer>
      readonly subscribe: () => Promise<Answer>
    }

export interface GraphqlDoor {
  readonly settings: GraphqlSettings
  /** Answers a request; `origin` says where it came from. Never rejects for what a caller did. */
  readonly handle: (request: Request, origin: Origin) => Promise<Response>
  /** The caller behind credentials; null when a bearer token opens nothing. */
  readonly authenticate: (shown: Credentials) => Promise<Actor | null>
  /** Whether a caller may still do what they began. */
  readonly watch: Watch
  /** Parses and validates with the same rules as requests. Never rejects for what a caller did. */
  readonly prepare: (caller: { shown: Credentials; actor: Actor }, operation: Operation) => Promise<Prepared>
}

/** One door a process. */
export function createGraphqlDoor(settings: GraphqlSettings): GraphqlDoor {
  const engine = createEngine(error => {
    settings.onFailure(error, 'none')
  })
  const watch = createWatch(settings)
  const callOf = (actor: Actor, shown: Credentials): Call =>
    new Call(settings, {
      actor,
      step: settings.stepCookie.read(shown.cookie),
      stands: async now => (await watch(shown, now)) === 'same',
    })
  return {
    settings,
    watch,
    authenticate: shown => authenticate(settings, shown),
    handle: async (request, origin) => {
      const asset = request.method === 'GET' ? explorerAsset(new URL(request.url).pathname) : null
      if (asset !== null) return asset
      if (opensExplorer(request)) return explore(settings, shownBy(request, origin))
      const refusal = refusalOf(request, settings.publicUrl)
      if (refusal !== null) return refuse(refusal)
      const shown = shownBy(request, origin)
      const actor = await authenticate(settings, shown)
      if (actor === null) return refuse(wrongBearer)
      const call = callOf(actor, shown)
      return withCookies(await engine.fetch(request, { call }), call)
    },
    prepare: ({ shown, actor }, operation) => prepare(engine, callOf(actor, shown), operation),
  }
}

/** Whoever is not signed in is sent to the console, which asks them to. */
async function explore(settings: GraphqlSettings, shown: Credentials): Promise<Response> {
  const actor = await authenticate(settings, shown)
  return actor?.kind === 'person' ? explorerPage() : Response.redirect(`${settings.publicUrl}/`, 302)
}

function shownBy(request: Request, origin: Origin): Credentials {
  return {
    authorization: request.headers.get('authorization'),
    cookie: request.headers.get('cookie'),
    origin,
  }
}

const wrongBearer = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'This bearer token opens nothing: check that it is a current API key.',
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

/** What Yoga offers beside requests, with types instead of `any`. */
interface Enveloped {
  readonly schema: GraphQLSchema
  readonly parse: (text: string) => DocumentNode
  readonly validate: (schema: GraphQLSchema, document: DocumentNode) => readonly GraphQLError[]
  readonly contextFactory: () => Promise<object>
  readonly execute: (args: ExecutionArgs) => Promise<Answer>
  readonly subscribe: (args: ExecutionArgs) => Promise<Answer>
}

/** Limits throw while a document is read: caught here, for a throw would end the socket with all its streams. */
async function prepare(
  engine: ReturnType<typeof createEngine>,
  call: Call,
  operation: Operation,
): Promise<Prepared> {
  const enveloped = engine.getEnveloped({ call }) as Enveloped
  const { schema } = enveloped
  try {
    const document = enveloped.parse(operation.query)
    const errors = enveloped.validate(schema, document)
    if (errors.length > 0) return { errors }
    const { operationName = null, variables = null } = operation
    const contextValue = await enveloped.contextFactory()
    const args = { schema, document, operationName, variableValues: variables, contextValue }
    return { args, execute: () => enveloped.execute(args), subscribe: () => enveloped.subscribe(args) }
  } catch (error) {
    return { errors: [isGraphQLError(error) ? error : createGraphQLError('The operation cannot be read.')] }
  }
}

function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError'
}

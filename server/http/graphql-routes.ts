// GET and POST /graphql: hands requests from Fastify to the GraphQL door and its answers back, streams included.
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphqlDoor } from '#server/graphql/door.ts'

/** A group mapping of 1,000 rows; the limits of the document count apart. */
const largestBody = 524_288

/** Mounts the door. The body reaches it as text, whatever its content type, so that only the door decides. */
export function graphqlRoutes(door: GraphqlDoor): FastifyPluginAsync {
  return async app => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
      done(null, body)
    })
    app.get('/graphql/*', { exposeHeadRoute: false }, (request, reply) => answer(door, request, reply))
    app.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      bodyLimit: largestBody,
      exposeHeadRoute: false,
      handler: (request, reply) => answer(door, request, reply),
    })
    await app.after()
  }
}

async function answer(
  door: GraphqlDoor,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const gone = new AbortController()
  // Not the request's own "close": that one comes as soon as its body has been read.
  reply.raw.once('close', () => {
    gone.abort()
  })
  const response = await door.handle(requestOf(request, { door, signal: gone.signal }), {
    requestId: request.id,
    ip: request.ip,
    client: request.headers['user-agent']?.slice(0, 300) ?? null,
  })
  reply.code(response.status)
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') reply.header(name, value)
  }
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  const stream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream')
  if (stream && response.body !== null) return reply.send(Readable.fromWeb(response.body as ReadableStream))
  return reply.send(await response.text())
}

/** The address is built from the configuration: Host headers are the caller's to invent. */
function requestOf(request: FastifyRequest, about: { door: GraphqlDoor; signal: AbortSignal }): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const { method } = request
  const body = method === 'POST' && typeof request.body === 'string' ? { body: request.body } : {}
  return new Request(about.door.settings.publicUrl + request.url, {
    method,
    headers,
    signal: about.signal,
    ...body,
  })
}

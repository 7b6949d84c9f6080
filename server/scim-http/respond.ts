// Sends an answer: media type by Accept, never cached, packed when it is large and the client can.
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from './call.ts'

const zip = promisify(gzip)
/** Smaller answers are sent plain: packing costs more than it saves. */
const packFrom = 16_384

/** Sends status, headers and body; HEAD gets the headers only, 204 and 304 neither body nor type (T17). */
export async function respond(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
): Promise<FastifyReply> {
  reply.code(answer.status).header('cache-control', 'no-store').header('x-request-id', request.id)
  reply.headers(answer.headers ?? {})
  if (answer.body === undefined) return reply.send()
  reply.type(mediaType(request.headers.accept))
  const text = JSON.stringify(answer.body)
  reply.header('vary', 'accept, accept-encoding')
  if (text.length < packFrom || !/\bgzip\b/i.test(request.headers['accept-encoding'] ?? '')) {
    return reply.send(text)
  }
  reply.header('content-encoding', 'gzip')
  return reply.send(await zip(text, { level: 1 }))
}

/** `application/scim+json`, unless the client accepts plain JSON only (T10, T11). */
function mediaType(accept: string | undefined): string {
  const wanted = (accept ?? '').toLowerCase()
  const plainOnly = wanted.includes('application/json') && !wanted.includes('scim+json')
  return plainOnly ? 'application/json; charset=utf-8' : 'application/scim+json; charset=utf-8'
}

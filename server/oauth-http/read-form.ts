// Reads the form of a token request (RFC 6749 section 3.2 and appendix B): every parameter once, none in the query.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invalidRequest } from './oauth-error.ts'

/** Bytes: an assertion with a long certificate chain has less than half of it. */
export const formLimit = 16_384
const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

/** Makes Fastify hand bodies over as they are; what they must be is said by `readForm`, in OAuth's words. */
export function collectForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: formLimit }, (_request, bytes, done) => {
    done(null, bytes)
  })
}

export type Form = ReadonlyMap<string, string>

/** The parameters; those without a value count as left out. Throws `invalid_request`. */
export function readForm(request: FastifyRequest): Form {
  if (request.url.includes('?')) {
    throw invalidRequest('Send everything in the body, nothing in the address: addresses end up in logs.')
  }
  const { body } = request
  if (!Buffer.isBuffer(body) || !formType.test(request.headers['content-type'] ?? '')) {
    throw invalidRequest('Send the parameters as application/x-www-form-urlencoded.')
  }
  const form = new Map<string, string>()
  const seen = new Set<string>()
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    if (seen.has(name)) throw invalidRequest('Send every parameter once.')
    seen.add(name)
    if (value !== '') form.set(name, value)
  }
  return form
}

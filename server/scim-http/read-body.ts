// Reads JSON bodies for the SCIM door: UTF-8 only, no prototype tricks, bounded depth, gzip if the client likes.
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refusal, ScimError, type Tolerate } from '#server/scim/index.ts'
import { bodyTooLarge } from './problems.ts'

/** In bytes; also the maxPayloadSize of Bulk. */
export const bodyLimit = 1_048_576
/** Most operations of one Bulk request. */
export const maxOperations = 1_000
/** A list of 100,000 members has about 5 MB, with their names 10 MB. */
export const groupBodyLimit = 16 * bodyLimit
const deepest = 32
const unzip = promisify(gunzip)
const withoutBody = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS'])

/** Makes Fastify collect bodies as they are, up to the limit; they are read once it is known who calls. */
export function collectBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, bytes, done) => {
    done(null, bytes)
  })
}

/**
 * The body as JSON; undefined when there is none. A body on DELETE or GET is ignored (DL5); a missing Content-Type
 * counts as JSON (T13); everything but JSON is 415 (T12); a byte order mark is skipped (OT6).
 */
export async function readBody(request: FastifyRequest, tolerate: Tolerate): Promise<unknown> {
  const { body: bytes } = request
  if (withoutBody.has(request.method) || !Buffer.isBuffer(bytes)) return undefined
  demandJson(request.headers['content-type'])
  const plain = await unpack(request, bytes)
  if (plain.subarray(0, mark.length).equals(mark)) tolerate('byte-order-mark')
  const text = textFrom(plain)
  if (text.trim() === '') return undefined
  if (isTooDeep(text))
    throw refusal('invalidSyntax', `The body is nested deeper than ${String(deepest)} levels.`)
  return parseJson(request, text)
}

/** Fastify's own parser: refuses `__proto__` and `constructor.prototype` however they are written. */
function parseJson(request: FastifyRequest, text: string): Promise<unknown> {
  const parser = request.server.getDefaultJsonParser('error', 'error')
  return new Promise((resolve, reject) => {
    void parser(request, text, (error, body) => {
      if (error === null) resolve(body)
      else reject(refusal('invalidSyntax', 'The body is no valid JSON. Check quotes, commas and brackets.'))
    })
  })
}

const mark = Buffer.from([0xef, 0xbb, 0xbf])

function textFrom(plain: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    throw refusal('invalidSyntax', 'The body is not valid UTF-8.')
  }
}

const jsonType = /^application\/(?:scim\+)?json\s*(?:;|$)/i

function demandJson(type: string | undefined): void {
  if (type === undefined || type === '' || jsonType.test(type)) return
  throw new ScimError({ status: 415, detail: 'Send the body as application/scim+json or application/json.' })
}

async function unpack(request: FastifyRequest, bytes: Buffer): Promise<Buffer> {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return bytes
  if (encoding.toLowerCase() !== 'gzip') {
    throw new ScimError({
      status: 415,
      detail: `Content-Encoding "${encoding.slice(0, 40)}" is not supported. Use gzip or none.`,
    })
  }
  try {
    return await unzip(bytes, { maxOutputLength: request.routeOptions.bodyLimit })
  } catch (error) {
    const large = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
    if (large)
      throw new ScimError({
        status: 413,
        detail: bodyTooLarge,
      })
    throw refusal('invalidSyntax', 'The body is no valid gzip data.')
  }
}

const [quote, backslash] = [34, 92]
const [openBrace, openBracket, closeBrace, closeBracket] = [123, 91, 125, 93]

/** Counts open brackets outside of strings, so that no recursive code ever meets a deep document (H10). */
function isTooDeep(text: string): boolean {
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === quote) index = endOfString(text, index)
    else if (code === openBrace || code === openBracket) depth += 1
    else if (code === closeBrace || code === closeBracket) depth -= 1
    if (depth > deepest) return true
  }
  return false
}

/** Goes from quote to quote: a search by the engine is many times as fast as a look at each character. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = end
    while (text.charCodeAt(escapes - 1) === backslash) escapes -= 1
    if ((end - escapes) % 2 === 0) return end
  }
  return text.length
}

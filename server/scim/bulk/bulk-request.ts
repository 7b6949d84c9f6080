// Parses a BulkRequest into operations; what is wrong with one operation is that operation's refusal (RFC 7644 3.7).
import type { Tolerate } from '../dialect/deviation.ts'
import { refusal, ScimError } from '../error.ts'
import { isRawArray, isRawObject, member, type RawObject } from '../json.ts'
import { quoted } from '../text.ts'
import { urn } from '../urn.ts'
import { referencesIn } from './references.ts'

/** One operation of the request, in the request's order. */
export interface BulkOperation {
  /** In upper case; empty when none was sent. */
  readonly method: string
  /** As sent, without query: `/Users`, `/Users/{id}`, `/Groups/bulkId:x`. */
  readonly path: string
  /** `Users` or `Groups`; null when the path is refused. */
  readonly endpoint: 'Users' | 'Groups' | null
  /** What the path names below the endpoint; may be `bulkId:…`. */
  readonly id: string | null
  readonly bulkId: string | null
  /** Acts as If-Match (B9). */
  readonly version: string | null
  /** The body, a PATCH as a whole PatchOp message (erratum 5050). */
  readonly data: unknown
  /** The bulkIds that path and data name, each once. */
  readonly references: readonly string[]
  /** Why this operation cannot even be tried. */
  readonly refusal: ScimError | null
}

export interface BulkRequest {
  /** Null: go on to the end. */
  readonly failOnErrors: number | null
  readonly operations: readonly BulkOperation[]
}

export interface BulkOptions {
  readonly maxOperations: number
  /** Refuse a PATCH that comes as a bare list. */
  readonly strict: boolean
  readonly tolerate: Tolerate
}

/**
 * Reads the message. Throws `invalidSyntax` when it is no BulkRequest (B11), `invalidValue` for a `failOnErrors` that
 * is no number, and 413 beyond `maxOperations` (B10); then nothing is to be done.
 */
export function parseBulk(body: unknown, options: BulkOptions): BulkRequest {
  if (!isRawObject(body)) throw refusal('invalidSyntax', 'The body of a Bulk request must be a JSON object.')
  requireSchema(body)
  const sent = member(body, 'Operations')
  if (!isRawArray(sent) || sent.length === 0) {
    throw refusal('invalidSyntax', '"Operations" must be a list with at least one operation.')
  }
  if (sent.length > options.maxOperations) throw tooMany(sent.length, options.maxOperations)
  const failOnErrors = failOnErrorsFrom(member(body, 'failOnErrors'))
  const used = new Set<string>()
  return { failOnErrors, operations: sent.map(raw => operationFrom(raw, used, options)) }
}

function requireSchema(body: RawObject): void {
  const schemas = member(body, 'schemas')
  const wanted = urn.bulkRequest.toLowerCase()
  const found =
    isRawArray(schemas) && schemas.some(each => typeof each === 'string' && each.toLowerCase() === wanted)
  if (!found) throw refusal('invalidSyntax', `"schemas" must contain ${urn.bulkRequest}.`)
}

function tooMany(sent: number, limit: number): ScimError {
  const detail =
    `The request has ${String(sent)} operations; maxOperations is ${String(limit)}. Nothing was done. ` +
    'Split it into several requests.'
  return new ScimError({ status: 413, detail })
}

/** Zero cannot mean "stop before the first", so it counts as left out. */
function failOnErrorsFrom(sent: unknown): number | null {
  if (sent === undefined || sent === null || sent === 0) return null
  if (typeof sent === 'number' && Number.isInteger(sent) && sent > 0) return sent
  throw refusal('invalidValue', '"failOnErrors" must be a whole number from 1 on.')
}

const targets = /^\/?(Users|Groups)(?:\/([^/?]+))?\/?$/

function operationFrom(raw: unknown, used: Set<string>, options: BulkOptions): BulkOperation {
  if (!isRawObject(raw)) throw refusal('invalidSyntax', 'Each operation must be a JSON object.')
  const method = textFrom(raw, 'method')?.toUpperCase() ?? ''
  const path = textFrom(raw, 'path')?.replace(/\?.*$/s, '') ?? ''
  const bulkId = textFrom(raw, 'bulkId')
  const data = dataFrom(method, member(raw, 'data'), options)
  const operation = {
    ...targetOf(path),
    method,
    path,
    bulkId,
    version: textFrom(raw, 'version'),
    data,
    references: referencesIn(path, data),
  }
  const fault = faultOf(operation, { raw, used })
  if (method === 'POST' && bulkId !== null) used.add(bulkId)
  return { ...operation, refusal: fault }
}

function targetOf(path: string): Pick<BulkOperation, 'endpoint' | 'id'> {
  const [, endpoint, id = null] = targets.exec(path) ?? []
  return { endpoint: endpoint === 'Users' || endpoint === 'Groups' ? endpoint : null, id }
}

function textFrom(raw: RawObject, name: string): string | null {
  const value = member(raw, name)
  return typeof value === 'string' && value !== '' ? value : null
}

function dataFrom(method: string, data: unknown, { strict, tolerate }: BulkOptions): unknown {
  if (method === 'DELETE') return undefined
  if (method !== 'PATCH' || strict || !isRawArray(data)) return data
  tolerate('bulk-patch-without-message')
  return { schemas: [urn.patchOp], Operations: data }
}

const methods = ['POST', 'PUT', 'PATCH', 'DELETE']

function faultOf(
  operation: Omit<BulkOperation, 'refusal'>,
  about: { raw: RawObject; used: ReadonlySet<string> },
): ScimError | null {
  const { method, path, endpoint } = operation
  if (method === '') return refusal('invalidSyntax', 'The operation has no "method".')
  if (!methods.includes(method)) {
    return new ScimError({
      status: 405,
      detail: `${method} is not possible in Bulk. Possible: ${methods.join(', ')}.`,
    })
  }
  if (path === '') return refusal('invalidSyntax', 'The operation has no "path".')
  if (endpoint === null) {
    return new ScimError({
      status: 404,
      detail: `${quoted(path)} is no path for Bulk. Use /Users or /Groups.`,
    })
  }
  return faultOfVersion(about.raw) ?? faultOfBulkId(operation, about.used)
}

function faultOfVersion(raw: RawObject): ScimError | null {
  const version = member(raw, 'version')
  const good = version === undefined || version === null || typeof version === 'string'
  return good ? null : refusal('invalidValue', '"version" must be a text, such as "W/\\"1\\"".')
}

function faultOfBulkId(
  { method, bulkId }: Pick<BulkOperation, 'method' | 'bulkId'>,
  used: ReadonlySet<string>,
): ScimError | null {
  if (method !== 'POST') return null
  if (bulkId === null) return refusal('invalidSyntax', 'A POST in Bulk needs a "bulkId".')
  if (!used.has(bulkId)) return null
  return refusal('invalidValue', `The bulkId ${quoted(bulkId)} is used twice. Give each POST its own.`)
}

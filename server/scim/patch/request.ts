// Parses a PATCH body into operations (RFC 7644 section 3.5.2).
import type { ResourceType } from '../attribute.ts'
import { refusal, ScimError } from '../error.ts'
import { isRawArray, isRawObject, member, type RawObject } from '../json.ts'
import { intakeFor, type Intake, type Tolerance } from '../resource/intake.ts'
import { quoted } from '../text.ts'
import { urn } from '../urn.ts'
import type { Verb, Written } from './change.ts'
import { expandOperation } from './expand.ts'
import type { PatchOperation, PatchRequest } from './operation.ts'

export type PatchOptions = Tolerance

/** Most operations in one PATCH (H49), as sent and after splitting. */
export const operationLimit = 1_000
const splitLimit = 10_000

/**
 * Parses a PatchOp message. Throws `invalidSyntax`, `invalidPath`, `invalidFilter`, `invalidValue`, `mutability`,
 * `noTarget` (a remove without path), or status 413 beyond 1,000 operations.
 */
export function parsePatch(body: unknown, type: ResourceType, options: PatchOptions = {}): PatchRequest {
  if (!isRawObject(body)) throw refusal('invalidSyntax', 'The body of a PATCH must be a JSON object.')
  const ignored: string[] = []
  const intake = intakeFor(options, ignored)
  requirePatchSchema(body, intake)
  const operations: PatchOperation[] = []
  for (const raw of sentOperations(body)) {
    operations.push(...expandOperation(writtenFrom(raw), { type, intake }))
    if (operations.length > splitLimit) throw tooMany(splitLimit)
  }
  return { operations, ignored }
}

function tooMany(limit: number): ScimError {
  const detail = `A PATCH takes at most ${limit} operations. Split it into several requests.`
  return new ScimError({ status: 413, detail })
}

function requirePatchSchema(body: RawObject, { strict, tolerate }: Intake): void {
  const schemas = member(body, 'schemas')
  if (schemas === undefined && !strict) {
    tolerate('patch-without-schemas')
    return
  }
  const wanted = urn.patchOp.toLowerCase()
  const found =
    isRawArray(schemas) && schemas.some(each => typeof each === 'string' && each.toLowerCase() === wanted)
  if (!found) throw refusal('invalidSyntax', `"schemas" must contain ${urn.patchOp}.`)
}

function sentOperations(body: RawObject): readonly unknown[] {
  const sent = member(body, 'Operations')
  if (!isRawArray(sent) || sent.length === 0) {
    throw refusal('invalidSyntax', '"Operations" must be a list with at least one operation.')
  }
  if (sent.length > operationLimit) throw tooMany(operationLimit)
  return sent
}

function writtenFrom(raw: unknown): Written {
  if (!isRawObject(raw)) throw refusal('invalidSyntax', 'Each operation must be a JSON object.')
  const path = member(raw, 'path')
  if (path !== undefined && path !== null && typeof path !== 'string') {
    throw refusal('invalidPath', 'The path of an operation must be a text.')
  }
  return { verb: verbFrom(member(raw, 'op')), path: path ?? '', value: member(raw, 'value') }
}

const verbs: readonly Verb[] = ['add', 'remove', 'replace']

function verbFrom(op: unknown): Verb {
  const verb = verbs.find(each => each === op)
  if (verb !== undefined) return verb
  const sent = typeof op === 'string' ? quoted(op) : 'missing'
  throw refusal('invalidSyntax', `"op" is ${sent}, but must be "add", "remove" or "replace".`)
}

// A Bulk request on its way: what was made so far, and how one of its operations is performed.
import { NotStoredTogether, type JointInsert } from '#server/domain/users/joint-insert.ts'
import {
  replaceInside,
  resolveReferences,
  ScimError,
  type BulkEntry,
  type BulkOperation,
  type BulkRequest,
} from '#server/scim/index.ts'
import { emptyNotes, type Answer, type AuthenticatedCall, type Notes } from './call.ts'
import type { Routed } from './endpoint.ts'
import { explain } from './problems.ts'
import type { ScimDoorSettings } from './settings.ts'

export interface BulkDoor {
  readonly settings: ScimDoorSettings
  /** The endpoint of a single request. */
  readonly route: (method: string, path: string) => Routed
}

/** What became of an operation, and what the log should know of it. */
export interface Outcome {
  readonly entry: BulkEntry
  readonly endpoint: BulkOperation['endpoint']
  readonly notes: Notes
  /** Of the resource that a POST made. */
  readonly madeId: string | null
}

export interface BulkJob {
  call: AuthenticatedCall
  /** Why nothing more can be done. */
  lost: ScimError | null
  readonly door: BulkDoor
  readonly request: BulkRequest
  /** By place in the request; null: not processed. */
  readonly outcomes: (Outcome | null)[]
  /** Ids by bulkId; null when the creation failed. */
  readonly made: Map<string, string | null>
  readonly endsAt: number
}

/** No answer takes longer than 30 seconds; what is not done by then is told so. In milliseconds. */
const longest = 25_000

export function beginJob(call: AuthenticatedCall, what: BulkDoor & { request: BulkRequest }): BulkJob {
  const { settings, route, request } = what
  const outcomes = request.operations.map(() => null)
  const endsAt = performance.now() + longest
  return { call, lost: null, door: { settings, route }, request, outcomes, made: new Map(), endsAt }
}

/** Writes an outcome down. */
export function keep(job: BulkJob, place: number, outcome: Outcome): void {
  job.outcomes[place] = outcome
  const { method, bulkId, problem } = outcome.entry
  if (method !== 'POST' || bulkId === null || job.made.has(bulkId)) return
  job.made.set(bulkId, problem === null ? outcome.madeId : null)
}

/** True when as many operations have failed as the client takes (B7). */
export function isStopped({ request, outcomes }: BulkJob): boolean {
  if (request.failOnErrors === null) return false
  const failures = outcomes.filter(outcome => outcome !== null && outcome.entry.problem !== null)
  return failures.length >= request.failOnErrors
}

interface Company {
  readonly together?: JointInsert
  /** Takes the place of the operation as it was sent. */
  readonly instead?: BulkOperation
  /** Even when the time of the request is over: what it began must not stay half done. */
  readonly evenLate?: boolean
}

/** Performs one operation; every failure is its outcome, but for `NotStoredTogether`, which is thrown. */
export async function perform(job: BulkJob, place: number, company: Company = {}): Promise<Outcome> {
  const operation = company.instead ?? job.request.operations[place]
  if (operation === undefined) throw new RangeError(`There is no operation ${String(place)}.`)
  const notes = emptyNotes()
  try {
    const answer = await answerTo(job, operation, { ...company, notes })
    return outcomeOf(job, operation, { answer, problem: null, notes })
  } catch (error) {
    if (error instanceof NotStoredTogether) throw error
    const problem = explain(error, { request: job.call.request, settings: job.door.settings })
    return outcomeOf(job, operation, { answer: null, problem, notes })
  }
}

async function answerTo(
  job: BulkJob,
  operation: BulkOperation,
  { notes, together, evenLate = false }: Company & { notes: Notes },
): Promise<Answer> {
  const problem = operation.refusal ?? job.lost ?? (evenLate ? null : lateness(job))
  if (problem !== null) throw problem
  const lookUp = (bulkId: string): string => madeBy(job, bulkId)
  const found = job.door.route(operation.method, replaceInside(operation.path, lookUp))
  if ('allow' in found || found.endpoint.access === 'public')
    throw new RangeError('Bulk has no such endpoint.')
  const { version } = operation
  const call: AuthenticatedCall = {
    ...job.call,
    notes,
    together,
    params: found.params,
    query: new Map(),
    headers: version === null ? {} : { 'if-match': version },
    body: resolveReferences(operation.data, lookUp),
    brief: true,
  }
  return found.endpoint.handle(call, job.door.settings)
}

function lateness({ endsAt }: BulkJob): ScimError | null {
  if (performance.now() < endsAt) return null
  return new ScimError({
    status: 503,
    detail: 'Not tried, because the whole request took too long. Send this operation again.',
  })
}

/** Throws 409 for what no operation makes, or failed to make (B6). */
function madeBy(job: BulkJob, bulkId: string): string {
  const id = job.made.get(bulkId)
  if (typeof id === 'string') return id
  const name = JSON.stringify(bulkId.slice(0, 80))
  const detail =
    id === null
      ? `The operation with bulkId ${name} failed, and this one refers to it. Repeat both.`
      : `No POST of this request has the bulkId ${name}.`
  throw new ScimError({ status: 409, detail })
}

function outcomeOf(
  job: BulkJob,
  operation: BulkOperation,
  ended: { answer: Answer | null; problem: ScimError | null; notes: Notes },
): Outcome {
  const { method, bulkId, endpoint } = operation
  const { answer, problem, notes } = ended
  const { location = locationOf(job, operation), etag: version = null } = answer?.headers ?? {}
  const status = problem?.status ?? answer?.status ?? 500
  const madeId = method === 'POST' ? idIn(answer) : null
  return { entry: { method, bulkId, location, version, status, problem }, endpoint, notes, madeId }
}

function idIn(answer: Answer | null): string | null {
  const id = answer?.body?.['id']
  return typeof id === 'string' ? id : null
}

/** Of what the path names; a POST has a location only when it succeeded (B8). */
function locationOf(job: BulkJob, { method, endpoint, id }: BulkOperation): string | null {
  if (method === 'POST' || endpoint === null || id === null) return null
  const made = id.startsWith('bulkId:') ? job.made.get(id.slice('bulkId:'.length)) : id
  return typeof made === 'string' ? `${job.call.baseUrl}/${endpoint}/${made}` : null
}

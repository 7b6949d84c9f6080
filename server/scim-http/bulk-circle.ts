// Creations that refer to each other: first all of them without those references, then the references (RFC 7644 3.7.1).
import {
  detach,
  groupType,
  ScimError,
  userType,
  type BulkOperation,
  type Detached,
  type JsonObject,
} from '#server/scim/index.ts'
import { keep, perform, type BulkJob, type Outcome } from './bulk-job.ts'

interface Member {
  readonly place: number
  readonly operation: BulkOperation
}

interface Made extends Member {
  outcome: Outcome
  readonly completion: Detached['completion']
}

/** Performs a circle as a whole: when one of them fails, those that were made are taken back, or told to be left. */
export async function performCircle(job: BulkJob, places: readonly number[]): Promise<void> {
  const members = places.flatMap((place): Member[] => {
    const operation = job.request.operations[place]
    return operation === undefined ? [] : [{ place, operation }]
  })
  const made: Made[] = []
  const failure = (await createAll(job, members, made)) ?? (await completeAll(job, made))
  if (failure === null) {
    for (const { place, outcome } of made) keep(job, place, outcome)
    return
  }
  const left = await takeBack(job, made)
  for (const { operation } of made) if (operation.bulkId !== null) job.made.delete(operation.bulkId)
  for (const { place, operation } of members) {
    const outcome = failure.place === place ? failure.outcome : broken(operation, { failure, left })
    const own = left.find(each => each.place === place)
    keep(job, place, own === undefined ? outcome : stays(own, outcome))
  }
}

interface Failure {
  readonly place: number
  readonly operation: BulkOperation
  readonly outcome: Outcome
}

/** Creates one after the other without what is still to come; answers the first that failed. */
async function createAll(job: BulkJob, members: readonly Member[], made: Made[]): Promise<Failure | null> {
  const waiting = new Set(members.flatMap(({ operation }) => operation.bulkId ?? []))
  for (const { place, operation } of members) {
    const parts = partsOf(operation, waiting)
    if (parts === null) return { place, operation, outcome: broken(operation, { failure: null, left: [] }) }
    const instead = { ...operation, data: parts.data }
    const outcome = await perform(job, place, { instead })
    if (outcome.entry.problem !== null) return { place, operation, outcome }
    made.push({ place, operation, outcome, completion: parts.completion })
    if (operation.bulkId === null) continue
    waiting.delete(operation.bulkId)
    job.made.set(operation.bulkId, outcome.madeId)
  }
  return null
}

function partsOf({ data, endpoint }: BulkOperation, waiting: ReadonlySet<string>) {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  if (!isObject) return { data, completion: null }
  return detach(data as JsonObject, endpoint === 'Groups' ? groupType : userType, waiting)
}

async function completeAll(job: BulkJob, made: readonly Made[]): Promise<Failure | null> {
  for (const each of made) {
    const { place, operation, completion, outcome } = each
    if (completion === null) continue
    const instead = existing(each, { method: 'PATCH', data: completion })
    const completed = await perform(job, place, { instead })
    const { problem, version } = completed.entry
    if (problem !== null) {
      const entry = { ...outcome.entry, status: problem.status, problem, location: null, version: null }
      return { place, operation, outcome: { ...outcome, entry, madeId: null } }
    }
    each.outcome = { ...outcome, entry: { ...outcome.entry, version } }
  }
  return null
}

/** Answers those that could not be taken back. */
async function takeBack(job: BulkJob, made: readonly Made[]): Promise<Made[]> {
  const left: Made[] = []
  for (const each of made) {
    const instead = existing(each, { method: 'DELETE', data: undefined })
    const { entry } = await perform(job, each.place, { instead, evenLate: true })
    // Somebody else may have deleted it meanwhile.
    if (entry.problem !== null && entry.problem.status !== 404) left.push(each)
  }
  return left
}

/** An operation on what a creation has made. */
function existing(
  { operation, outcome }: Made,
  what: { method: 'PATCH' | 'DELETE'; data: unknown },
): BulkOperation {
  const id = outcome.madeId ?? ''
  const path = `/${operation.endpoint ?? ''}/${id}`
  return { ...operation, ...what, path, id, version: null, references: [] }
}

interface Break {
  readonly failure: Failure | null
  readonly left: readonly Made[]
}

/** 409 for what belongs to a circle that cannot be made (B5). */
function broken(operation: BulkOperation, why: Break): Outcome {
  const { method, bulkId, endpoint } = operation
  const problem = new ScimError({ status: 409, detail: wordsFor(why) })
  return {
    entry: { method, bulkId, location: null, version: null, status: 409, problem },
    endpoint,
    notes: { userId: null, subject: null, quirks: [], changes: null, changedNothing: false, summary: null },
    madeId: null,
  }
}

function wordsFor({ failure, left }: Break): string {
  if (failure === null)
    return 'A required attribute refers to an operation that in turn refers to this one. Create one of them without it.'
  const id = JSON.stringify(failure.operation.bulkId)
  return left.length === 0
    ? `This refers, over others, to itself, and the operation with bulkId ${id} failed. None of them was made; repeat them together.`
    : `This refers, over others, to itself, and the operation with bulkId ${id} failed. Some of the others stay, as their answers say; delete those, then repeat all of them together.`
}

/** What was made of a broken circle and is still there. */
function stays({ outcome }: Made, told: Outcome): Outcome {
  const { status, problem } = told.entry
  const { location } = outcome.entry
  const rest = `This one was made and could not be deleted again. Delete ${location ?? 'it'}, then repeat all of them together.`
  const failed = problem?.scimType === undefined ? {} : { scimType: problem.scimType }
  const detail = `${problem?.detail ?? ''} ${rest}`.trim()
  return { ...told, entry: { ...told.entry, problem: new ScimError({ status, ...failed, detail }) } }
}

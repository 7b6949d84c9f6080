// The phases of a measurement: which requests each sends and what a right answer is.
import { urn, type Json, type Resource } from '#server/scim/index.ts'
import { bulkPhaseNames, type BulkPhase } from './bulk.ts'
import { groupPhaseNames, type GroupPhase } from './groups.ts'
import { eventPhaseNames, type EventPhase } from './managed-events.ts'
import { mappingPhaseNames, type MappingPhase } from './mapping.ts'
import type { LoadRequest } from './http-load.ts'
import { bodyOf, sequence, type Population, type Stored } from './people.ts'
import { walkNames, type WalkName } from './walk.ts'

export const phaseNames = [
  'create',
  'get',
  'lookup-hit',
  'lookup-miss',
  'patch-active',
  'patch-name',
  'put',
  'delete',
  'page',
  ...walkNames,
  'entra-steady',
  ...bulkPhaseNames,
  ...groupPhaseNames,
  ...eventPhaseNames,
  'refusals',
  ...mappingPhaseNames,
  'export-users',
  'feed-1',
  'feed-200',
] as const
export type PhaseName = (typeof phaseNames)[number]
/** Phases that measure themselves, instead of sending what a maker makes. */
export type OwnPhase = keyof typeof feedSubscribers | WalkName | MappingPhase | 'refusals' | 'export-users'
export type HttpPhase = Exclude<PhaseName, OwnPhase>
type UserPhase = Exclude<HttpPhase, GroupPhase | BulkPhase | EventPhase>

/** How many follow the log in the feed phases. */
export const feedSubscribers = { 'feed-1': 1, 'feed-200': 200 } as const

export interface Amount {
  readonly alone: number
  readonly together: number
  /** Whole seconds each: these numbers whatever the effort, never several at once, nothing before. */
  readonly heavy?: true
}

const changes: Amount = { alone: 60, together: 240 }

/** Requests of one round: one at a time, and several at once. */
export const amounts: Readonly<Record<HttpPhase, Amount>> = {
  create: { alone: 150, together: 600 },
  get: { alone: 300, together: 2_000 },
  'lookup-hit': { alone: 300, together: 2_000 },
  'lookup-miss': { alone: 300, together: 2_000 },
  'patch-active': { alone: 150, together: 600 },
  'patch-name': { alone: 150, together: 600 },
  put: { alone: 150, together: 600 },
  delete: { alone: 100, together: 500 },
  page: { alone: 30, together: 150 },
  'entra-steady': { alone: 200, together: 1_500 },
  'bulk-500': { alone: 4, together: 2, heavy: true },
  'group-create': { alone: 60, together: 240 },
  'group-lookup': { alone: 200, together: 1_000 },
  'group-get': { alone: 200, together: 1_000 },
  'group-add-1': changes,
  'group-add-1000': changes,
  'group-add-large': changes,
  'group-remove-1': changes,
  'group-remove-1000': changes,
  'group-remove-large': changes,
  'events-add': changes,
  'events-remove': changes,
  'group-patch-1000': { alone: 10, together: 10, heavy: true },
  'group-get-members': { alone: 2, together: 4, heavy: true },
  'group-fill-large': { alone: 2, together: 2, heavy: true },
  'group-replace-large': { alone: 3, together: 4, heavy: true },
}

const nobody: Stored = { id: '', userName: '', active: true }

/** Makes the requests of every phase about people over one population; each call of a maker is the next request. */
export function makePhases({ stored, made }: Population, run: string): Record<UserPhase, () => LoadRequest> {
  const random = sequence(4_711)
  const someone = (): Stored => stored[random(stored.length)] ?? nobody
  const inTurn = turn(stored)
  const active = new Map(stored.map(person => [person.id, person.active]))
  let count = 0
  const lookup = (userName: string, hits: number): LoadRequest => ({
    method: 'GET',
    path: `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`,
    status: 200,
    check: body => expectTotal(body, hits),
  })
  const patchName = (): LoadRequest => {
    count += 1
    const familyName = `Name${String(count)}`
    return patch(inTurn(), [{ op: 'Replace', path: 'name.familyName', value: familyName }], body =>
      familyName === (objectOf(objectOf(body)['name'])['familyName'] ?? '')
        ? null
        : 'the name is not the one that was sent',
    )
  }
  return {
    create: () => {
      count += 1
      return {
        method: 'POST',
        path: '/Users',
        body: bodyOf(count, run),
        status: 201,
        learn: rememberIn(made),
      }
    },
    get: () => {
      const { id, userName } = someone()
      return { method: 'GET', path: `/Users/${id}`, status: 200, check: body => expectName(body, userName) }
    },
    'lookup-hit': () => lookup(someone().userName, 1),
    'lookup-miss': () => lookup(`nobody${String((count += 1))}@example.com`, 0),
    'patch-active': () => {
      const person = inTurn()
      const to = !(active.get(person.id) ?? true)
      active.set(person.id, to)
      const operation = { op: 'Replace', path: 'active', value: to ? 'True' : 'False' }
      return patch(person, [operation], body =>
        objectOf(body)['active'] === to ? null : 'active is not what was sent',
      )
    },
    'patch-name': patchName,
    put: () => {
      const { id, userName } = inTurn()
      count += 1
      const body = { ...bodyOf(count), userName, emails: [{ value: userName, type: 'work', primary: true }] }
      return {
        method: 'PUT',
        path: `/Users/${id}`,
        body,
        status: 200,
        check: answer => expectName(answer, userName),
      }
    },
    delete: () => {
      const [id = inTurn().id] = made
      made.delete(id)
      return { method: 'DELETE', path: `/Users/${id}`, status: 204 }
    },
    page: () => {
      const startIndex = 1 + random(Math.max(1, stored.length - 100))
      const path = `/Users?startIndex=${String(startIndex)}&count=100`
      return {
        method: 'GET',
        path,
        status: 200,
        check: body => expectPage(body, Math.min(100, stored.length)),
      }
    },
    'entra-steady': () => (random(10) === 0 ? patchName() : lookup(someone().userName, 1)),
  }
}

function turn(stored: readonly Stored[]): () => Stored {
  let at = 0
  return () => {
    at = (at + 1) % stored.length
    return stored[at] ?? nobody
  }
}

function patch({ id }: Stored, operations: Json[], check: (body: Json) => string | null): LoadRequest {
  const body = { schemas: [urn.patchOp], Operations: operations }
  return { method: 'PATCH', path: `/Users/${id}`, body, status: 200, check }
}

function objectOf(body: Json | undefined): Resource {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Resource) : {}
}

function expectTotal(body: Json, total: number): string | null {
  const { totalResults, Resources } = objectOf(body)
  const right = totalResults === total && (Array.isArray(Resources) ? Resources.length : 0) === total
  return right ? null : `${JSON.stringify(totalResults ?? null)} found instead of ${String(total)}`
}

function expectName(body: Json, userName: string): string | null {
  return objectOf(body)['userName'] === userName ? null : 'it is another person'
}

function expectPage(body: Json, length: number): string | null {
  const { Resources } = objectOf(body)
  const ids = new Set(
    Array.isArray(Resources) ? Resources.map((resource: Json) => objectOf(resource)['id']) : [],
  )
  return ids.size === length ? null : `the page has ${String(ids.size)} people instead of ${String(length)}`
}

function rememberIn(made: Set<string>): (body: Json) => void {
  return body => {
    const { id } = objectOf(body)
    if (typeof id === 'string') made.add(id)
  }
}

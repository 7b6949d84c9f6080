// A circle of creations that breaks, and one of whose parts cannot be taken back.
import { afterEach, expect, it, vi } from 'vitest'
import { parseBulk, ScimError } from '#server/scim/index.ts'
import { performCircle } from '#server/scim-http/bulk-circle.ts'
import { beginJob, type BulkDoor } from '#server/scim-http/bulk-job.ts'
import type { AuthenticatedCall } from '#server/scim-http/call.ts'
import type { Handler } from '#server/scim-http/endpoint.ts'
import type { ScimDoorSettings } from '#server/scim-http/settings.ts'
import { bulkBody, createUser } from './bulk-client.ts'
import { ENT } from './client.ts'

const baseUrl = 'https://rollcall.example/scim/v2/o'

afterEach(() => {
  vi.restoreAllMocks()
})

interface Ends {
  /** What a change of a person answers. */
  readonly change: () => number
  /** Statuses of deletions that fail, by id. */
  readonly deletions?: Readonly<Record<string, number>>
}

/** A door that makes people with the ids 1, 2, 3, and changes and deletes them as told. */
function doorWhere({ change, deletions = {} }: Ends) {
  let made = 0
  const deleted: string[] = []
  const ended = (status: number) =>
    status < 400 ? Promise.resolve({ status }) : Promise.reject(new ScimError({ status, detail: 'No.' }))
  const answers: Record<string, Handler> = {
    POST: () => {
      const id = String((made += 1))
      return Promise.resolve({ status: 201, body: { id }, headers: { location: `${baseUrl}/Users/${id}` } })
    },
    PATCH: () => ended(change()),
    DELETE: ({ params }) => {
      const id = params['id'] ?? ''
      deleted.push(id)
      return ended(deletions[id] ?? 204)
    },
  }
  const route: BulkDoor['route'] = (method, path) => ({
    endpoint: { access: 'token', handle: answers[method] ?? (() => ended(500)) },
    params: { id: path.split('/').at(-1) ?? '' },
  })
  return { route, deleted }
}

async function circle(ends: Ends) {
  const { route, deleted } = doorWhere(ends)
  const operations = ['a', 'b', 'c'].map((name, index, all) =>
    createUser(name, { [ENT]: { manager: { value: `bulkId:${all[(index + 1) % 3] ?? ''}` } } }),
  )
  const request = parseBulk(bulkBody(operations), {
    maxOperations: 10,
    strict: false,
    tolerate: () => undefined,
  })
  const call = { baseUrl, request: { id: 'r' } } as unknown as AuthenticatedCall
  const settings = { isUnavailable: () => false } as unknown as ScimDoorSettings
  const job = beginJob(call, { settings, route, request })
  await performCircle(job, [0, 1, 2])
  const told = job.outcomes.map(outcome => outcome?.entry.problem?.detail ?? '')
  const statuses = job.outcomes.map(outcome => outcome?.entry.status)
  return { told, statuses, deleted, made: [...job.made.values()] }
}

it('B5: says that none was made when all are taken back, also whom somebody else deleted first', async () => {
  const { told, statuses, deleted, made } = await circle({ change: () => 400, deletions: { 2: 404 } })
  expect(deleted).toEqual(['1', '2', '3'])
  expect(statuses).toHaveLength(3)
  expect(told.filter(text => text.endsWith('None of them was made; repeat them together.'))).toHaveLength(2)
  expect(made).toEqual([null, null, null])
})

it('B5: says which ones stay when they cannot be taken back, and nowhere that none was made', async () => {
  const { told, statuses, made } = await circle({ change: () => 400, deletions: { 1: 503, 3: 503 } })
  expect(told.join()).not.toContain('None of them')
  expect(
    told.map(text => /made and could not be deleted again\. Delete (\S+), then/.exec(text)?.[1]),
  ).toEqual([`${baseUrl}/Users/1`, undefined, `${baseUrl}/Users/3`])
  expect(told[1]).toMatch(/Some of the others stay/)
  expect(statuses.filter(status => status === 409)).toHaveLength(2)
  expect(made).toEqual([null, null, null])
})

it('B5: is taken back also when its time is over in the middle', async () => {
  let ahead = 0
  const real = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => real() + ahead)
  const change = () => {
    ahead = 60_000
    return 200
  }
  const { told, statuses, deleted } = await circle({ change })
  expect(deleted).toEqual(['1', '2', '3'])
  expect(statuses.toSorted()).toEqual([409, 409, 503])
  expect(told.filter(text => text.endsWith('None of them was made; repeat them together.'))).toHaveLength(2)
})

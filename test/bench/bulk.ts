// The phase about Bulk: people created many at once, beside as many single requests one after the other.
import { urn, type Json, type Resource } from '#server/scim/index.ts'
import type { LoadRequest } from './http-load.ts'
import { bodyOf } from './people.ts'

export const bulkPhaseNames = ['bulk-500'] as const
export type BulkPhase = (typeof bulkPhaseNames)[number]

/** People of one Bulk request. */
export const peopleOfBulk = 500

/** Makes the requests of the phase; each call of the maker is the next request. */
export function makeBulkPhases(run: string): Record<BulkPhase, () => LoadRequest> {
  let count = 0
  const operation = (): Json => {
    count += 1
    return { method: 'POST', path: '/Users', bulkId: String(count), data: bodyOf(count, `b${run}`) }
  }
  return {
    'bulk-500': () => ({
      method: 'POST',
      path: '/Bulk',
      body: { schemas: [urn.bulkRequest], Operations: Array.from({ length: peopleOfBulk }, operation) },
      status: 200,
      check: everyoneIsMade,
    }),
  }
}

function everyoneIsMade(body: Json): string | null {
  const entries = (body as Resource)['Operations'] as unknown as readonly { status: string }[]
  const made = entries.filter(({ status }) => status === '201').length
  return made === peopleOfBulk ? null : `${String(made)} of ${String(peopleOfBulk)} people were created`
}

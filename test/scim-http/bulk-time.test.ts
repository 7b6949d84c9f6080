// A Bulk request that would take longer than its client waits.
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { bulk, patchUser } from './bulk-client.ts'
import { ERROR, useDoor, type Tenant } from './client.ts'

const door = useDoor()
let tenant: Tenant
beforeAll(async () => {
  tenant = await door.shared()
})
afterEach(() => {
  vi.restoreAllMocks()
})

it('is answered within 30 seconds: it does what it can, and tells of each operation that was not tried', async () => {
  const ids = await Promise.all(Array.from({ length: 4 }, () => tenant.make()))
  // The clock of this process alone: after each look ten more seconds are over.
  let ahead = 0
  const real = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => real() + (ahead += 10_000))
  const entries = await bulk(
    tenant,
    ids.map(id => patchUser(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'In time' }])),
  )
  vi.restoreAllMocks()
  const done = entries.filter(({ status }) => status === '200').length
  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(ids.length)
  const people = await Promise.all(ids.map(id => tenant.get(`/Users/${id}`)))
  expect(people.map(({ body }) => body['title'] === 'In time')).toEqual(
    entries.map(({ status }) => status === '200'),
  )
  for (const entry of entries.slice(done)) {
    expect(entry).toMatchObject({ status: '503', response: { schemas: [ERROR], status: '503' } })
    expect(entry.response?.['detail']).toMatch(/took too long\. Send this operation again\.$/)
  }
})

// Who asks what over the two clients, and when nobody does any more.
import { afterEach, expect, test, vi } from 'vitest'
import { createClients, stopAsking } from '#web/graphql/client.ts'

const question = 'query Anything { viewer { id } }'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('after leaving nothing is asked but what brings its own way', async () => {
  const answer = () => Promise.resolve(Response.json({ data: { viewer: null } }))
  const asked = vi.fn(answer)
  vi.stubGlobal('fetch', asked)
  const { plainClient } = createClients(() => undefined)
  await plainClient.query(question, {}).toPromise()
  expect(asked).toHaveBeenCalledTimes(1)
  stopAsking()
  void plainClient.query(question, {}).toPromise()
  const own = vi.fn(answer)
  await plainClient.query('query Own { viewer { id } }', {}, { fetch: own }).toPromise()
  expect(own).toHaveBeenCalledTimes(1)
  expect(asked).toHaveBeenCalledTimes(1)
})

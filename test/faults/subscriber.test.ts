// A reader whose connection breaks again and again sees every event once and in order.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { urn } from '#server/scim/index.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { followFeed } from './feed-client.ts'
import { newInstallationWithOrganization } from './installation.ts'
import { inParallel, scimClient } from './scim-client.ts'

const wanted = 5_000
const people = 100
/** Changes in one Bulk, each an event of its own. */
const pack = 50

let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let server: ServerProcess
beforeAll(async () => {
  installation = await newInstallationWithOrganization()
  server = await startServer({ env: installation.env })
})
afterAll(async () => {
  await server.stop('SIGKILL')
  installation.remove()
})

test(`${wanted} events pass a reader that is cut off 50 times`, { timeout: 600_000 }, async () => {
  const { org } = installation
  const client = scimClient(server.url, org)
  const feed = await followFeed([server.url], org.apiKey.secret)
  // The first event proves that the stream stands; from here on nothing may be missing.
  await client.create({ userName: 'first@example.com' })
  await feed.until(kept => kept.length > 0)
  const from = feed.kept[0]?.sequence ?? 0

  const ids: string[] = []
  await inParallel(Array.from({ length: people }).keys(), 8, async index => {
    const { body } = await client.create({ userName: `person-${index}@example.com` })
    ids.push(body['id'] as string)
  })
  const changes = Array.from({ length: wanted - people - 1 }, (_none, index) => ({
    method: 'PATCH',
    path: `/Users/${ids[index % people] ?? ''}`,
    data: { schemas: [urn.patchOp], Operations: [{ op: 'replace', value: { title: `Title ${index}` } }] },
  }))
  const send = async (from: number): Promise<void> => {
    const { body } = await client.bulk(changes.slice(from, from + pack))
    const statuses = (body['Operations'] as { status: string }[]).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set(['200']))
  }
  for (let done = 0; done < changes.length; done += 2 * pack) {
    const heard = feed.kept.length
    const sent = Promise.all([send(done), send(done + pack)])
    // In the middle of what was just sent, and by a connection that works.
    await feed.until(kept => kept.length > heard)
    feed.cut()
    await sent
  }
  await feed.until(kept => kept.length >= wanted)

  expect(feed.kept.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: wanted }, (_none, index) => from + index),
  )
  expect(feed.connections()).toBeGreaterThanOrEqual(50)
  await feed.close()
})

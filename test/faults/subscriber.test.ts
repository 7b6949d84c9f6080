// A reader whose connection breaks again and again sees every event once and in order.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { followFeed } from './feed-client.ts'
import { newInstallationWithOrganization } from './installation.ts'
import { inParallel, scimClient } from './scim-client.ts'

const wanted = 5_000
const people = 100

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
  const changes = Array.from({ length: wanted - people - 1 }, (_none, index) => index)
  await inParallel(changes, 8, async index => {
    if (index % 100 === 50) feed.cut()
    const { status } = await client.replace(ids[index % people] ?? '', { title: `Title ${index}` })
    expect(status).toBe(200)
  })
  await feed.until(kept => kept.length >= wanted)

  expect(feed.kept.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: wanted }, (_none, index) => from + index),
  )
  expect(feed.connections()).toBeGreaterThan(40)
  await feed.close()
})

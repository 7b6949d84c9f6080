// Lists are walked over real HTTP while people come and go: cursors lose nobody who stays, and show nobody twice.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPeople } from '#server/cli/demo-load.sql.ts'
import { makeUsers } from '#test/bench/people.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { newInstallation, type Installation } from './installation.ts'
import { inParallel, scimClient, type ScimClient } from './scim-client.ts'

const crowd = 300
const onPage = 20
let installation: Installation
let server: ServerProcess
let client: ScimClient
let organization: TestOrganization

beforeAll(async () => {
  installation = await newInstallation()
  await installation.inside(async world => {
    organization = await newOrganization(world)
    await loadPeople(organization.scim.sql, makeUsers(crowd))
  })
  server = await startServer({ env: installation.env })
  client = scimClient(server.url, organization)
})
afterAll(async () => {
  await server.stop('SIGKILL')
  installation.remove()
})

interface Page {
  readonly ids: readonly string[]
  readonly nextCursor: string | undefined
}

async function read(query: string): Promise<Page> {
  const { status, body } = await client.get(`/Users?attributes=id&count=${String(onPage)}&${query}`)
  expect(status).toBe(200)
  const ids = (body['Resources'] as { id: string }[]).map(({ id }) => id)
  return { ids, nextCursor: body['nextCursor'] as string | undefined }
}

async function walkByCursor(query: string, between: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page: Page = await read(`${query}&cursor=${cursor}`)
    seen.push(...page.ids)
    cursor = page.nextCursor
    if (cursor !== undefined) await between()
  }
  return seen
}

async function walkByIndex(query: string, between: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = []
  for (let startIndex = 1; ; startIndex += onPage) {
    const { ids } = await read(`${query}&startIndex=${String(startIndex)}`)
    if (ids.length === 0) return seen
    seen.push(...ids)
    await between()
  }
}

let made = 0
/** Names before, among and behind those who are there. */
async function join(): Promise<void> {
  made += 1
  const { status } = await client.create({
    userName: `${'apz'.charAt(made % 3)}${String(made)}-new@example.com`,
  })
  expect(status).toBe(201)
}

/** Someone of the list leaves at its begin and in its middle while two others join, all at once. */
function traffic(everyone: readonly string[], gone: Set<string>): () => Promise<unknown> {
  const leavers = everyone.flatMap((id, index) => (index % 3 === 0 ? [id] : []))
  const leave = async (id: string | undefined): Promise<void> => {
    if (id === undefined) return
    gone.add(id)
    expect((await client.remove(id)).status).toBe(204)
  }
  return async () => {
    const leaving = [leavers.shift(), leavers.splice(leavers.length / 2, 1)[0]]
    await Promise.all([...leaving.map(leave), join(), join()])
  }
}

const sorts = ['', 'sortBy=userName', 'sortBy=userName&sortOrder=descending', 'sortBy=name.familyName']

test.each(sorts)('K15: a walk by cursor (%s) meets all who stay, once', async query => {
  const everyone = await walkByCursor(query, () => Promise.resolve())
  const gone = new Set<string>()
  const seen = await walkByCursor(query, traffic(everyone, gone))
  expect(gone.size).toBeGreaterThan(20)
  expect(new Set(seen).size).toBe(seen.length)
  const survivors = everyone.filter(id => !gone.has(id))
  expect(survivors.filter(id => !seen.includes(id))).toEqual([])
})

test('K15: the same traffic makes a walk by number lose people who stay', async () => {
  const everyone = await walkByCursor('', () => Promise.resolve())
  const gone = new Set<string>()
  const seen = await walkByIndex('', traffic(everyone, gone))
  const lost = everyone.filter(id => !gone.has(id) && !seen.includes(id))
  expect(lost.length).toBeGreaterThan(0)
})

test('K15: writers that never wait for a page do not disturb a walk by cursor', async () => {
  const everyone = await walkByCursor('', () => Promise.resolve())
  const gone = new Set<string>()
  const step = traffic(everyone, gone)
  const writing = inParallel(Array.from({ length: 40 }).keys(), 4, step)
  const seen = await walkByCursor('', () => Promise.resolve())
  await writing
  expect(new Set(seen).size).toBe(seen.length)
  expect(everyone.filter(id => !gone.has(id) && !seen.includes(id))).toEqual([])
})

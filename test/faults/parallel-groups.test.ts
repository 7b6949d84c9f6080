// Many callers change the same groups at once over real HTTP: nothing is lost, and the log tells one serial order.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverUrl } from '#test/support/postgresql-server.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { groupClient, type GroupClient } from './group-client.ts'
import { newInstallation, type Installation } from './installation.ts'
import { inParallel, scimClient, type Answered, type ScimClient } from './scim-client.ts'
import { expectSound } from './soundness.ts'

let installation: Installation
let servers: ServerProcess[]
let organization: TestOrganization
let users: ScimClient
/** One client a server: with PostgreSQL there are two servers, so the database alone keeps order. */
let clients: GroupClient[]
const finals = new Map<string, readonly string[]>()

beforeAll(async () => {
  installation = await newInstallation()
  await installation.inside(async world => {
    organization = await newOrganization(world)
  })
  servers = [await startServer({ env: installation.env })]
  if (serverUrl !== undefined) servers.push(await startServer({ env: installation.env }))
  clients = servers.map(({ url }) => groupClient(url, organization))
  users = scimClient(servers[0]?.url ?? '', organization)
})
afterAll(async () => {
  await Promise.all(servers.map(server => server.stop('SIGKILL')))
  installation.remove()
})

let made = 0
async function people(count: number): Promise<string[]> {
  const ids: string[] = []
  await inParallel(Array.from({ length: count }).keys(), 8, async () => {
    made += 1
    const { status, body } = await users.create({ userName: `member-${String(made)}@example.com` })
    expect(status).toBe(201)
    ids.push(String(body['id']))
  })
  return ids
}

const any = (index: number): GroupClient => clients[index % clients.length] as GroupClient
const statuses = (answers: readonly Answered[]) => [...new Set(answers.map(({ status }) => status))].sort()
const together = (count: number, work: (index: number) => Promise<Answered>): Promise<Answered[]> =>
  Promise.all(Array.from({ length: count }, (_none, index) => work(index)))

async function newGroup(displayName: string): Promise<string> {
  const { status, body } = await any(0).create({ displayName })
  expect(status).toBe(201)
  return String(body['id'])
}

async function finish(id: string): Promise<readonly string[]> {
  const members = await any(0).members(id)
  finals.set(id, members)
  return members
}

test.each([30, 300])('%i adds to one group at once are all made and all kept', async count => {
  const id = await newGroup(`Crowd of ${String(count)}`)
  const ids = await people(count)
  const answers = await together(count, index =>
    any(index).patch(id, [{ op: 'Add', path: 'members', value: [{ $ref: null, value: ids[index] }] }]),
  )
  expect(statuses(answers)).toEqual([204])
  expect([...(await finish(id))].sort()).toEqual([...ids].sort())
  expect((await any(0).get(id)).headers.get('etag')).toBe(`W/"${String(count + 1)}"`)
})

test('10 creations of one group at once make one', async () => {
  const answers = await together(10, index =>
    any(index).create({ displayName: index % 2 === 0 ? 'Only' : 'ONLY' }),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)])
})

test('adds, removals, replacements and PUTs of the same people happen in one order', async () => {
  const id = await newGroup('Mixed')
  const ids = await people(6)
  const some = fc.record({
    how: fc.constantFrom('add', 'remove', 'pick', 'replace', 'put'),
    who: fc.subarray(ids, { minLength: 1, maxLength: 3 }),
  })
  const wishes = fc.sample(some, { numRuns: 90, seed: 3_112_026 })
  const answers = await together(wishes.length, index => {
    const { how, who } = wishes[index] ?? { how: 'add', who: [] }
    const value = who.map(each => ({ value: each }))
    if (how === 'put') return any(index).put(id, { displayName: 'Mixed', members: value })
    if (how === 'pick')
      return any(index).patch(id, [{ op: 'remove', path: `members[value eq "${who[0] ?? ''}"]` }])
    return any(index).patch(id, [{ op: how, path: 'members', value }])
  })
  expect(statuses(answers)).toEqual([200, 204])
  await finish(id)
})

test('people who are deleted meanwhile end in no group', async () => {
  const groups = await Promise.all(['One', 'Two', 'Three'].map(newGroup))
  const ids = await people(20)
  const changes = ids.flatMap((value, index) => [
    ...groups.map(id => () => any(index).patch(id, [{ op: 'add', path: 'members', value: [{ value }] }])),
    ...(index % 2 === 0 ? [() => users.remove(value)] : []),
    () => any(index).patch(groups[index % 3] ?? '', [{ op: 'remove', path: 'members', value: [{ value }] }]),
  ])
  const answers = await together(changes.length, index => (changes[index] ?? changes[0]!)())
  expect(statuses(answers).filter(status => ![204, 400].includes(status))).toEqual([])
  const gone = new Set(ids.filter((_id, index) => index % 2 === 0))
  for (const id of groups) expect((await finish(id)).filter(each => gone.has(each))).toEqual([])
})

interface Told {
  readonly type: string
  readonly people: { readonly count: number; readonly ids: readonly string[] }
}

test('afterwards the log, read in its order, gives exactly the members there are', async () => {
  for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0 })
  await installation.inside(async world => {
    await expectSound(world, organization.orgId)
    for (const [id, members] of finals) {
      const { rows } = await world.database.pool.query<Told>(
        `SELECT type, detail -> 'people' AS people FROM provisioning_events
          WHERE org_id = $1 AND group_id = $2 AND type LIKE 'group.member%' ORDER BY sequence`,
        [organization.orgId, id],
      )
      expect([...replayed(rows)].sort()).toEqual([...members].sort())
    }
  })
})

/** Nobody joins who is in, nobody leaves who is not: otherwise there was no such order. */
function replayed(rows: readonly Told[]): ReadonlySet<string> {
  const inside = new Set<string>()
  for (const { type, people: moved } of rows) {
    expect(moved.ids).toHaveLength(moved.count)
    for (const each of moved.ids) {
      expect(inside.has(each)).toBe(type === 'group.member_removed')
      if (type === 'group.member_added') inside.add(each)
      else inside.delete(each)
    }
  }
  return inside
}

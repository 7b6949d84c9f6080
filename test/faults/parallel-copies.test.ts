// Memberships and assignments change at once over real HTTP, at several servers: copies end in step, nobody deadlocks.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverUrl } from '#test/support/postgresql-server.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { graphqlClient } from './graphql-client.ts'
import { groupClient } from './group-client.ts'
import { newInstallation, type Installation } from './installation.ts'
import { inParallel, scimClient } from './scim-client.ts'
import { expectSound } from './soundness.ts'

let installation: Installation
let servers: ServerProcess[]
let organization: TestOrganization

beforeAll(async () => {
  installation = await newInstallation()
  await installation.inside(async world => {
    organization = await newOrganization(world)
  })
  servers = [await startServer({ env: installation.env })]
  if (serverUrl !== undefined) servers.push(await startServer({ env: installation.env }))
})
afterAll(async () => {
  await Promise.all(servers.map(server => server.stop('SIGKILL')))
  installation.remove()
})

const global = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')
const urlOf = (index: number): string => servers[index % servers.length]?.url ?? ''

async function people(count: number, prefix = 'holder'): Promise<string[]> {
  const users = scimClient(urlOf(0), organization)
  const ids: string[] = []
  await inParallel(Array.from({ length: count }).keys(), 4, async index => {
    const { body } = await users.create({ userName: `${prefix}-${String(index)}@example.com` })
    ids.push(String(body['id']))
  })
  return ids
}

async function groups(count: number, prefix = 'Team'): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const { body } = await groupClient(urlOf(0), organization).create({
      displayName: `${prefix} ${String(n)}`,
    })
    ids.push(String(body['id']))
  }
  return ids
}

async function managedEvents(count: number, prefix = 'Event'): Promise<string[]> {
  const ask = graphqlClient(urlOf(0), organization.apiKey.secret)
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const { createManagedEvent } = await ask<{ createManagedEvent: { managedEvent: { id: string } } }>(
      `mutation ($name: String) { createManagedEvent(input: { sections: { details: { name: $name } } }) {
        ... on ManagedEventPayload { managedEvent { id } } } }`,
      { name: `${prefix} ${String(n)}` },
    )
    ids.push(createManagedEvent.managedEvent.id)
  }
  return ids
}

/** The codes of what a mutation refused; null when it was done. */
async function change(index: number, name: string, input: object): Promise<string | null> {
  const type = `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input!`
  const ask = graphqlClient(urlOf(index), organization.apiKey.secret)
  const data = await ask<Record<string, { code?: string }>>(
    `mutation ($input: ${type}) { ${name}(input: $input) { __typename ... on Error { code } } }`,
    { input },
  )
  return data[name]?.code ?? null
}

const some = fc.record({
  how: fc.constantFrom(
    'push',
    'pull',
    'assign',
    'unassign',
    'assign person',
    'take from person',
    'rename',
    'delete',
  ),
  who: fc.nat(9),
  where: fc.nat(2),
  what: fc.nat(2),
})

test('E5: pushes, removals, assignments, edits and deletions in any mixture leave copies in step', async () => {
  const [users, teams, events] = [await people(10), await groups(3), await managedEvents(3)]
  const wishes = fc.sample(some, { numRuns: 150, seed: 22_112_026 })
  const outcomes = await Promise.all(
    wishes.map(async ({ how, who, where, what }, index) => {
      const [user = '', team = '', id = ''] = [users[who], teams[where], events[what]]
      const scim = groupClient(urlOf(index), organization)
      const value = [{ value: user }]
      const ofTeam = { id, groupIds: [global('Group', team)] }
      const ofUser = { id, userIds: [global('User', user)] }
      switch (how) {
        case 'push':
          return (await scim.patch(team, [{ op: 'add', path: 'members', value }])).status
        case 'pull':
          return (await scim.patch(team, [{ op: 'remove', path: 'members', value }])).status
        case 'assign':
          return change(index, 'assignManagedEvent', ofTeam)
        case 'unassign':
          return change(index, 'unassignManagedEvent', ofTeam)
        case 'assign person':
          return change(index, 'assignManagedEvent', ofUser)
        case 'take from person':
          return change(index, 'unassignManagedEvent', ofUser)
        case 'rename':
          return change(index, 'updateManagedEvent', {
            id,
            sections: { booking: { slug: `at-${String(index)}` } },
          })
        default:
          return who < 8 ? null : (await scimClient(urlOf(index), organization).remove(user)).status
      }
    }),
  )
  // 400: whoever is pushed was deleted a moment before; 404: was deleted already.
  const expected = [null, 204, 400, 404, 'managed-events/unknown-assignee']
  expect(outcomes.filter(outcome => !expected.includes(outcome))).toEqual([])
})

test('E5: whoever leaves two groups at once keeps no copy that only the other one of them gave', async () => {
  const users = await people(40, 'twofold')
  const teams = await groups(2, 'Pair')
  const [id = ''] = await managedEvents(1, 'Pair')
  expect(
    await change(0, 'assignManagedEvent', { id, groupIds: teams.map(team => global('Group', team)) }),
  ).toBeNull()
  const all = users.map(value => ({ value }))
  for (const team of teams)
    await groupClient(urlOf(0), organization).patch(team, [{ op: 'add', path: 'members', value: all }])
  await Promise.all(
    users.flatMap(value =>
      teams.map((team, index) =>
        groupClient(urlOf(index), organization).patch(team, [
          { op: 'remove', path: 'members', value: [{ value }] },
        ]),
      ),
    ),
  )
})

test('afterwards the organization is sound', async () => {
  for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0 })
  await installation.inside(world => expectSound(world, organization.orgId))
})

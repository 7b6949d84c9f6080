// Two servers share the jobs of one PostgreSQL. The one that applies a group mapping is killed while the identity provider
// goes on writing: the other takes over, and everybody is where the plan leads them by what they carry in the end.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadFacts, loadPeople } from '#server/cli/demo-load.sql.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { urn } from '#server/scim/index.ts'
import type { World } from '#server/world.ts'
import { carrying, makeGroups } from '#test/domain/group-mappings/placing.ts'
import { newPerson } from '#test/support/make-world.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { graphqlClient } from '../graphql-client.ts'
import { newInstallationWithOrganization } from '../installation.ts'
import { scimClient } from '../scim-client.ts'
import { expectSound } from '../soundness.ts'

const people = 2_000
const storekeeper = { kind: 'system', id: null, name: 'Rollcall' } as const
const values = ['Sales', 'Ops', 'Other'] as const
const global = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')

let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let groups: Record<'Sales' | 'Ops', string>
let ids: string[]
const servers: ServerProcess[] = []
beforeAll(async () => {
  installation = await newInstallationWithOrganization()
  await installation.inside(fill)
})
afterAll(async () => {
  await Promise.all(servers.map(server => server.stop('SIGKILL')))
  installation.remove()
})

async function fill(world: World): Promise<void> {
  const { orgId, owner, scim } = installation.org
  const ctx = world.contextFor(orgId, owner.actor)
  groups = await makeGroups(ctx, ['Sales', 'Ops'])
  const managedEventId = await createManagedEvent(ctx, { details: { name: 'Intro' } })
  await assignManagedEvent(ctx, { managedEventId, groupIds: [groups.Sales], userIds: [] })
  const sample = await newPerson(world.contextFor(orgId, scim.actor))
  const users = Array.from({ length: people }, (_none, n) => {
    const document = carrying(values[n % 3] ?? null, { userName: `many-${n}@example.com`, title: `${n}` })
    return { ...sample, id: world.clock.newId(), document, externalId: null }
  })
  await loadPeople(ctx.sql, users)
  const born = {
    at: world.clock.now(),
    type: 'user.created',
    actor: storekeeper,
    exchangeId: null,
    detail: {},
  } as const
  await loadFacts(
    ctx.sql,
    users.map(({ id: userId }) => ({ ...born, userId })),
  )
  ids = users.map(({ id }) => id)
}

const start = async (): Promise<ServerProcess> => {
  const server = await startServer({ env: installation.env })
  servers.push(server)
  return server
}

interface JobShown {
  readonly state: string
  readonly done: number
  readonly total: number
  readonly result: { readonly people: number; readonly joined: number }
}

/** Saves through a server, which is then the first to know of the job; answers the job's id. */
async function save(server: ServerProcess): Promise<string> {
  const ask = graphqlClient(server.url, installation.org.apiKey.secret)
  const rows = Object.entries(groups).map(([value, id]) => ({
    value,
    group: { groupId: global('Group', id) },
  }))
  const mapping = { enabled: true, applyToExisting: true, rows }
  const preview = await ask<{ organization: { previewGroupMapping: { fingerprint: string } } }>(
    'query ($input: GroupMappingInput!) { organization { previewGroupMapping(input: $input) { fingerprint } } }',
    { input: mapping },
  )
  const { fingerprint } = preview.organization.previewGroupMapping
  const saved = await ask<{ saveGroupMapping: { job: { id: string } } }>(
    `mutation ($input: SaveGroupMappingInput!) { saveGroupMapping(input: $input) {
      ... on SaveGroupMappingPayload { job { id } } } }`,
    { input: { mapping, fingerprint } },
  )
  return saved.saveGroupMapping.job.id
}

async function jobAt(server: ServerProcess, id: string): Promise<JobShown> {
  const ask = graphqlClient(server.url, installation.org.apiKey.secret)
  const query = 'query ($id: ID!) { node(id: $id) { ... on Job { state done total result } } }'
  return (await ask<{ node: JobShown }>(query, { id })).node
}

let written = 0

/** The identity provider goes on writing while the job is as `during` says; answers the job as it is then. */
async function writeWhile(
  server: ServerProcess,
  id: string,
  during: (job: JobShown) => boolean,
): Promise<JobShown> {
  const client = scimClient(server.url, installation.org)
  for (;;) {
    for (let n = 0; n < 4; n += 1) {
      written += 1
      const person = ids[(written * 37) % people] ?? ''
      const answer = await client.replace(person, { [urn.calendlyUser]: { group: values[written % 2] } })
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    }
    const job = await jobAt(server, id)
    if (!during(job)) return job
  }
}

test(
  'C3, F1: an apply that is killed goes on where it was and ends in the plan on the final data',
  { timeout: 120_000 },
  async () => {
    const first = await start()
    const id = await save(first)
    // It comes when the first one holds the job already, and takes over once the lease has run out.
    const arriving = start()
    await writeWhile(first, id, ({ done }) => done === 0)
    await first.stop('SIGKILL')
    const next = await arriving
    const taken = await jobAt(next, id)
    expect([taken.state, taken.done < people, taken.total]).toEqual(['RUNNING', true, people + 3])
    const job = await writeWhile(next, id, ({ state }) => state === 'RUNNING')
    expect(job.state).toBe('DONE')
    await next.stop()
    await installation.inside(world => expectPlaced(world, job))
  },
)

/** By the tables: where people are, what the job and the log tell of it. */
async function expectPlaced(world: World, job: JobShown): Promise<void> {
  const { orgId } = installation.org
  const ask = async <Row extends object>(sql: string, more: unknown[] = []): Promise<Row[]> =>
    (await world.database.pool.query<Row>(sql, [orgId, ...more])).rows
  const misplaced = await ask(
    `SELECT u.id, u.identity_provider_groups, array_agg(m.group_id) AS groups FROM users u
       LEFT JOIN memberships m ON m.org_id = u.org_id AND m.user_id = u.id WHERE u.org_id = $1 GROUP BY u.org_id, u.id
     HAVING array_agg(m.group_id) IS DISTINCT FROM ARRAY[CASE u.identity_provider_groups[1]
       WHEN 'Sales' THEN $2::uuid WHEN 'Ops' THEN $3::uuid END]`,
    [groups.Sales, groups.Ops],
  )
  expect(misplaced, 'everybody is where their value leads').toEqual([])
  const [told] = await ask(
    `SELECT (SELECT count(DISTINCT user_id)::int FROM change_set_entries WHERE org_id = $1) AS people,
       COALESCE(sum((detail->'people'->>'count')::int), 0)::int AS joined FROM provisioning_events
      WHERE org_id = $1 AND type = 'group.member_added' AND actor_kind = 'api-key'`,
  )
  expect(job, 'each step was taken once').toMatchObject({ done: job.total, result: { ...told } })
  await expectSound(world, orgId)
}

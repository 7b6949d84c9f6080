// A server that applies a group mapping is killed while the identity provider goes on writing. The next one takes over:
// beside PostgreSQL one that runs already, on the embedded database the one that is started then. Everybody ends where
// the plan leads them by what they carry in the end.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { urn } from '#server/scim/index.ts'
import type { World } from '#server/world.ts'
import { serverUrl } from '#test/support/postgresql-server.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { newInstallationWithOrganization } from './installation.ts'
import { globalId, mappingClient, type JobShown, type MappingClient } from './mapping-client.ts'
import { expectPlaced, fillWithPeople, type Placeable } from './placement.ts'
import { scimClient } from './scim-client.ts'
import { expectSound } from './soundness.ts'

const people = serverUrl === undefined ? 1_000 : 2_000
const values = ['Sales', 'Ops', 'Other'] as const

let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let there: Placeable
const servers: ServerProcess[] = []
beforeAll(async () => {
  installation = await newInstallationWithOrganization()
  const { org } = installation
  there = await installation.inside(world => fillWithPeople(world, { org, people, values }))
})
afterAll(async () => {
  await Promise.all(servers.map(server => server.stop('SIGKILL')))
  installation.remove()
})

const start = async (): Promise<ServerProcess> => {
  const server = await startServer({ env: installation.env })
  servers.push(server)
  return server
}
const admin = ({ url }: ServerProcess): MappingClient => mappingClient(url, installation.org.apiKey.secret)

/** Saves through a server, which is then the first to know of the job; answers the job's id. */
async function save(server: ServerProcess): Promise<string> {
  const rows = Object.entries(there.groups).map(([value, id]) => ({
    value,
    group: { groupId: globalId('Group', id) },
  }))
  const mapping = { enabled: true, applyToExisting: true, rows }
  const { job } = await admin(server).save(mapping, await admin(server).preview(mapping))
  return job?.id ?? ''
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
      const person = there.ids[(written * 37) % people] ?? ''
      const answer = await client.replace(person, { [urn.calendlyUser]: { group: values[written % 2] } })
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    }
    const job = await admin(server).jobAt(id)
    if (!during(job)) return job
  }
}

test(
  'C3: an apply that is killed goes on where it was and ends in the plan on the final data',
  { timeout: 120_000 },
  async () => {
    const first = await start()
    const id = await save(first)
    const arriving = serverUrl === undefined ? null : start()
    await writeWhile(first, id, ({ done }) => done === 0)
    await first.stop('SIGKILL')
    const next = await (arriving ?? start())
    const taken = await admin(next).jobAt(id)
    expect([taken.state, taken.done < people, taken.total]).toEqual(['RUNNING', true, people + 3])
    const job = await writeWhile(next, id, ({ state }) => state === 'RUNNING')
    expect(job.state).toBe('DONE')
    await next.stop()
    await installation.inside(async world => {
      await expectToldOnce(world, job)
      await expectPlaced(world, installation.org.orgId)
      await expectSound(world, installation.org.orgId)
    })
  },
)

/** What the job has counted is what its change set and the log tell. */
async function expectToldOnce(world: World, job: JobShown): Promise<void> {
  const { rows } = await world.database.pool.query<{ people: number; joined: number }>(
    `SELECT (SELECT count(DISTINCT user_id)::int FROM change_set_entries WHERE org_id = $1) AS people,
       COALESCE(sum((detail->'people'->>'count')::int), 0)::int AS joined FROM provisioning_events
      WHERE org_id = $1 AND type = 'group.member_added' AND actor_kind = 'api-key'`,
    [installation.org.orgId],
  )
  expect(job, 'each step was taken once').toMatchObject({ done: job.total, result: { ...rows[0] } })
}

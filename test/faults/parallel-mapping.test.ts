// Two admins save the group mapping at the same moment, again and again, while the identity provider writes people into
// the jobs that apply it: one of the two wins each time, and in the end everybody is where the last mapping leads them.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import { apiKeyScopes } from '#server/domain/actor.ts'
import { urn } from '#server/scim/index.ts'
import { serverUrl } from '#test/support/postgresql-server.ts'
import { patience, seeded } from '#test/support/property-runs.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { newInstallationWithOrganization } from './installation.ts'
import { globalId, mappingClient, type MappingClient, type MappingInput } from './mapping-client.ts'
import { expectPlaced, fillWithPeople, type Placeable } from './placement.ts'
import { inParallel, scimClient, type ScimClient } from './scim-client.ts'
import { expectSound } from './soundness.ts'

const values = ['Sales', 'Ops', 'Sales EMEA', ' Ops', 'nobody'] as const
const { seed, numRuns: rounds } = seeded(3)

let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let there: Placeable
let servers: ServerProcess[]
let admins: MappingClient[]
let providers: ScimClient[]
beforeAll(async () => {
  installation = await newInstallationWithOrganization()
  const { org } = installation
  const { placeable, second } = await installation.inside(async world => {
    const ctx = world.contextFor(org.orgId, org.owner.actor)
    const key = await createApiKey(ctx, { name: 'The other admin', scopes: apiKeyScopes })
    return { placeable: await fillWithPeople(world, { org, people: 300, values }), second: key.secret }
  })
  there = placeable
  servers = [await startServer({ env: installation.env })]
  // With PostgreSQL there are two servers, so that the database alone keeps order.
  if (serverUrl !== undefined) servers.push(await startServer({ env: installation.env }))
  admins = [org.apiKey.secret, second].map((key, n) => mappingClient(urlOf(n), key))
  providers = [0, 1].map(n => scimClient(urlOf(n), org))
})
afterAll(async () => {
  await Promise.all(servers.map(server => server.stop('SIGKILL')))
  installation.remove()
})

const urlOf = (n: number): string => servers[n % servers.length]?.url ?? ''

const table = fc.record({
  rows: fc.uniqueArray(fc.tuple(fc.constantFrom('Sales', 'Ops', 'Sales EMEA'), fc.boolean()), {
    minLength: 1,
    selector: ([value]) => value,
  }),
  fallback: fc.boolean(),
})

function inputOf({ rows, fallback }: typeof table extends fc.Arbitrary<infer T> ? T : never): MappingInput {
  const { Sales, Ops } = there.groups
  const group = (first: boolean) => ({ groupId: globalId('Group', first ? Sales : Ops) })
  return {
    enabled: true,
    applyToExisting: true,
    rows: rows.map(([value, first]) => ({ value, group: group(first) })),
    ...(fallback ? { defaultGroup: group(true) } : {}),
  }
}

/** Both look first and then save at once; answers the job of the one who won. */
async function saveTogether(wanted: readonly MappingInput[]): Promise<string> {
  const seen = await Promise.all(admins.map((admin, n) => admin.preview(wanted[n] as MappingInput)))
  const answers = await Promise.all(
    admins.map((admin, n) => admin.save(wanted[n] as MappingInput, seen[n] ?? '')),
  )
  const refusals = answers.flatMap(({ code }) => code ?? [])
  expect(refusals, JSON.stringify(answers)).toHaveLength(1)
  expect(['group-mappings/stale-preview', 'group-mappings/busy']).toContain(refusals[0])
  return answers.find(({ job }) => job)?.job?.id ?? ''
}

const change = fc.record({
  how: fc.oneof(
    { weight: 6, arbitrary: fc.constant('value') },
    fc.constantFrom('off', 'on', 'new', 'delete'),
  ),
  who: fc.nat({ max: 299 }),
  value: fc.constantFrom(...values),
})
let made = 0

async function write(client: ScimClient, wish: typeof change extends fc.Arbitrary<infer T> ? T : never) {
  const [id = '', group] = [there.ids[wish.who], { [urn.calendlyUser]: { group: wish.value } }]
  if (wish.how === 'value') return client.replace(id, group)
  if (wish.how === 'delete') return client.remove(id)
  if (wish.how !== 'new') return client.replace(id, { active: wish.how === 'on' })
  made += 1
  return client.create({ userName: `late-${made}@example.com`, ...group })
}

/** The identity provider writes through both servers until the job is over. */
async function writeUntilOver(job: string, wishes: Iterator<Parameters<typeof write>[1]>): Promise<void> {
  for (;;) {
    const some = Array.from({ length: 12 }, () => wishes.next().value as Parameters<typeof write>[1])
    await inParallel(some.entries(), 4, async ([n, wish]) => {
      const { status, body } = await write(providers[n % 2] as ScimClient, wish)
      // 404: was deleted before.
      expect([200, 201, 204, 404], JSON.stringify(body)).toContain(status)
    })
    const { state } = await (admins[0] as MappingClient).jobAt(job)
    if (state !== 'RUNNING' && state !== 'WAITING') {
      expect(state).toBe('DONE')
      return
    }
  }
}

const title = 'C3: of two who save at once one wins, and what is written meanwhile ends by the last mapping'
test(title, { timeout: patience }, async () => {
  const tables = fc.sample(table, { numRuns: rounds * 2, seed })
  const wishes = fc.sample(change, { numRuns: 20_000, seed })[Symbol.iterator]()
  for (let round = 0; round < rounds; round += 1) {
    const both = tables.slice(round * 2, round * 2 + 2).map(inputOf)
    await writeUntilOver(await saveTogether(both), wishes)
  }
  for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0 })
  await installation.inside(async world => {
    await expectPlaced(world, installation.org.orgId)
    await expectSound(world, installation.org.orgId)
  })
})

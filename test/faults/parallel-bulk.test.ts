// Many Bulk requests at once over real HTTP: names stay unique, seats exact, and each answer tells the truth.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { urn } from '#server/scim/index.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { newInstallation, type Installation } from './installation.ts'
import { scimClient, type Answered } from './scim-client.ts'
import { expectSound } from './soundness.ts'

let installation: Installation
let server: ServerProcess
let roomy: TestOrganization
let narrow: TestOrganization
beforeAll(async () => {
  installation = await newInstallation()
  await installation.inside(async world => {
    roomy = await newOrganization(world)
    narrow = await newOrganization(world, { seats: 60 })
  })
  server = await startServer({ env: { ...installation.env, SCIM_RATE: '0' } })
})
afterAll(async () => {
  await server.stop('SIGKILL')
  installation.remove()
})

const create = (name: string) => ({
  method: 'POST',
  path: '/Users',
  bulkId: name,
  data: { schemas: [urn.user], userName: `${name}@example.com` },
})
const names = Array.from({ length: 120 }, (_none, index) => `name-${String(index)}`)
const turned = (by: number): string[] => [...names.slice(by), ...names.slice(0, by)]

interface Entry {
  readonly bulkId: string
  readonly status: string
}

function entriesOf(answer: Answered): readonly Entry[] {
  expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200)
  return answer.body['Operations'] as readonly Entry[]
}

const tally = (entries: readonly Entry[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { status } of entries) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

test('B13, C12: six Bulks and sixty single requests for the same people make each of them once', async () => {
  const client = scimClient(server.url, roomy)
  const bulks = [0, 20, 40, 60, 80, 100].map(by => client.bulk(turned(by).map(create)))
  const singles = names
    .filter((_name, index) => index % 2 === 0)
    .map(name => client.create({ userName: `${name.toUpperCase()}@example.com` }))
  const entries = (await Promise.all(bulks)).flatMap(entriesOf)
  const alone = await Promise.all(singles)
  for (const name of names) {
    const winners = entries.filter(({ bulkId, status }) => bulkId === name && status === '201').length
    const single = alone[names.indexOf(name) / 2]?.status === 201 ? 1 : 0
    expect(winners + (names.indexOf(name) % 2 === 0 ? single : 0), name).toBe(1)
  }
  const failed = [...entries.map(({ status }) => status), ...alone.map(({ status }) => String(status))]
  expect(new Set(failed)).toEqual(new Set(['201', '409']))
})

test('B13: four Bulks fill sixty seats exactly', async () => {
  const client = scimClient(server.url, narrow)
  const answers = await Promise.all(
    [0, 1, 2, 3].map(bulk => client.bulk(names.slice(0, 30).map(name => create(`${String(bulk)}-${name}`)))),
  )
  // Owner and admin sit already.
  expect(tally(answers.flatMap(entriesOf))).toEqual({ 201: 58, 403: 62 })
})

test('what is left behind is sound', async () => {
  expect(await server.stop()).toMatchObject({
    code: 0,
    output: expect.not.stringMatching(/"level":[56]0/) as string,
  })
  await installation.inside(async world => {
    for (const { orgId } of [roomy, narrow]) await expectSound(world, orgId)
  })
})

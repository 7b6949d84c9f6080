// Many callers at once over real HTTP: seats are exact, names unique, no change is lost.
import { afterAll, beforeAll, expect, test } from 'vitest'
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
    narrow = await newOrganization(world, { seats: 25 })
  })
  server = await startServer({ env: installation.env })
})
afterAll(async () => {
  await server.stop('SIGKILL')
  installation.remove()
})

const tally = (answers: readonly Answered[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_none, index) => work(index)))

test('60 creates at once fill 25 seats exactly', async () => {
  const client = scimClient(server.url, narrow)
  const answers = await times(60, index => client.create({ userName: `seat-${index}@example.com` }))
  // Owner and admin sit already.
  expect(tally(answers)).toEqual({ 201: 23, 403: 37 })
  const refused = answers.find(({ status }) => status === 403)
  expect(refused?.body['detail']).toMatch(/25/)
  expect((await client.get('/Users?count=0')).body['totalResults']).toBe(25)
})

test('a seat that becomes free is given to one of many', async () => {
  const client = scimClient(server.url, narrow)
  const list = await client.get(`/Users?filter=${encodeURIComponent('userName sw "seat-"')}&count=1`)
  const [person] = list.body['Resources'] as { id: string }[]
  expect((await client.remove(person?.id ?? '')).status).toBe(204)
  const answers = await times(20, index => client.create({ userName: `late-${index}@example.com` }))
  expect(tally(answers)).toEqual({ 201: 1, 403: 19 })
})

test('20 creates of the same person make one', async () => {
  const client = scimClient(server.url, roomy)
  const answers = await times(20, index =>
    client.create({ userName: index % 2 === 0 ? 'ada@example.com' : 'ADA@example.com' }),
  )
  expect(tally(answers)).toEqual({ 201: 1, 409: 19 })
  for (const { status, body } of answers) if (status === 409) expect(body['scimType']).toBe('uniqueness')
})

test('300 changes of one person at once are all made and all kept', async () => {
  const client = scimClient(server.url, roomy)
  const { body } = await client.create({ userName: 'grace@example.com' })
  const id = body['id'] as string
  const wanted = Array.from({ length: 300 }, (_none, index) => `grace-${index}@example.com`)
  const answers = await times(300, index =>
    client.patch(id, [{ op: 'add', path: 'emails', value: [{ value: wanted[index], type: 'other' }] }]),
  )
  expect(tally(answers)).toEqual({ 200: 300 })
  const kept = (await client.get(`/Users/${id}`)).body['emails'] as { value: string }[]
  expect(kept.map(({ value }) => value).sort()).toEqual([...wanted].sort())
})

test('20 changes with the same ETag let one through', async () => {
  const client = scimClient(server.url, roomy)
  const made = await client.create({ userName: 'edsger@example.com' })
  const etag = made.headers.get('etag') ?? ''
  expect(etag).not.toBe('')
  const answers = await times(20, index =>
    client.patch(made.body['id'] as string, [{ op: 'replace', path: 'title', value: `Title ${index}` }], {
      'if-match': etag,
    }),
  )
  expect(tally(answers)).toEqual({ 200: 1, 412: 19 })
})

test('switching one person off and on 60 times at once keeps seats and log right', async () => {
  const client = scimClient(server.url, roomy)
  const id = (await client.create({ userName: 'alan@example.com' })).body['id'] as string
  const answers = await times(60, index => client.replace(id, { active: index % 2 === 0 }))
  expect(tally(answers)).toEqual({ 200: 60 })
})

test('afterwards both organizations are sound', async () => {
  expect(await server.stop()).toMatchObject({
    code: 0,
    output: expect.not.stringMatching(/"level":[56]0/) as string,
  })
  await installation.inside(async world => {
    await expectSound(world, roomy.orgId)
    await expectSound(world, narrow.orgId)
  })
})

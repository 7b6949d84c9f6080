// The power button in the middle of writes: what was acknowledged is there, what was not is there whole or not at all.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { newInstallationWithOrganization } from './installation.ts'
import { inParallel, scimClient, type ScimClient } from './scim-client.ts'
import { expectSound } from './soundness.ts'

/** Each takes some seconds: `npm test` has three, CI twenty more. */
const rounds = Number(process.env['KILL_ROUNDS'] ?? 3)
const writers = 6

/** What the clients know about one person. Only one writer at a time touches a person. */
interface Known {
  readonly userName: string
  /** Unknown while the answer to the create is missing. */
  id: string | undefined
  /** Values of `title` the person may have: the acknowledged one, and one that was on its way. */
  readonly marks: Set<string>
  /** `maybe` while the answer to a delete is missing. */
  there: 'yes' | 'maybe' | 'no'
}

/** Numbers that look random and are the same in each run. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2_654_435_761 + 1
  return sides => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % sides
  }
}

const attributes = (mark: string) => ({
  title: mark,
  displayName: mark,
  name: { givenName: mark, familyName: mark },
})

let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let server: ServerProcess | undefined
beforeAll(async () => {
  installation = await newInstallationWithOrganization()
})
afterAll(async () => {
  await server?.stop('SIGKILL')
  installation.remove()
})

const people: Known[] = []
let marked = 0

/** One writer: creates, changes and deletes people of its own until the server is gone. */
async function write(
  client: ScimClient,
  roll: (sides: number) => number,
  acknowledged: () => void,
): Promise<void> {
  const own: Known[] = []
  for (;;) {
    const person = own[roll(own.length + 3)]
    if (person?.there === 'yes' && person.id !== undefined) {
      await (roll(5) === 0 ? remove(client, person) : change(client, person))
    } else own.push(await create(client))
    acknowledged()
  }
}

async function create(client: ScimClient): Promise<Known> {
  marked += 1
  const mark = `m${marked}`
  const person: Known = {
    userName: `${mark}@example.com`,
    id: undefined,
    marks: new Set([mark]),
    there: 'maybe',
  }
  people.push(person)
  const { status, body } = await client.create({
    userName: person.userName,
    active: true,
    ...attributes(mark),
  })
  expect(status).toBe(201)
  person.id = body['id'] as string
  person.there = 'yes'
  return person
}

async function change(client: ScimClient, person: Known): Promise<void> {
  marked += 1
  const mark = `m${marked}`
  person.marks.add(mark)
  const { status } = await client.replace(person.id ?? '', attributes(mark))
  expect(status).toBe(200)
  person.marks.clear()
  person.marks.add(mark)
}

async function remove(client: ScimClient, person: Known): Promise<void> {
  person.there = 'maybe'
  const { status } = await client.remove(person.id ?? '')
  expect(status).toBe(204)
  person.there = 'no'
}

/** Compares what the server has with what the clients know, and learns what they could not know. */
async function check(client: ScimClient, person: Known): Promise<void> {
  const filter = encodeURIComponent(`userName eq "${person.userName}"`)
  const { status, body } = await client.get(`/Users?filter=${filter}`)
  expect(status).toBe(200)
  const [found] = body['Resources'] as Record<string, unknown>[]
  if (person.there !== 'maybe') expect(found !== undefined, person.userName).toBe(person.there === 'yes')
  person.there = found === undefined ? 'no' : 'yes'
  if (found === undefined) return
  person.id ??= found['id'] as string
  expect(found['id']).toBe(person.id)
  const mark = found['title'] as string
  expect([...person.marks]).toContain(mark)
  expect(found).toMatchObject({ active: true, ...attributes(mark) })
  person.marks.clear()
  person.marks.add(mark)
}

/** How long the process has computed: unlike the clock on the wall the same on a busy machine. */
async function cpuSeconds({ url }: ServerProcess): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(metrics)?.[1])
}

test(`survives ${rounds} kills in the middle of writes`, { timeout: 900_000 }, async () => {
  for (let round = 1; round <= rounds; round += 1) {
    server = await startServer({ env: installation.env })
    expect(await cpuSeconds(server), 'seconds of work until it is ready').toBeLessThan(8)
    const client = scimClient(server.url, installation.org)
    const checked = round % 5 === 0 ? people : people.slice(-100)
    await inParallel(checked, writers, person => check(client, person))

    const roll = dice(round)
    let untilKill = 10 + roll(50)
    const { kill, ended } = server
    const acknowledged = (): void => {
      untilKill -= 1
      if (untilKill === 0) kill('SIGKILL')
    }
    const work = Array.from({ length: writers }, () =>
      write(client, dice(round * 100 + roll(100)), acknowledged),
    )
    for (const { reason } of (await Promise.allSettled(work)) as PromiseRejectedResult[])
      expect(String(reason)).toMatch(/fetch failed|terminated|aborted|other side closed/)
    expect((await ended).signal).toBe('SIGKILL')
  }
  server = await startServer({ env: installation.env })
  const client = scimClient(server.url, installation.org)
  await inParallel(people, writers, person => check(client, person))
  const { body } = await client.get('/Users?count=0')
  const there = people.filter(person => person.there === 'yes').length
  // Owner and admin were there before.
  expect(body['totalResults']).toBe(there + 2)
  expect((await server.stop()).code).toBe(0)
  await installation.inside(world => expectSound(world, installation.org.orgId))
})

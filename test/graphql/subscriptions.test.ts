// The promise of the streams: everything since the cursor, then live, each line once, until the caller's rights end.
import { beforeAll, describe, expect, it } from 'vitest'
import type { ExecutionResult } from 'graphql'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { signOut } from '#server/domain/sessions/sign-out.ts'
import { readLogHead, type LogName } from '#server/domain/provisioning-log/read-log.sql.ts'
import { printCursor } from '#server/domain/provisioning-log/rules/cursor.ts'
import { pruneLogs } from '#server/domain/provisioning-log/prune-logs.ts'
import type { World } from '#server/world.ts'
import { writeLines } from '#test/support/exchanges.ts'
import { day, fakeClock } from '#test/support/fake-clock.ts'
import { graphqlDoor } from '#test/support/graphql-client.ts'
import {
  makeWorld,
  newColleague,
  newOrganization,
  newPerson,
  testOrigin,
  type TestOrganization,
} from '#test/support/make-world.ts'

let world: World
let door: GraphqlDoor

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
})

type Stream = AsyncIterableIterator<ExecutionResult>

/** Opens a stream as a socket would. */
async function open(
  cookie: string,
  query: string,
  variables: Record<string, unknown> = {},
  at = door,
): Promise<Stream> {
  const shown = { authorization: null, cookie: `sid=${cookie}`, origin: testOrigin }
  const actor = await at.authenticate(shown)
  if (actor === null) throw new Error('The test is not signed in.')
  const prepared = await at.prepare({ shown, actor }, { query, variables })
  if ('errors' in prepared) throw new Error(prepared.errors[0]?.message)
  const answer = await prepared.subscribe()
  if (!(Symbol.asyncIterator in answer)) throw new Error(answer.errors?.[0]?.message)
  return answer
}

const events = `subscription ($after: String, $filter: ProvisioningEventFilter) { provisioningEvents(after: $after, filter: $filter) {
  cursor event { type subjectName sequence user { displayName } } } }`

interface Message {
  readonly provisioningEvents: {
    readonly cursor: string
    readonly event: { subjectName: string; sequence: string }
  }
}

async function next(stream: Stream): Promise<Message['provisioningEvents']> {
  const { value } = (await stream.next()) as { value: ExecutionResult }
  expect(value.errors).toBeUndefined()
  return (value.data as unknown as Message).provisioningEvents
}

async function refusal(stream: Stream) {
  const { value } = (await stream.next()) as { value: ExecutionResult }
  return value.errors?.[0]
}

/** Where a log ends now: a stream from here on misses nothing, however slowly it starts. */
async function end(org: TestOrganization, log: LogName = 'events'): Promise<{ after: string }> {
  return { after: printCursor(await readLogHead(org.scim.sql, log)) }
}

const people = (org: TestOrganization, names: readonly string[]) =>
  names.reduce(
    (before, displayName) => before.then(() => newPerson(org.scim, { displayName })).then(() => undefined),
    Promise.resolve(),
  )

describe('a stream of events', () => {
  it('starts now when no cursor is given', async () => {
    const org = await newOrganization(world)
    const stream = await open(org.admin.cookie, events)
    const first = next(stream)
    // The next line may come before the stream has begun; one of them is the first that it tells.
    const waiting = { over: false }
    void first.finally(() => {
      waiting.over = true
    })
    while (!waiting.over) await people(org, ['Ada'])
    expect((await first).event.subjectName).toBe('Ada')
    await stream.return?.()
  })

  it('goes on behind the cursor after a break', async () => {
    const org = await newOrganization(world)
    const stream = await open(org.admin.cookie, events, await end(org))
    const first = next(stream)
    await people(org, ['Ada', 'Grace'])
    const ada = await first
    expect(ada.event.subjectName).toBe('Ada')
    await stream.return?.()
    await people(org, ['Alan', 'Edsger'])
    const again = await open(org.admin.cookie, events, { after: ada.cursor })
    const names: string[] = []
    const numbers: number[] = []
    for (let count = 0; count < 3; count += 1) {
      const { event } = await next(again)
      names.push(event.subjectName)
      numbers.push(Number(event.sequence))
    }
    expect(names).toEqual(['Grace', 'Alan', 'Edsger'])
    expect(numbers).toEqual([0, 1, 2].map(step => Number(ada.event.sequence) + 1 + step))
    await again.return?.()
  })

  it('delivers only what the filter wants, and nothing of other organizations', async () => {
    const [org, other] = [await newOrganization(world), await newOrganization(world)]
    const stream = await open(org.admin.cookie, events, { ...(await end(org)), filter: { search: 'grace' } })
    const wanted = next(stream)
    await people(other, ['Grace of the other'])
    await people(org, ['Ada', 'Grace'])
    expect((await wanted).event.subjectName).toBe('Grace')
    await stream.return?.()
  })

  it('ends at once when the listener goes', async () => {
    const org = await newOrganization(world)
    const stream = await open(org.admin.cookie, events)
    const waiting = stream.next()
    const began = performance.now()
    await stream.return?.()
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(performance.now() - began).toBeLessThan(500)
  })

  it('answers a cursor that is too old with the oldest one, and ends', async () => {
    const clock = fakeClock()
    const later = await makeWorld({ clock })
    const here = graphqlDoor(later)
    const org = await newOrganization(later)
    const stream = await open(org.admin.cookie, events, await end(org), here)
    const first = next(stream)
    await people(org, ['Ada'])
    const { cursor } = await first
    await stream.return?.()
    await people(org, ['Grace'])
    clock.advance(100 * day)
    await pruneLogs(org.owner.ctx)
    clock.advance(-100 * day)
    await people(org, ['Alan'])
    const stale = await open(org.admin.cookie, events, { after: cursor }, here)
    const error = await refusal(stale)
    expect(error?.extensions).toMatchObject({ code: 'provisioning-log/cursor-too-old', kind: 'stale' })
    expect(await stale.next()).toMatchObject({ done: true })
    const fresh = await open(org.admin.cookie, events, { after: error?.extensions['oldestCursor'] }, here)
    expect((await next(fresh)).event.subjectName).toBe('Alan')
    await fresh.return?.()
  })

  it('delivers nothing more after the role is taken away (G35)', async () => {
    const org = await newOrganization(world)
    const { cookie, userId } = await newColleague({ ...org, world }, { role: 'admin' })
    const stream = await open(cookie, events, await end(org))
    const waiting = refusal(stream)
    await changeUserRole(org.owner.ctx, { userId, role: 'user' })
    expect((await waiting)?.extensions).toMatchObject({ code: 'actor/rights-changed' })
    expect(await stream.next()).toMatchObject({ done: true })
  })

  it('delivers nothing more after signing out', async () => {
    const org = await newOrganization(world)
    const stream = await open(org.admin.cookie, events, await end(org))
    const waiting = refusal(stream)
    await signOut(org.admin.ctx)
    await people(org, ['Ada'])
    expect((await waiting)?.extensions).toMatchObject({ code: 'actor/rights-changed' })
  })

  it('is refused to people who may not read the log', async () => {
    const org = await newOrganization(world)
    const { cookie } = await newColleague({ ...org, world }, { role: 'user' })
    await expect(open(cookie, events)).rejects.toThrow('You may not see or do this')
  })
})

describe('a stream of exchanges', () => {
  it('delivers whole lines', async () => {
    const org = await newOrganization(world)
    const stream = await open(
      org.admin.cookie,
      'subscription ($after: String) { exchanges(after: $after, filter: { outcomes: [REFUSED] }) { cursor exchange { status outcome requestBody responseBody quirks { id } cursor } } }',
      await end(org, 'exchanges'),
    )
    const waiting = stream.next()
    await writeLines(org.scim, [{}, { status: 409, requestBody: '{}' }])
    const { value } = (await waiting) as { value: ExecutionResult }
    expect(value).toMatchObject({
      data: { exchanges: { exchange: { status: 409, outcome: 'REFUSED', requestBody: '{}', quirks: [] } } },
    })
    const { exchanges } = value.data as unknown as {
      exchanges: { cursor: string; exchange: { cursor: string } }
    }
    expect(exchanges.exchange.cursor).toBe(exchanges.cursor)
    await stream.return?.()
  })
})

describe('the stream of health', () => {
  it('tells the health now and again after a change', async () => {
    const org = await newOrganization(world)
    const stream = await open(
      org.admin.cookie,
      'subscription { provisioningHealth { state requestsLast24Hours } }',
    )
    expect(await stream.next()).toMatchObject({
      value: { data: { provisioningHealth: { state: 'WAITING', requestsLast24Hours: 0 } } },
    })
    const second = stream.next()
    await writeLines(org.scim, [{}])
    expect(await second).toMatchObject({
      value: { data: { provisioningHealth: { state: 'HEALTHY', requestsLast24Hours: 1 } } },
    })
    await stream.return?.()
  })
})

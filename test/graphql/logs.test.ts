// The two logs: pages newest first, filters that agree with the live ones, and what a page costs.
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import {
  matchesEvent,
  matchesExchange,
  type EventFilter,
  type ExchangeFilter,
} from '#server/graphql/log-filters.ts'
import { eventOfRaw, exchangeOfRaw } from '#server/graphql/log-rows.ts'
import { parseCursor } from '#server/domain/provisioning-log/rules/cursor.ts'
import { readLogRows } from '#server/domain/provisioning-log/read-log.sql.ts'
import type { LogRow } from '#server/domain/provisioning-log/log-tail.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { World } from '#server/world.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { writeLines } from '#test/support/exchanges.ts'
import { graphqlDoor, sender, type Send } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let door: GraphqlDoor
let org: TestOrganization
let send: Send
let adaId: string

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
  send = sender(door, { cookie: org.admin.cookie })
  const ada = await newPerson(org.scim, { displayName: 'Ada 100%' })
  adaId = ada.id
  await newPerson(org.scim, { displayName: 'Grace_Hopper' })
  const exchangeId = org.scim.actor.kind === 'scim-token' ? org.scim.actor.exchangeId : ''
  await reviseUser(org.scim, {
    userId: ada.id,
    settings: provisioningSettings({}),
    revise: current => ({ ...current, document: { ...current.document, title: 'Countess' } }),
  })
  await writeLines(org.scim, [
    {
      id: exchangeId,
      method: 'PATCH',
      path: `/Users/${ada.id}`,
      userId: ada.id,
      summary: 'Changed Ada 100%',
      requestBody: '{"Operations":[]}',
      changes: [{ path: 'title', before: null, after: 'Countess' }],
      quirks: [{ id: 'capital-op', sentence: 'Sent "Replace" for "replace".' }],
    },
    {
      method: 'POST',
      status: 409,
      scimType: 'uniqueness',
      summary: 'userName "ada" belongs to someone else',
    },
    { method: 'GET', query: 'filter=userName eq "x_y"', userId: ada.id },
    { method: 'DELETE', status: 500, summary: 'Rollcall failed', client: null },
    { method: 'PUT', changedNothing: true, identityProvider: 'unheard-of' },
  ])
})

const userId = () => Buffer.from(`User:${adaId}`).toString('base64')

describe('the log of exchanges', () => {
  it('shows a line with all its parts', async () => {
    const answer = await send(`{ organization { exchanges(last: 1) { totalCount nodes {
      method path outcome identityProvider summary requestHeaders requestBody responseBody changedNothing
      changes { path before after } quirks { id sentence } user { displayName } events { type sentence exchange { method } }
    } } } }`)
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toMatchObject({
      organization: {
        exchanges: {
          totalCount: 5,
          nodes: [
            {
              method: 'PATCH',
              outcome: 'SUCCEEDED',
              identityProvider: 'OKTA',
              requestHeaders: { accept: 'application/scim+json' },
              requestBody: '{"Operations":[]}',
              responseBody: '{"totalResults":0}',
              changes: [{ path: 'title', before: null, after: 'Countess' }],
              quirks: [{ id: 'capital-op', sentence: 'Sent "Replace" for "replace".' }],
              user: { displayName: 'Ada 100%' },
              events: [{ type: 'user.created' }, { type: 'user.updated', exchange: { method: 'PATCH' } }],
            },
          ],
        },
      },
    })
  })

  it('tells where it stood when it was read, empty or filtered to nothing, so that a stream misses nothing', async () => {
    const fresh = await newOrganization(world)
    const ask = '{ organization { exchanges(filter: { statuses: [418] }) { headCursor nodes { id } } } }'
    const head = async () => {
      const answer = await sender(door, { cookie: fresh.admin.cookie })(ask)
      const data = answer.data as unknown as { organization: { exchanges: { headCursor: string } } }
      return parseCursor(data.organization.exchanges.headCursor).sequence
    }
    expect(await head()).toBe(0n)
    await writeLines(fresh.scim, [{ method: 'GET' }, { method: 'PUT' }])
    expect(await head()).toBe(2n)
  })

  it('is found again by the id of a line', async () => {
    const list = await send(
      '{ organization { exchanges(first: 1) { nodes { id requestId sequence cursor } } } }',
    )
    const [line] = (list.data as unknown as { organization: { exchanges: { nodes: { id: string }[] } } })
      .organization.exchanges.nodes
    const answer = await send(
      'query ($id: ID!) { node(id: $id) { ... on Exchange { id requestId sequence cursor } } }',
      {
        id: line?.id,
      },
    )
    expect(answer.data).toEqual({ node: line })
  })

  const filters: [string, () => ExchangeFilter, number][] = [
    ['an outcome', () => ({ outcomes: ['refused', 'failed'] }), 2],
    ['nothing at all', () => ({ outcomes: [] }), 0],
    ['a method in any case', () => ({ methods: ['patch', 'PUT'] }), 2],
    ['a status', () => ({ statuses: [409] }), 1],
    ['a person', () => ({ userId: userId() }), 2],
    ['lines that changed nothing', () => ({ changedNothing: true }), 1],
    ['a wildcard as a character', () => ({ search: '100%' }), 1],
    ['an underscore as a character', () => ({ search: 'x_y' }), 1],
    ['words in any case', () => ({ search: 'BELONGS to' }), 1],
    ['a moment that is over', () => ({ to: new Date(0) }), 0],
    ['since a moment', () => ({ from: new Date(0) }), 5],
  ]

  it.each(filters)('finds lines by %s, in lists and live alike', async (_what, filterOf, expected) => {
    const filter = filterOf()
    const rows = await readLogRows<LogRow>(org.scim.sql, { log: 'exchanges', after: 0n, limit: 500 })
    const live = rows.map(exchangeOfRaw).filter(row => matchesExchange(filter, row))
    const spoken = { ...filter, outcomes: filter.outcomes?.map(outcome => outcome.toUpperCase()) }
    const answer = await send(
      'query ($filter: ExchangeFilter) { organization { exchanges(filter: $filter) { totalCount nodes { requestId } } } }',
      { filter: spoken },
    )
    expect(answer.errors).toBeUndefined()
    const nodes = live.map(row => ({ requestId: row.id })).reverse()
    expect(answer.data).toEqual({ organization: { exchanges: { totalCount: expected, nodes } } })
  })

  it('costs the same few statements for one line and for many with a person each', async () => {
    const crowded = await newOrganization(world)
    for (let count = 0; count < 14; count += 1) {
      const { id } = await newPerson(crowded.scim)
      await writeLines(crowded.scim, [{ userId: id, requestBody: String(count) }])
    }
    const ask = (first: number) => () =>
      sender(door, { cookie: crowded.admin.cookie })(
        `query ($first: Int) { organization { exchanges(first: $first) { totalCount pageInfo { hasNextPage } nodes {
          id cursor occurredAt method path status summary requestBody responseBody user { id displayName status }
          events { type user { displayName } } changes { path } } } } }`,
        { first },
      )
    await ask(1)()
    const one = await countStatements(world.database, ask(1))
    const many = await countStatements(world.database, ask(14))
    expect(many.result.errors).toBeUndefined()
    expect(many.statements).toHaveLength(one.statements.length)
    expect(many.statements.length).toBeLessThanOrEqual(12)
  })
})

describe('the provisioning log', () => {
  it('pages newest first with cursors that name places', async () => {
    const all: string[] = []
    let after = ''
    for (;;) {
      const answer = await send(`{ organization { provisioningEvents(first: 2${after}) { totalCount
        pageInfo { hasNextPage endCursor } nodes { sequence cursor } edges { cursor } } } }`)
      const { provisioningEvents: page } = (
        answer.data as unknown as {
          organization: {
            provisioningEvents: {
              totalCount: number
              pageInfo: { hasNextPage: boolean; endCursor: string }
              nodes: { sequence: string; cursor: string }[]
              edges: { cursor: string }[]
            }
          }
        }
      ).organization
      expect(page.edges.map(edge => edge.cursor)).toEqual(page.nodes.map(node => node.cursor))
      all.push(...page.nodes.map(node => node.sequence))
      if (!page.pageInfo.hasNextPage) {
        expect(all.map(Number)).toEqual(
          Array.from({ length: page.totalCount }, (_, index) => page.totalCount - index),
        )
        return
      }
      after = `, after: "${page.pageInfo.endCursor}"`
    }
  })

  it('tells in sentences who did what to whom', async () => {
    const answer = await send(
      'query ($filter: ProvisioningEventFilter) { organization { provisioningEvents(filter: $filter) { nodes { type sentence actorKind subjectName changes { path before after } user { displayName } } } } }',
      { filter: { userId: userId(), types: ['user.updated'] } },
    )
    expect(answer.data).toMatchObject({
      organization: {
        provisioningEvents: {
          nodes: [
            {
              sentence: expect.stringMatching(/^Okta \w+ changed title of Ada 100%$/) as string,
              actorKind: 'SCIM_TOKEN',
              subjectName: 'Ada 100%',
              changes: [{ path: 'title', before: null, after: 'Countess' }],
              user: { displayName: 'Ada 100%' },
            },
          ],
        },
      },
    })
  })

  const filters: [string, () => EventFilter][] = [
    ['a type', () => ({ types: ['user.created'] })],
    ['a person', () => ({ userId: userId() })],
    ['a wildcard as a character', () => ({ search: '100%' })],
    ['an underscore as a character', () => ({ search: 'e_h' })],
    ['an actor in any case', () => ({ search: 'OKTA' })],
    ['a moment that is over', () => ({ to: new Date(0) })],
  ]

  it.each(filters)('finds events by %s, in lists and live alike', async (_what, filterOf) => {
    const filter = filterOf()
    const rows = await readLogRows<LogRow>(org.scim.sql, { log: 'events', after: 0n, limit: 500 })
    const live = rows.map(eventOfRaw).filter(row => matchesEvent(filter, row))
    const answer = await send(
      'query ($filter: ProvisioningEventFilter) { organization { provisioningEvents(filter: $filter) { totalCount nodes { sequence } } } }',
      { filter },
    )
    const nodes = live.map(row => ({ sequence: String(row.sequence) })).reverse()
    expect(answer.data).toEqual({ organization: { provisioningEvents: { totalCount: live.length, nodes } } })
  })

  it('refuses a cursor that is none', async () => {
    const answer = await send('{ organization { provisioningEvents(after: "x") { totalCount } } }')
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'provisioning-log/bad-cursor' })
  })

  it('is also told per person', async () => {
    const answer = await send(
      'query ($id: ID!) { node(id: $id) { ... on User { provisioningEvents { totalCount nodes { type } } } } }',
      { id: userId() },
    )
    expect(answer.data).toEqual({
      node: {
        provisioningEvents: { totalCount: 2, nodes: [{ type: 'user.updated' }, { type: 'user.created' }] },
      },
    })
  })
})

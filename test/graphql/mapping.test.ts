// The group mapping through the API: preview, save, job, history, undo, and its CSV files over HTTP.
import type { ExecutionResult } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { Service } from '#server/serve.ts'
import { newCast, type Cast } from '#test/domain/group-mappings/cast.ts'
import { graphqlDoor, sender, type GraphqlAnswer } from '#test/support/graphql-client.ts'
import { makeService } from '#test/support/make-app.ts'
import { testOrigin } from '#test/support/make-world.ts'

let service: Service
let door: GraphqlDoor
let cast: Cast

beforeAll(async () => {
  const made = await makeService()
  service = made.service
  door = graphqlDoor(made.world)
  cast = await newCast(made.world)
})

afterAll(async () => {
  await service.close()
})

const global = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const answer: GraphqlAnswer = await sender(door, { cookie: cast.org.owner.cookie })(query, variables)
  expect(answer.errors).toBeUndefined()
  return answer.data
}

function input(newGroup = 'Operations'): Record<string, unknown> {
  return {
    enabled: true,
    applyToExisting: true,
    rows: [
      { value: 'Sales', group: { groupId: global('Group', cast.groups.Sales) } },
      { value: 'ops', group: { newGroup } },
    ],
  }
}

const previewed = `query ($input: GroupMappingInput!, $first: Int, $after: String, $kinds: [MoveKind!], $search: String, $fromNone: Boolean, $toNone: Boolean) {
  organization { previewGroupMapping(input: $input) {
    fingerprint applies newGroups totals { people join leave move unchanged unmatched frozen }
    flows { from { name } to { name isNew } people } managedEvents { gained lost }
    nearMisses { value count nearMiss { value kinds } }
    people(first: $first, after: $after, kinds: $kinds, search: $search, fromNone: $fromNone, toNone: $toNone) {
      totalCount pageInfo { hasNextPage endCursor } nodes { name kind reason values from { name } to { id name } user { id } } }
  } } }`

interface Undone {
  readonly undoChangeSet: {
    readonly changeSet: { readonly kind: string; readonly job: { readonly id: string } }
  }
}

interface Preview {
  readonly organization: {
    readonly previewGroupMapping: {
      readonly fingerprint: string
      readonly people: {
        readonly totalCount: number
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
        readonly nodes: readonly { readonly name: string; readonly kind: string; readonly reason: string }[]
      }
    }
  }
}

async function preview(variables: Record<string, unknown> = {}) {
  const answer = (await ask(previewed, { input: input(), ...variables })) as Preview
  return answer.organization.previewGroupMapping
}

describe('the API', () => {
  it('C2: previews totals, ways, near misses and people, a page at a time', async () => {
    const shown = await preview({ first: 2 })
    expect(shown).toMatchObject({
      applies: true,
      newGroups: ['Operations'],
      totals: { people: 7, join: 3, leave: 0, move: 0, unchanged: 4, unmatched: 4, frozen: 0 },
      flows: [{ from: [], to: [{ name: 'Sales', isNew: false }], people: 3 }],
      managedEvents: { gained: 0, lost: 0 },
      nearMisses: [{ value: 'Ops', count: 2, nearMiss: { value: 'ops', kinds: ['CASE'] } }],
      people: { totalCount: 7, pageInfo: { hasNextPage: true } },
    })
    const names: string[] = []
    for (let after: string | null = null; ;) {
      const { people } = await preview({ first: 2, after, kinds: ['JOIN'] })
      expect(people.totalCount).toBe(3)
      names.push(...people.nodes.map(({ name }) => name))
      expect(
        people.nodes.every(({ kind, reason }) => kind === 'JOIN' && reason === 'Group = Sales, row 1'),
      ).toBe(true)
      if (!people.pageInfo.hasNextPage) break
      after = people.pageInfo.endCursor
    }
    expect(new Set(names).size).toBe(3)
    expect((await preview({ fromNone: true, toNone: true })).people.totalCount).toBe(4)
    const found = await preview({ search: names[0]?.slice(0, 10).toUpperCase() })
    expect(found.people.nodes.map(({ name }) => name)).toEqual([names[0]])
  })

  it('C3: saves, follows the job to its end, keeps a history and undoes', async () => {
    const { fingerprint } = await preview()
    const save = `mutation ($input: SaveGroupMappingInput!) { saveGroupMapping(input: $input) {
      ... on SaveGroupMappingPayload { job { id state } changeSet { id rows { kind value to { name } } }
        groupMapping { enabled version rows { value position people group { name } } values(mapped: false) { totalCount people values { value count nearMiss { value } } } } }
      ... on Error { code message } ... on InvalidInputError { fields { path message } } } }`
    interface Saved {
      readonly saveGroupMapping: {
        readonly job: { readonly id: string }
        readonly changeSet: { readonly id: string }
      }
    }
    const saved = (await ask(save, { input: { mapping: input(), fingerprint } })) as Saved
    expect(saved.saveGroupMapping).toMatchObject({
      changeSet: {
        rows: [
          { kind: 'ADDED', value: 'Sales', to: { name: 'Sales' } },
          { kind: 'ADDED', value: 'ops', to: { name: 'Operations' } },
        ],
      },
      groupMapping: {
        enabled: true,
        version: 1,
        rows: [
          { value: 'Sales', position: 1, people: 3, group: { name: 'Sales' } },
          { value: 'ops', position: 2, people: 0, group: { name: 'Operations' } },
        ],
        values: {
          totalCount: 1,
          people: 2,
          values: [{ value: 'Ops', count: 2, nearMiss: { value: 'ops' } }],
        },
      },
    })
    const again = await ask(save, { input: { mapping: input(), fingerprint } })
    expect(again).toMatchObject({ saveGroupMapping: { code: 'group-mappings/stale-preview' } })
    // The server works on it by itself.
    expect((await jobStates(saved.saveGroupMapping.job.id)).at(-1)).toEqual({
      state: 'DONE',
      done: 7,
      total: 7,
    })
    const history = await ask(
      `{ organization { changeSets { id author undone undoPlan { people changedSince restoresMapping } job { result } } } }`,
    )
    expect(history).toMatchObject({
      organization: {
        changeSets: [{ undone: false, undoPlan: { people: 3, changedSince: 0, restoresMapping: true } }],
      },
    })
    const undone = await ask(
      `mutation ($input: UndoChangeSetInput!) { undoChangeSet(input: $input) { ... on UndoChangeSetPayload { changeSet { kind job { id } } } } }`,
      { input: { id: saved.saveGroupMapping.changeSet.id } },
    )
    const { changeSet } = (undone as Undone).undoChangeSet
    expect(changeSet.kind).toBe('UNDO')
    expect((await jobStates(changeSet.job.id)).at(-1)).toMatchObject({ state: 'DONE' })
    expect(await cast.placesOf()).toEqual([[], [], [], [], []])
  })

  it('C1: shows what other attributes would yield, and reads a table from CSV', async () => {
    const samples = await ask(
      `{ organization { groupMapping { sourceAttribute { label isDefault } sourceSamples(also: ["roles"]) { attribute { path } withValue values { value count } } } } }`,
    )
    expect(samples).toMatchObject({
      organization: {
        groupMapping: { sourceAttribute: { label: 'Group', isDefault: true } },
      },
    })
    const csv = 'Value in Identity Provider,Group\r\n"Sales, EMEA",sALES\r\n,Ops\r\nBoard,The Board\r\n'
    const read = await ask(
      `query ($csv: CsvText!) { organization { mappingFromCsv(csv: $csv) { rows { value group { id name isNew } } faults { line message } } } }`,
      { csv },
    )
    expect(read).toEqual({
      organization: {
        mappingFromCsv: {
          rows: [
            {
              value: 'Sales, EMEA',
              group: { id: global('Group', cast.groups.Sales), name: 'Sales', isNew: false },
            },
            { value: 'Board', group: { id: null, name: 'The Board', isNew: true } },
          ],
          faults: [{ line: 3, message: 'Line 3 has no value.' }],
        },
      },
    })
  })

  it('a table of 1,000 rows is read whole; any other text of that length is refused', async () => {
    const csv = Array.from({ length: 1_000 }, (_, index) => `Team ${String(index)},Everyone\r\n`).join('')
    const read = await ask(
      'query ($csv: CsvText!) { organization { mappingFromCsv(csv: $csv) { rows { value } faults { line } } } }',
      { csv },
    )
    const rows = Array.from({ length: 1_000 }, (_, index) => ({ value: `Team ${String(index)}` }))
    expect(read).toEqual({ organization: { mappingFromCsv: { rows, faults: [] } } })
    const search = 'query ($search: String!) { organization { groups(search: $search) { totalCount } } }'
    await expect(ask(search, { search: csv })).rejects.toThrow()
  })
})

/** Every state that the subscription tells, until it ends. */
async function jobStates(id: string): Promise<unknown[]> {
  const shown = { authorization: null, cookie: `sid=${cast.org.owner.cookie}`, origin: testOrigin }
  const actor = await door.authenticate(shown)
  if (actor === null) throw new Error('The test is not signed in.')
  const query = 'subscription ($id: ID!) { job(id: $id) { state done total } }'
  const prepared = await door.prepare({ shown, actor }, { query, variables: { id } })
  if ('errors' in prepared) throw new Error(prepared.errors[0]?.message)
  const stream = (await prepared.subscribe()) as AsyncIterableIterator<ExecutionResult>
  const told: unknown[] = []
  for await (const { data } of stream) told.push(data?.['job'])
  return told
}

describe('the files', () => {
  const headers = (): Record<string, string> => ({ authorization: `Bearer ${cast.org.apiKey.secret}` })

  it('C9: the mapping table', async () => {
    await cast.save(
      { ...cast.both(), applyToExisting: false },
      await cast.preview({ ...cast.both(), applyToExisting: false }),
    )
    const answer = await service.app.inject({ url: '/exports/group-mapping.csv', headers: headers() })
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present')
    expect(answer.body).toMatch(
      /^Value in Identity Provider,Group,People,Last seen\r\nSales,Sales,3,20.*\r\nOps,Ops,2,20.*\r\n$/,
    )
  })

  it('C2: everybody with what a mapping would do to them', async () => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/exports/group-mapping-preview.csv',
      headers: { ...headers(), 'content-type': 'application/json' },
      payload: JSON.stringify(input('Another')),
    })
    expect(answer.statusCode).toBe(200)
    const lines = answer.body.split('\r\n')
    expect(lines[0]).toBe('Name,Email,Status,Identity Provider Group,Change,From,To,Reason')
    expect(lines.filter(line => line.includes(',Sales,join,,Sales,"Group = Sales, row 1"'))).toHaveLength(3)
    expect(lines.filter(line => line.includes(',unchanged,'))).toHaveLength(4)
  })

  it.each([
    ['nobody', {}, {}, 401],
    ['a wrong key', { authorization: 'Bearer rc_key_x' }, {}, 401],
    ['what is no mapping', null, { rows: 3 }, 400],
    [
      'a row without a value',
      null,
      { enabled: true, applyToExisting: false, rows: [{ value: '', group: { newGroup: 'X' } }] },
      400,
    ],
  ])('C2: %s gets no preview', async (_title, who, payload, status) => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/exports/group-mapping-preview.csv',
      headers: { ...(who ?? headers()), 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    })
    expect(answer.statusCode).toBe(status)
  })
})

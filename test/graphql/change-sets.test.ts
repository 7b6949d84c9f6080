// Whom a change set has moved and whom undoing it would move, through GraphQL and as a file.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deleteGroup } from '#server/domain/groups/delete-group.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { Service } from '#server/serve.ts'
import type { World } from '#server/world.ts'
import { newCast, type Cast } from '#test/domain/group-mappings/cast.ts'
import { draft, saveAndApply, send, workOff } from '#test/domain/group-mappings/placing.ts'
import { graphqlDoor, sender } from '#test/support/graphql-client.ts'
import { makeService } from '#test/support/make-app.ts'
import { newOrganization } from '#test/support/make-world.ts'

const global = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')
let service: Service
let world: World
let door: GraphqlDoor
let cast: Cast
let changeSet: string

beforeAll(async () => {
  ;({ service, world } = await makeService())
  door = graphqlDoor(world)
  cast = await newCast(world)
  const { ctx } = cast.org.owner
  const rows = { Sales: cast.groups.Sales, Ops: cast.groups.Sales }
  await saveAndApply(ctx, draft(rows, { apply: true }))
  changeSet = global('ChangeSet', (await saveAndApply(ctx, cast.both())).changeSetId)
})
afterAll(() => service.close())

const people = `totalCount pageInfo { hasNextPage endCursor }
  nodes { name kind frozen values from { name } to { name } reason user { id } }`
const query = `query ($id: ID!, $first: Int, $after: String, $search: String) { node(id: $id) { ... on ChangeSet {
  people(first: $first, after: $after, search: $search) { ${people} }
  undoPlan { people changedSince restoresMapping affected(first: $first, after: $after, search: $search) { ${people} } } } } }`

interface Page {
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  readonly nodes: readonly { readonly name: string; readonly reason: string }[]
}
interface Shown {
  readonly people: Page
  readonly undoPlan: { readonly people: number; readonly changedSince: number; readonly affected: Page }
}

async function shown(variables: Record<string, unknown> = {}): Promise<Shown> {
  const ask = sender(door, { cookie: cast.org.owner.cookie })
  const answer = await ask(query, { id: changeSet, ...variables })
  expect(answer.errors).toBeUndefined()
  return answer.data['node'] as unknown as Shown
}

describe('C3: a change set', () => {
  it('lists everybody it moved, from where to where and why, and whom undoing moves back', async () => {
    const { people: moved, undoPlan } = await shown()
    const from = [{ name: 'Sales' }]
    const to = [{ name: 'Ops' }]
    const common = { kind: 'MOVE', frozen: false, values: ['Ops'] }
    expect(moved).toMatchObject({
      totalCount: 2,
      nodes: Array(2).fill({ ...common, from, to, reason: 'Group = Ops, row 2' }) as unknown,
    })
    const reason = 'again Group = Ops, row 2'
    expect(undoPlan).toMatchObject({
      people: 2,
      changedSince: 0,
      restoresMapping: true,
      affected: { totalCount: 2, nodes: Array(2).fill({ ...common, from: to, to: from, reason }) as unknown },
    })
  })

  it('is paged by name and searched', async () => {
    const all = (await shown()).people.nodes.map(({ name }) => name)
    const first = (await shown({ first: 1 })).people
    expect([first.pageInfo.hasNextPage, first.totalCount]).toEqual([true, 2])
    const second = (await shown({ first: 1, after: first.pageInfo.endCursor })).people
    expect([...first.nodes, ...second.nodes].map(({ name }) => name)).toEqual(all)
    expect(second.pageInfo.hasNextPage).toBe(false)
    const found = (await shown({ search: all[1]?.toUpperCase() })).people
    expect([found.totalCount, found.nodes[0]?.name]).toEqual([1, all[1]])
  })

  it('is a file with the columns of the preview', async () => {
    const headers = { authorization: `Bearer ${cast.org.apiKey.secret}` }
    const get = (id: string) => service.app.inject({ url: `/exports/change-set.csv?id=${id}`, headers })
    const answer = await get(encodeURIComponent(changeSet))
    expect(answer.statusCode).toBe(200)
    const lines = answer.body.split('\r\n')
    expect(lines[0]).toBe('Name,Email,Status,Identity Provider Group,Change,From,To,Reason')
    expect(lines.slice(1, 3).every(line => line.endsWith(',Ops,move,Sales,Ops,"Group = Ops, row 2"'))).toBe(
      true,
    )
    expect(lines).toHaveLength(4)
    const [name = ''] = lines[2]?.split(',') ?? []
    const found = await get(`${encodeURIComponent(changeSet)}&search=${name.toUpperCase()}`)
    expect(found.body.split('\r\n').slice(1)).toEqual([lines[2], ''])
    expect((await get('nobody')).statusCode).toBe(400)
  })

  it('is nobody else’s', async () => {
    const other = await newOrganization(world)
    const answer = await sender(door, { cookie: other.owner.cookie })(query, { id: changeSet })
    expect(answer.data['node']).toBeNull()
    const headers = { authorization: `Bearer ${other.apiKey.secret}` }
    const url = `/exports/change-set.csv?id=${encodeURIComponent(changeSet)}`
    expect((await service.app.inject({ url, headers })).statusCode).toBe(400)
  })

  it('says of whom others have moved since that they stay, and undoing agrees', async () => {
    const [, , , mover, other] = cast.people
    await send(cast.org.scim, mover ?? '', { value: 'Sales' })
    const moved = await shown()
    expect(moved.undoPlan).toMatchObject({ people: 1, changedSince: 1 })
    expect(moved.undoPlan.affected.nodes.map(({ reason }) => reason).sort()).toEqual([
      'again Group = Ops, row 2',
      'changed by others since: stays',
    ])
    await deleteGroup(cast.org.scim, { groupId: cast.groups.Ops })
    expect((await shown()).undoPlan).toMatchObject({ people: 1, changedSince: 2 })
    const undo = `mutation ($id: ID!) { undoChangeSet(input: { id: $id }) { ... on UndoChangeSetPayload {
      changeSet { id } } ... on Error { code } } }`
    await sender(door, { cookie: cast.org.owner.cookie })(undo, { id: changeSet })
    await workOff(cast.org.owner.ctx)
    const back = await cast.placesOf()
    expect(back.slice(3)).toEqual([['Sales: mapping Sales'], ['Sales: mapping Ops']])
    expect(other).toBeDefined()
  })
})

describe('C2: a preview', () => {
  it('counts no managed event for whoever holds it in person', async () => {
    const made = await newCast(world)
    const { ctx, cookie } = made.org.owner
    const { Sales, Ops } = made.groups
    const inPerson = made.people[0] ?? ''
    const managedEventId = await createManagedEvent(ctx, { details: { name: 'Intro' } })
    await assignManagedEvent(ctx, { managedEventId, groupIds: [Sales], userIds: [inPerson] })
    const asked = `query ($input: GroupMappingInput!) { organization { previewGroupMapping(input: $input) {
      totals { join move } managedEvents { gained lost } } } }`
    const told = (previewGroupMapping: object) => ({ organization: { previewGroupMapping } })
    const preview = async (group: string) => {
      const rows = [{ value: 'Sales', group: { groupId: global('Group', group) } }]
      const input = { enabled: true, applyToExisting: true, rows }
      const answer = await sender(door, { cookie })(asked, { input })
      return answer.data as unknown
    }
    expect(await preview(Sales)).toEqual(
      told({ totals: { join: 3, move: 0 }, managedEvents: { gained: 2, lost: 0 } }),
    )
    await saveAndApply(ctx, draft({ Sales }, { apply: true }))
    expect(await preview(Ops)).toEqual(
      told({ totals: { join: 0, move: 3 }, managedEvents: { gained: 0, lost: 2 } }),
    )
  })
})

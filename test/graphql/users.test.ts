// Lists of people: pages, random access, filters, order, totals, and what they cost.
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import type { World } from '#server/world.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { graphqlDoor, sender, type Send } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let door: GraphqlDoor
let org: TestOrganization
let send: Send

const names = ['Ada Byron', 'Grace Hopper', 'Alan Turing', 'Edsger Dijkstra', '100% Sure_', 'Émile Zola']

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world, { enforced: false })
  for (const displayName of names) await newPerson(org.scim, { displayName, title: 'Person' })
  send = sender(door, { cookie: org.admin.cookie })
})

interface Page {
  readonly organization: {
    readonly users: {
      readonly totalCount: number
      readonly nodes: { displayName: string }[]
      readonly edges: { cursor: string }[]
      readonly pageInfo: {
        hasNextPage: boolean
        hasPreviousPage: boolean
        startCursor: string | null
        endCursor: string | null
      }
    }
  }
}

async function page(args: string): Promise<Page['organization']['users']> {
  const answer = await send(`{ organization { users(${args}) {
    totalCount nodes { displayName } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } } }`)
  expect(answer.errors).toBeUndefined()
  return (answer.data as unknown as Page).organization.users
}

const shown = async (args: string): Promise<string[]> =>
  (await page(args)).nodes.map(node => node.displayName)

describe('a list of people', () => {
  it('walks forward by cursor without gap or repetition', async () => {
    const all = await shown('first: 500')
    const seen: string[] = []
    let after = ''
    for (;;) {
      const part = await page(`first: 3${after}`)
      expect(part.totalCount).toBe(names.length + 2)
      seen.push(...part.nodes.map(node => node.displayName))
      if (!part.pageInfo.hasNextPage) break
      after = `, after: "${part.pageInfo.endCursor ?? ''}"`
    }
    expect(seen).toEqual(all)
    expect(all).toHaveLength(names.length + 2)
  })

  it('walks backward by cursor', async () => {
    const all = await shown('first: 500')
    const last = await page('last: 3')
    expect(last.nodes.map(node => node.displayName)).toEqual(all.slice(-3))
    expect(last.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false })
    const before = await shown(`last: 3, before: "${last.pageInfo.startCursor ?? ''}"`)
    expect(before).toEqual(all.slice(-6, -3))
  })

  it('jumps to any row', async () => {
    const all = await shown('first: 500')
    expect(await shown('first: 2, skip: 4')).toEqual(all.slice(4, 6))
    expect(await shown('first: 2, skip: 400')).toEqual([])
  })

  it.each([
    ['part of a name, letter case aside', 'search: "hOPP"', ['Grace Hopper']],
    ['a wildcard as a character', 'search: "100%"', ['100% Sure_']],
    ['an underscore as a character', 'search: "e_"', ['100% Sure_']],
    ['accents in any case', 'search: "ÉMILE"', ['Émile Zola']],
    ['nothing', 'search: "nobody"', []],
  ])('finds %s', async (_what, args, expected) => {
    expect(await shown(args)).toEqual(expected)
  })

  it.each([
    ['name, descending', 'NAME', 'DESC'],
    ['user name', 'USER_NAME', 'ASC'],
    ['age', 'CREATED_AT', 'ASC'],
    ['last provisioning', 'PROVISIONED_AT', 'DESC'],
  ])('pages the same way through an order by %s', async (_what, field, direction) => {
    const order = `orderBy: { field: ${field}, direction: ${direction} }`
    const all = await shown(`first: 500, ${order}`)
    const first = await page(`first: 4, ${order}`)
    const rest = await shown(`first: 500, ${order}, after: "${first.pageInfo.endCursor ?? ''}"`)
    expect([...first.nodes.map(node => node.displayName), ...rest]).toEqual(all)
    expect(new Set(all).size).toBe(names.length + 2)
  })

  it('refuses the cursor of another order', async () => {
    const { pageInfo } = await page('first: 1')
    const answer = await send(
      `{ organization { users(orderBy: { field: CREATED_AT, direction: ASC }, after: "${pageInfo.endCursor ?? ''}") { totalCount } } }`,
    )
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'users/bad-cursor' })
  })

  it('filters by state, with totals from the counters', async () => {
    const other = await newOrganization(world, { enforced: false })
    const [gone, off] = [await newPerson(other.scim), await newPerson(other.scim)]
    await deleteUser(other.scim, { userId: gone.id, graceDays: 7 })
    await switchUser(other.owner.ctx, { userId: off.id, active: false })
    const ask = sender(door, { bearer: other.apiKey.secret })
    const totals = await ask(`{ organization {
      everyone: users { totalCount nodes { status } }
      deleted: users(status: [DELETED]) { totalCount nodes { id deletedAt purgeAt seat } }
      two: users(status: [DEACTIVATED, DELETED, DELETED]) { totalCount }
      admins: users(role: [ADMIN]) { totalCount nodes { role linked } }
      unlinked: users(linked: false) { totalCount nodes { role } }
      userCounts { pending active deactivated deleted } seats { total used reserved free }
    } }`)
    expect(totals.errors).toBeUndefined()
    expect(totals.data).toMatchObject({
      organization: {
        everyone: { totalCount: 3 },
        deleted: { totalCount: 1, nodes: [{ seat: false }] },
        two: { totalCount: 2 },
        admins: { totalCount: 1, nodes: [{ role: 'ADMIN', linked: true }] },
        unlinked: { totalCount: 1, nodes: [{ role: 'OWNER' }] },
        userCounts: { pending: 1, active: 1, deactivated: 1, deleted: 1 },
        seats: { total: null, used: 1, reserved: 1, free: null },
      },
    })
  })

  it('shows the SCIM resource as the SCIM door answers it', async () => {
    const answer = await send(
      '{ organization { users(search: "Ada Byron") { nodes { scimId scim version } } } }',
    )
    const [node] = (
      answer.data as unknown as { organization: { users: { nodes: { scimId: string; scim: object }[] } } }
    ).organization.users.nodes
    expect(node?.scim).toMatchObject({
      id: node?.scimId,
      displayName: 'Ada Byron',
      active: true,
      meta: { resourceType: 'User', version: 'W/"1"' },
    })
  })

  it.each([
    ['10 people', 'first: 10'],
    ['everyone', 'first: 500'],
  ])('costs the same few statements for %s', async (_what, args) => {
    const ask = () =>
      send(`{ organization { id name users(${args}) { totalCount pageInfo { endCursor } nodes {
      id displayName userName email status role linked identityProviderGroups externalId scim } } } }`)
    await ask()
    const { result, statements } = await countStatements(world.database, ask)
    expect(result.errors).toBeUndefined()
    expect(statements.length).toBeLessThanOrEqual(7)
  })
})

describe('changing people by hand', () => {
  const change = (name: string) => `mutation ($input: UserIdInput!) { ${name}(input: $input) {
    __typename ... on UserPayload { user { status deactivatedAt } } ... on Error { code message } } }`

  it('deactivates, reactivates, removes and restores', async () => {
    const { id } = await newPerson(org.scim)
    const input = { id: Buffer.from(`User:${id}`).toString('base64') }
    const owner = sender(door, { cookie: org.owner.cookie })
    expect((await owner(change('deactivateUser'), { input })).data).toMatchObject({
      deactivateUser: { user: { status: 'DEACTIVATED' } },
    })
    expect((await owner(change('reactivateUser'), { input })).data).toMatchObject({
      reactivateUser: { user: { status: 'PENDING', deactivatedAt: null } },
    })
    await owner(change('deactivateUser'), { input })
    const remove = `mutation ($input: RemoveUserInput!) { removeUser(input: $input) {
      __typename ... on UserPayload { user { status purgeAt } } ... on InvalidInputError { fields { path message } } } }`
    expect((await owner(remove, { input: { ...input, confirmUserName: 'x' } })).data).toMatchObject({
      removeUser: { __typename: 'InvalidInputError', fields: [{ path: 'confirmUserName' }] },
    })
    const { userName } = await world.database.prisma.user.findFirstOrThrow({ where: { id } })
    expect((await owner(remove, { input: { ...input, confirmUserName: userName } })).data).toMatchObject({
      removeUser: { user: { status: 'DELETED' } },
    })
    expect((await owner(change('restoreUser'), { input })).data).toMatchObject({
      restoreUser: { user: { status: 'DEACTIVATED' } },
    })
  })

  it('answers what the domain refuses as members of the union', async () => {
    const enforced = await newOrganization(world, { seats: 3 })
    const owner = sender(door, { cookie: enforced.owner.cookie })
    const input = { id: Buffer.from(`User:${enforced.admin.userId}`).toString('base64') }
    expect((await owner(change('deactivateUser'), { input })).data).toMatchObject({
      deactivateUser: { __typename: 'ManagedByIdentityProviderError', code: 'users/managed-by-idp' },
    })
    expect((await owner(change('restoreUser'), { input })).data).toMatchObject({
      restoreUser: { __typename: 'ConflictError', code: 'users/not-deleted' },
    })
  })

  it('says how many seats there are when none is free', async () => {
    const small = await newOrganization(world, { seats: 3, enforced: false })
    const off = await newPerson(small.scim)
    await switchUser(small.owner.ctx, { userId: off.id, active: false })
    await newPerson(small.scim)
    const answer = await sender(door, { cookie: small.owner.cookie })(
      `mutation ($input: UserIdInput!) { reactivateUser(input: $input) {
        __typename ... on SeatLimitError { used total code } } }`,
      { input: { id: Buffer.from(`User:${off.id}`).toString('base64') } },
    )
    expect(answer.data).toEqual({
      reactivateUser: { __typename: 'SeatLimitError', used: 3, total: 3, code: 'users/no-seat-left' },
    })
  })
})

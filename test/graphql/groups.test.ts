// Groups through GraphQL; lists ask the same number of questions at any length.
import { beforeAll, describe, expect, it } from 'vitest'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { createGroup } from '#server/domain/groups/create-group.ts'
import { setGroupAdmins } from '#server/domain/groups/set-group-admins.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { draft, makeGroups, saveAndApply } from '#test/domain/group-mappings/placing.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { graphqlDoor, sender } from '#test/support/graphql-client.ts'
import {
  makeWorld,
  newColleague,
  newOrganization,
  newPerson,
  type TestOrganization,
} from '#test/support/make-world.ts'

const settings = provisioningSettings({})
const global = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')
let world: World
let door: GraphqlDoor
let org: TestOrganization

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
})

const asOwner = () => sender(door, { cookie: org.owner.cookie })

const list = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: GroupOrder) {
  organization { groups(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
    nodes { id name pushed version memberCount sourceCounts { scim manual } admins { displayName }
      managedEvents { name } manageable } } } }`

interface Page {
  readonly totalCount: number
  readonly pageInfo: Record<'hasNextPage' | 'hasPreviousPage', boolean> &
    Record<'startCursor' | 'endCursor', string>
  readonly nodes: readonly { readonly name: string }[]
}

const pageOf = (answer: { data: unknown }): Page =>
  (answer.data as { organization: { groups: Page } }).organization.groups

describe('the list of groups', () => {
  let big: TestOrganization
  beforeAll(async () => {
    big = await newOrganization(world)
    for (const name of ['delta', 'Alpha', 'charlie', 'Bravo', 'Echo']) {
      const groupId = await createGroupByHand(big.owner.ctx, { name })
      const { id } = await newPerson(big.scim)
      await addGroupMembers(big.owner.ctx, { groupId, userIds: [id] })
    }
  })

  it('is walked by cursors in both directions, by name whatever the case', async () => {
    const send = sender(door, { cookie: big.owner.cookie })
    const first = pageOf(await send(list, { first: 2 }))
    expect([first.totalCount, first.nodes.map(({ name }) => name)]).toEqual([5, ['Alpha', 'Bravo']])
    const second = pageOf(await send(list, { first: 2, after: first.pageInfo.endCursor }))
    expect(second.nodes.map(({ name }) => name)).toEqual(['charlie', 'delta'])
    const back = pageOf(await send(list, { last: 2, before: second.pageInfo.startCursor }))
    expect(back.nodes).toEqual(first.nodes)
    const orderBy = { field: 'CREATED_AT', direction: 'DESC' }
    const latest = pageOf(await send(list, { first: 1, orderBy }))
    expect(latest.nodes.map(({ name }) => name)).toEqual(['Echo'])
    const next = pageOf(await send(list, { first: 1, orderBy, after: latest.pageInfo.endCursor }))
    expect(next.nodes.map(({ name }) => name)).toEqual(['Bravo'])
    const odd = await send(list, { first: 1, orderBy, after: first.pageInfo.endCursor })
    expect(odd.errors?.[0]?.extensions).toMatchObject({ code: 'page/bad-cursor' })
  })

  it('G39: asks as many questions for five groups as for one', async () => {
    const send = sender(door, { cookie: big.owner.cookie })
    const counts = []
    for (const first of [1, 5]) {
      counts.push((await countStatements(world.database, () => send(list, { first }))).statements.length)
    }
    expect(counts[0]).toBe(counts[1])
    expect(counts[0]).toBeLessThanOrEqual(12)
  })
})

describe('a group', () => {
  const deletion = '... on DeleteGroupPayload { deletedId }'
  const group = '... on GroupPayload { moved group { id name memberCount version } }'
  const invalid = '... on InvalidInputError { fields { path } }'
  const mutate = (name: string) =>
    `mutation ($input: ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input!) { ${name}(input: $input) {
      __typename ${name === 'deleteGroup' ? deletion : `${group} ${invalid}`} ... on Error { code message } } }`

  it('is made, filled, shown with reasons, emptied and deleted', async () => {
    const send = asOwner()
    const made = await send(mutate('createGroup'), { input: { name: ' Sales ' } })
    const { group: sales } = (
      made.data as unknown as { createGroup: { group: { id: string; name: string } } }
    ).createGroup
    expect(sales).toMatchObject({ name: 'Sales', version: 'W/"1"' })
    const { id } = await newPerson(org.scim, { displayName: 'Ada Byron' })
    const input = { groupId: sales.id, userIds: [global('User', id)] }
    expect((await send(mutate('addGroupMembers'), { input })).data).toMatchObject({
      addGroupMembers: { moved: 1, group: { memberCount: 1, version: 'W/"2"' } },
    })
    const shown = await send(
      `query ($id: ID!) { node(id: $id) { ... on Group { deletion { members managedEvents mappingRows copiesLost }
        candidates(search: "admin", first: 1) { displayName }
        members(search: "byron") { totalCount nodes { displayName lockedReason status
          sources { kind grantedBy value } user { userName } } } } } }`,
      { id: sales.id },
    )
    expect(shown.data).toMatchObject({
      node: {
        deletion: { members: 1, managedEvents: 0, mappingRows: 0, copiesLost: 0 },
        candidates: [{ displayName: org.admin.name }],
        members: {
          totalCount: 1,
          nodes: [
            {
              displayName: 'Ada Byron',
              lockedReason: null,
              sources: [{ kind: 'MANUAL', grantedBy: org.owner.name, value: null }],
            },
          ],
        },
      },
    })
    const skipped = await send(
      `query ($id: ID!, $filter: ProvisioningEventFilter) { node(id: $id) { ... on Group {
          all: members(skip: 0) { nodes { displayName } } none: members(skip: 1) { totalCount nodes { id } } } }
        organization { provisioningEvents(filter: $filter) { nodes { type } } } }`,
      { id: sales.id, filter: { groupId: sales.id } },
    )
    expect(skipped.data).toEqual({
      node: { all: { nodes: [{ displayName: 'Ada Byron' }] }, none: { totalCount: 1, nodes: [] } },
      organization: {
        provisioningEvents: { nodes: [{ type: 'group.member_added' }, { type: 'group.created' }] },
      },
    })
    const filtered = await send(
      'query ($id: ID) { organization { users(groupId: $id) { totalCount nodes { displayName } } } }',
      { id: sales.id },
    )
    expect(filtered.data).toEqual({
      organization: { users: { totalCount: 1, nodes: [{ displayName: 'Ada Byron' }] } },
    })
    expect((await send(mutate('removeGroupMembers'), { input })).data).toMatchObject({
      removeGroupMembers: { moved: 1, group: { memberCount: 0 } },
    })
    expect((await send(mutate('deleteGroup'), { input: { id: sales.id } })).data).toEqual({
      deleteGroup: { __typename: 'DeleteGroupPayload', deletedId: sales.id },
    })
  })

  it('C6: shows what goes with it before it is deleted, and exactly that goes', async () => {
    const own = await newOrganization(world)
    const { ctx } = own.owner
    const groups = await makeGroups(ctx, ['Sales', 'Ops'])
    const managedEventId = await createManagedEvent(ctx, { details: { name: 'Intro' } })
    await assignManagedEvent(ctx, { managedEventId, groupIds: [groups.Sales], userIds: [own.admin.userId] })
    const rows = { Sales: groups.Sales, EMEA: groups.Sales, Ops: groups.Ops }
    await saveAndApply(ctx, draft(rows, { defaultGroup: groups.Sales }))
    const chief = await newColleague({ ...own, world }, { role: 'user' })
    await setGroupAdmins(ctx, { groupId: groups.Sales, userIds: [chief.userId] })
    const userIds = [own.admin.userId, (await newPerson(own.scim)).id]
    await addGroupMembers(ctx, { groupId: groups.Sales, userIds })
    const send = sender(door, { cookie: own.owner.cookie })
    const shown = await send(
      'query ($id: ID!) { node(id: $id) { ... on Group { deletion { members admins managedEvents mappingRows isDefaultGroup copiesLost } } } }',
      { id: global('Group', groups.Sales) },
    )
    // Chief is in it by default; the admin keeps the copy that they hold in person.
    const told = {
      members: 3,
      admins: 1,
      managedEvents: 1,
      mappingRows: 2,
      isDefaultGroup: true,
      copiesLost: 2,
    }
    expect(shown.data).toEqual({ node: { deletion: told } })
    await send(mutate('deleteGroup'), { input: { id: global('Group', groups.Sales) } })
    const where = { orgId: own.orgId }
    expect(await ctx.db.membership.count({ where })).toBe(0)
    expect(await ctx.db.groupMappingRow.count({ where })).toBe(1)
    const copies = await ctx.db.managedEventCopy.findMany({ where: { ...where, removedAt: null } })
    expect(copies.map(({ userId }) => userId)).toEqual([own.admin.userId])
  })

  it('says what is refused in the words of the union', async () => {
    const send = asOwner()
    const { id } = await newPerson(org.scim)
    const names = { displayName: 'From Okta', externalId: null }
    const { group: pushed } = await createGroup(org.scim, { names, members: [id], settings })
    const groupId = global('Group', pushed.id)
    const locked = await send(mutate('removeGroupMembers'), {
      input: { groupId, userIds: [global('User', id)] },
    })
    expect(locked.data).toMatchObject({
      removeGroupMembers: {
        __typename: 'ManagedByIdentityProviderError',
        code: 'memberships/managed-by-idp',
      },
    })
    const badge = await send(
      `query ($id: ID!) { node(id: $id) { ... on Group { pushed members { nodes { lockedReason sources { kind grantedBy } } } } } }`,
      { id: groupId },
    )
    expect(badge.data).toMatchObject({
      node: {
        pushed: true,
        members: {
          nodes: [
            {
              lockedReason: expect.stringContaining('identity provider') as string,
              sources: [{ kind: 'SCIM', grantedBy: expect.stringContaining('Okta') as string }],
            },
          ],
        },
      },
    })
    expect((await send(mutate('createGroup'), { input: { name: '' } })).data).toMatchObject({
      createGroup: { __typename: 'InvalidInputError', fields: [{ path: 'name' }] },
    })
    expect((await send(mutate('createGroup'), { input: { name: 'FROM okta' } })).data).toMatchObject({
      createGroup: { __typename: 'ConflictError', code: 'groups/name-in-use' },
    })
  })

  it('of others does not exist for a group admin', async () => {
    const [mine, other] = [
      await createGroupByHand(org.owner.ctx, { name: 'Mine' }),
      await createGroupByHand(org.owner.ctx, { name: 'Not mine' }),
    ]
    const chief = await newColleague({ ...org, world }, { role: 'user' })
    await setGroupAdmins(org.owner.ctx, { groupId: mine, userIds: [chief.userId] })
    const send = sender(door, { cookie: chief.cookie })
    const answer = await send(list, {})
    expect(pageOf(answer).nodes).toMatchObject([
      { name: 'Mine', manageable: true, admins: [{ displayName: chief.name }] },
    ])
    const node = await send(`query ($id: ID!) { node(id: $id) { id } }`, { id: global('Group', other) })
    expect(node.data).toEqual({ node: null })
    const members = await send(
      `query ($id: ID!) { node(id: $id) { ... on Group { members { nodes { displayName user { id } } } } } }`,
      { id: global('Group', mine) },
    )
    expect(members.errors).toBeUndefined()
  })
})

// Groups, managed events and the own page through GraphQL; lists ask the same number of questions at any length.
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
    expect((await send(mutate('removeGroupMembers'), { input })).data).toMatchObject({
      removeGroupMembers: { moved: 1, group: { memberCount: 0 } },
    })
    expect((await send(mutate('deleteGroup'), { input: { id: sales.id } })).data).toEqual({
      deleteGroup: { __typename: 'DeleteGroupPayload', deletedId: sales.id },
    })
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

const sections = `sections { details { content { name description } locked own editedBy }
  location { content { kind detail } locked own } booking { content { slug } } }`

describe('managed events', () => {
  const create = `mutation ($input: CreateManagedEventInput!) { createManagedEvent(input: $input) {
    __typename ... on ManagedEventPayload { managedEvent { id name slug revision editable lockedSections
      holderCount changedBy ${sections} } } ... on Error { code } ... on InvalidInputError { fields { path } } } }`

  it('are made, assigned and seen on the holder’s own page, where what is not locked can be edited', async () => {
    const send = asOwner()
    const input = {
      sections: {
        details: { name: 'Intro call', description: 'Hello' },
        location: { kind: 'PHONE', detail: '+1' },
      },
      editable: ['QUESTIONS'],
    }
    const made = await send(create, { input })
    expect(made.data).toMatchObject({
      createManagedEvent: {
        managedEvent: {
          slug: 'intro-call',
          editable: ['LOCATION', 'QUESTIONS'],
          lockedSections: ['DETAILS', 'NOTIFICATIONS', 'BOOKING'],
          changedBy: org.owner.name,
        },
      },
    })
    const { id } = (made.data as unknown as { createManagedEvent: { managedEvent: { id: string } } })
      .createManagedEvent.managedEvent
    const ada = await newColleague({ ...org, world }, { role: 'user' })
    const groupId = await createGroupByHand(org.owner.ctx, { name: 'Callers' })
    await addGroupMembers(org.owner.ctx, { groupId, userIds: [ada.userId] })
    const assign = `mutation ($input: AssignManagedEventInput!) { assignManagedEvent(input: $input) {
      ... on ManagedEventPayload { copies managedEvent { holderCount groups { name } peopleCount } } } }`
    expect((await send(assign, { input: { id, groupIds: [global('Group', groupId)] } })).data).toEqual({
      assignManagedEvent: {
        copies: 1,
        managedEvent: { holderCount: 1, groups: [{ name: 'Callers' }], peopleCount: 0 },
      },
    })
    const own = sender(door, { cookie: ada.cookie })
    const page = await own(`{ viewer { user { displayName memberships { groupName sources { kind grantedBy } }
      eventTypes { slug } managedEventCopies { slug heldThrough assignedInPerson ${sections} } } } }`)
    expect(page.data).toMatchObject({
      viewer: {
        user: {
          memberships: [{ groupName: 'Callers', sources: [{ kind: 'MANUAL', grantedBy: org.owner.name }] }],
          managedEventCopies: [
            {
              slug: 'intro-call',
              heldThrough: ['Callers'],
              assignedInPerson: false,
              sections: { details: { content: { description: 'Hello' }, locked: true, own: false } },
            },
          ],
        },
      },
    })
    const edit = `mutation ($input: UpdateManagedEventCopyInput!) { updateManagedEventCopy(input: $input) {
      __typename ... on UpdateManagedEventCopyPayload { copy { ${sections} } } ... on Error { code } } }`
    const mine = await own(edit, {
      input: { managedEventId: id, sections: { location: { kind: 'IN_PERSON', detail: 'Room 1' } } },
    })
    expect(mine.data).toMatchObject({
      updateManagedEventCopy: {
        copy: {
          sections: { location: { content: { kind: 'IN_PERSON' }, own: true }, details: { own: false } },
        },
      },
    })
    const refused = await own(edit, {
      input: { managedEventId: id, sections: { details: { name: 'Mine' } } },
    })
    expect(refused.data).toEqual({
      updateManagedEventCopy: { __typename: 'ConflictError', code: 'managed-events/section-locked' },
    })
    const others = await own(edit, {
      input: { managedEventId: id, userId: global('User', org.owner.userId), sections: {} },
    })
    expect(others.data).toMatchObject({ updateManagedEventCopy: { __typename: 'ForbiddenError' } })
  })

  it('are previewed before they are pushed, and nothing is written', async () => {
    const managedEventId = await createManagedEvent(org.owner.ctx, { details: { name: 'Preview' } })
    const ada = await newColleague({ ...org, world }, { role: 'user' })
    await sender(door, { cookie: ada.cookie })(
      `mutation { createEventType(input: { name: "x", slug: "preview", durationMinutes: 10 }) { __typename } }`,
    )
    const preview = await asOwner()(
      `query ($input: PreviewManagedEventAssignmentInput!) { organization { previewManagedEventAssignment(input: $input) {
        gain lose returning slugClashes people { displayName change clashSlug returns } } } }`,
      {
        input: {
          id: global('ManagedEvent', managedEventId),
          assign: { userIds: [global('User', ada.userId)] },
        },
      },
    )
    expect(preview.data).toEqual({
      organization: {
        previewManagedEventAssignment: {
          gain: 1,
          lose: 0,
          returning: 0,
          slugClashes: 1,
          people: [{ displayName: ada.name, change: 'GAIN', clashSlug: 'preview', returns: false }],
        },
      },
    })
    expect(await org.scim.db.managedEventCopy.count({ where: { orgId: org.orgId, managedEventId } })).toBe(0)
  })

  it('G39: lists and pages of people ask as many questions for many as for one', async () => {
    const many = await newOrganization(world)
    const people = []
    for (let n = 0; n < 4; n += 1) people.push((await newPerson(many.scim)).id)
    for (let n = 0; n < 4; n += 1) {
      const managedEventId = await createManagedEvent(many.owner.ctx, {
        details: { name: `Event ${String(n)}` },
      })
      await assignManagedEvent(many.owner.ctx, { managedEventId, groupIds: [], userIds: people })
    }
    const send = sender(door, { cookie: many.owner.cookie })
    const questions = [
      `query ($first: Int) { organization { managedEvents(first: $first) { totalCount nodes { name changedBy holderCount
        groups { name } people { displayName } peopleCount ${sections} } } } }`,
      `query ($first: Int) { organization { users(first: $first) { nodes { displayName memberships { groupName }
        eventTypes { slug } managedEventCopies { ${sections} } } } } }`,
    ]
    for (const question of questions) {
      const counts = []
      for (const first of [1, 4]) {
        const counted = await countStatements(world.database, () => send(question, { first }))
        expect(counted.result.errors).toBeUndefined()
        counts.push(counted.statements.length)
      }
      expect(counts[0]).toBe(counts[1])
      expect(counts[0]).toBeLessThanOrEqual(12)
    }
  })
})

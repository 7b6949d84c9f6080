// Managed events and the own page through GraphQL; lists ask the same number of questions at any length.
import { beforeAll, describe, expect, it } from 'vitest'
import { loadPeople } from '#server/cli/demo-load.sql.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { workOff } from '#test/domain/group-mappings/placing.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { graphqlDoor, sender } from '#test/support/graphql-client.ts'
import {
  makeWorld,
  newColleague,
  newOrganization,
  newPerson,
  type TestOrganization,
} from '#test/support/make-world.ts'

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

/** One person more than get their copies at once. */
async function withLargeGroup(): Promise<{ org: TestOrganization; groupId: string }> {
  const large = await newOrganization(world)
  const groupId = await createGroupByHand(large.owner.ctx, { name: 'Everybody' })
  const sample = await newPerson(large.scim)
  const people = Array.from({ length: 1_001 }, (_none, n) => {
    const document = { userName: `many-${String(n)}@example.com` }
    return { ...sample, id: world.clock.newId(), document, externalId: null }
  })
  await loadPeople(large.scim.sql, people)
  await addGroupMembers(large.owner.ctx, { groupId, userIds: people.map(({ id }) => id) })
  return { org: large, groupId }
}

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
      ... on ManagedEventPayload { copies job { id } managedEvent { holderCount groups { name } peopleCount } } } }`
    expect((await send(assign, { input: { id, groupIds: [global('Group', groupId)] } })).data).toEqual({
      assignManagedEvent: {
        copies: 1,
        job: null,
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

  it('C7: are given to a large group by a job, which the answer names and which can be followed to its end', async () => {
    const { org: large, groupId } = await withLargeGroup()
    const send = sender(door, { cookie: large.owner.cookie })
    const managedEventId = await createManagedEvent(large.owner.ctx, { details: { name: 'Everybody' } })
    const id = global('ManagedEvent', managedEventId)
    const { data } = await send(
      `mutation ($input: AssignManagedEventInput!) { assignManagedEvent(input: $input) { ... on ManagedEventPayload {
        copies job { id kind state done total startedBy } managedEvent { holderCount } } } }`,
      { input: { id, groupIds: [global('Group', groupId)] } },
    )
    const waiting = { kind: 'ASSIGN_MANAGED_EVENT', state: 'WAITING', done: 0, total: 1_001 }
    expect(data).toMatchObject({
      assignManagedEvent: {
        copies: 1_001,
        job: { ...waiting, startedBy: large.owner.name },
        managedEvent: { holderCount: 0 },
      },
    })
    const { job } = (data as unknown as { assignManagedEvent: { job: { id: string } } }).assignManagedEvent
    await workOff(large.owner.ctx)
    const after = await send(
      `query ($job: ID!, $id: ID!) { job: node(id: $job) { ... on Job { state over done total result } }
        event: node(id: $id) { ... on ManagedEvent { holderCount } } }`,
      { job: job.id, id },
    )
    expect(after.data).toEqual({
      job: { state: 'DONE', over: true, done: 1_001, total: 1_001, result: { copies: 1_001 } },
      event: { holderCount: 1_001 },
    })
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
      const asked = []
      // Unasked before, answers come at odd times, and what is loaded together falls in two.
      await send(question, { first: 4 })
      for (const first of [1, 4]) {
        const counted = await countStatements(world.database, () => send(question, { first }))
        expect(counted.result.errors).toBeUndefined()
        asked.push(counted.statements.map(statement => statement.slice(0, 120)).sort())
      }
      expect(asked[0]).toEqual(asked[1])
      expect(asked[0]?.length).toBeLessThanOrEqual(12)
    }
  })
})

// C5: "Why is Ada in Sales?": every reason with its row, value, event, token or admin, and date, through GraphQL.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { createGroup } from '#server/domain/groups/create-group.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import {
  carrying,
  draft,
  makeGroups,
  saveAndApply,
  send as change,
} from '#test/domain/group-mappings/placing.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { graphqlDoor, sender, type Sender } from '#test/support/graphql-client.ts'
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
let groups: Record<'Sales' | 'Rest', string>

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
  groups = await makeGroups(org.owner.ctx, ['Sales', 'Rest'])
  const rows = { Presales: groups.Sales, Sales: groups.Sales }
  await saveAndApply(org.owner.ctx, draft(rows, { defaultGroup: groups.Rest }))
})

const reasons = `sources { kind value grantedAt grantedBy giver { kind name id } changeSet { author }
  mappingRow { value position attribute { label } current { position } }
  event { id type sentence actorName user { displayName } } }`

interface Reason {
  readonly kind: string
  readonly grantedAt: string
  readonly event: { readonly id: string; readonly sentence: string } | null
}

/** The reasons of a person, by group. */
async function reasonsOf(
  userId: string,
  who: Sender = { cookie: org.owner.cookie },
): Promise<Record<string, Reason[]>> {
  const query = `query ($id: ID!) { node(id: $id) { ... on User { memberships { groupName ${reasons} } } } }`
  const answer = await sender(door, who)(query, { id: global('User', userId) })
  expect(answer.errors).toBeUndefined()
  const { memberships } = answer.data['node'] as unknown as {
    memberships: { groupName: string; sources: Reason[] }[]
  }
  return Object.fromEntries(memberships.map(({ groupName, sources }) => [groupName, sources]))
}

const token = () => ({ kind: 'SCIM_TOKEN', name: org.scim.actor.name, id: null })
const admin = () => ({ kind: 'PERSON', name: org.owner.name, id: global('User', org.owner.userId) })
const row = (value: string, position: number) => ({
  value,
  position,
  attribute: { label: 'Group' },
  current: { position },
})
const joined = (words: string) =>
  expect.objectContaining({
    type: 'group.member_added',
    sentence: expect.stringContaining(words) as string,
  }) as unknown

/** The token's next request. */
function nextRequest(): Context {
  const { actor } = org.scim
  if (actor.kind !== 'scim-token') throw new Error('The token calls.')
  return world.contextFor(org.orgId, { ...actor, exchangeId: world.clock.newId() })
}

describe('C5: each membership says', () => {
  it('which row and value, which event, and which token placed them when they were made', async () => {
    const ada = await newPerson(nextRequest(), carrying('Sales', { displayName: 'Ada' }))
    const { Sales: found } = await reasonsOf(ada.id)
    expect(found).toEqual([
      {
        kind: 'MAPPING',
        value: 'Sales',
        grantedAt: expect.any(String) as string,
        grantedBy: org.scim.actor.name,
        giver: token(),
        changeSet: null,
        mappingRow: row('Sales', 2),
        event: expect.objectContaining({
          actorName: org.scim.actor.name,
          sentence: 'Ada joined Sales (Group = Sales, row 2)',
          user: { displayName: 'Ada' },
        }) as unknown,
      },
    ])
  })

  it('what changed when another value leads to the same group, where nobody joined', async () => {
    const ada = await newPerson(nextRequest(), carrying('Sales'))
    const before = await reasonsOf(ada.id)
    await change(nextRequest(), ada.id, { value: 'Presales' })
    const after = await reasonsOf(ada.id)
    expect(after['Sales']).toMatchObject([
      { value: 'Presales', mappingRow: row('Presales', 1), event: { type: 'user.updated' } },
    ])
    expect(after['Sales']?.[0]?.event?.id).not.toBe(before['Sales']?.[0]?.event?.id)
  })

  it('that no value matched, and who brought a deactivated person back', async () => {
    const ada = await newPerson(nextRequest(), carrying('Sales'))
    await change(nextRequest(), ada.id, { active: false })
    await change(nextRequest(), ada.id, { value: 'Unheard of' })
    await enforceProvisioning(org.owner.ctx, { enforced: false })
    await switchUser(org.owner.ctx, { userId: ada.id, active: true })
    await enforceProvisioning(org.owner.ctx, { enforced: true })
    expect(await reasonsOf(ada.id)).toEqual({
      Rest: [
        expect.objectContaining({
          kind: 'DEFAULT',
          mappingRow: null,
          giver: admin(),
          event: joined('Rest (no other group matches)'),
        }),
      ],
    })
  })

  it('by hand and by push, each with its own event, also beside a row', async () => {
    const [ada, bob] = [await newPerson(nextRequest(), carrying('Sales')), await newPerson(nextRequest())]
    await addGroupMembers(org.owner.ctx, { groupId: groups.Sales, userIds: [ada.id, bob.id] })
    const own = await reasonsOf(ada.id)
    expect(own['Sales']).toMatchObject([
      { kind: 'MAPPING', giver: token() },
      { kind: 'MANUAL', giver: admin(), grantedBy: org.owner.name, mappingRow: null },
    ])
    expect((await reasonsOf(bob.id))['Sales']).toMatchObject([
      { kind: 'MANUAL', giver: admin(), event: joined(`${org.owner.name} added`) },
    ])
    const settings = provisioningSettings({})
    const pushed = { names: { displayName: 'Pushed', externalId: null }, members: [ada.id, bob.id], settings }
    await createGroup(nextRequest(), pushed)
    expect((await reasonsOf(bob.id))['Pushed']).toMatchObject([
      { kind: 'SCIM', giver: token(), event: joined('Pushed') },
    ])
  })

  it('the change set and its author when the mapping was applied, and the row as it is now', async () => {
    const other = await newOrganization(world)
    const { ctx, cookie } = other.owner
    const { Ops } = await makeGroups(ctx, ['Ops'])
    const ada = await newPerson(other.scim, carrying('Ops'))
    await saveAndApply(ctx, draft({ Ops }, { apply: true }))
    await saveAndApply(ctx, draft({ First: Ops, Ops }))
    const { Ops: found } = await reasonsOf(ada.id, { cookie })
    expect(found).toMatchObject([
      {
        kind: 'MAPPING',
        giver: { kind: 'PERSON', name: other.owner.name },
        changeSet: { author: other.owner.name },
        mappingRow: { value: 'Ops', position: 1, current: { position: 2 } },
        event: { type: 'group.member_added', actorName: other.owner.name },
      },
    ])
    await saveAndApply(ctx, draft({ First: Ops }))
    expect((await reasonsOf(ada.id, { cookie }))['Ops']).toMatchObject([
      { mappingRow: { value: 'Ops', position: 1, current: null } },
    ])
  })
})

describe('C5: reasons', () => {
  it('are told to the person, without the log and the mapping table', async () => {
    const ada = await newColleague({ ...org, world }, { role: 'user' })
    await change(nextRequest(), ada.userId, { value: 'Sales' })
    const query = `{ viewer { user { memberships { groupName ${reasons} } } } }`
    const answer = await sender(door, { cookie: ada.cookie })(query)
    expect(answer.errors).toBeUndefined()
    expect(answer.data['viewer']).toMatchObject({
      user: {
        memberships: [
          {
            groupName: 'Sales',
            sources: [
              {
                value: 'Sales',
                event: null,
                changeSet: null,
                giver: token(),
                mappingRow: { value: 'Sales', position: 2, attribute: { label: 'Group' }, current: null },
              },
            ],
          },
        ],
      },
    })
  })

  it('cost the same number of statements for one member and for many', async () => {
    const query = `query ($id: ID!, $first: Int) { node(id: $id) { ... on Group {
      members(first: $first) { nodes { displayName ${reasons} } } } } }`
    const asOwner = sender(door, { cookie: org.owner.cookie })
    const counts = []
    for (const first of [1, 50]) {
      const work = () => asOwner(query, { id: global('Group', groups.Sales), first })
      const { result, statements } = await countStatements(world.database, work)
      expect(result.errors).toBeUndefined()
      counts.push(statements.length)
    }
    expect(counts[1]).toBeLessThanOrEqual((counts[0] ?? 0) + 4)
    expect(counts[1]).toBeLessThanOrEqual(20)
  })
})

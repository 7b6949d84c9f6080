// The activity log over GraphQL: every admin action with before and after, filters, pages, the file, who may read it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { categoryOf } from '#server/domain/activity-log/rules/category.ts'
import { searchParts } from '#server/domain/activity-log/rules/search.ts'
import { exportActivities } from '#server/domain/exports/export-activities.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { renameGroup } from '#server/domain/groups/rename-group.ts'
import { configureProvisioning } from '#server/domain/organizations/configure-provisioning.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { removeUser } from '#server/domain/users/remove-user.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, sender, type Send } from '#test/support/graphql-client.ts'
import {
  makeWorld,
  newOrganization,
  newPerson,
  operatorActor,
  type TestOrganization,
} from '#test/support/make-world.ts'

let world: World
let door: GraphqlDoor
let org: TestOrganization
let send: Send
beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
  send = sender(door, { cookie: org.owner.cookie })
  await configureProvisioning(org.owner.ctx, { deletionGraceDays: 3 })
  await enforceProvisioning(org.admin.ctx, { enforced: false })
  await updateOrganization(world.contextFor(org.orgId, operatorActor), { seats: 50 })
})

interface Line {
  readonly id: string
  readonly actorKind: string
  readonly actorName: string
  readonly action: string
  readonly category: string
  readonly subjectName: string | null
  readonly changes: readonly { path: string; before: unknown; after: unknown }[]
}
interface Page {
  readonly totalCount: number
  readonly nodes: readonly Line[]
  readonly pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string
    endCursor: string
  }
}

async function pageOf(variables: Record<string, unknown>, ask: Send = send): Promise<Page> {
  const answer = await ask(
    `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ActivityFilter) {
      organization { activity(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        nodes { id actorKind actorName action category subjectName changes { path before after } requestId ip } } } }`,
    variables,
  )
  expect(answer.errors).toBeUndefined()
  return (answer.data['organization'] as unknown as { activity: Page }).activity
}
const actionsBy = async (filter: object) => (await pageOf({ filter })).nodes.map(({ action }) => action)

describe('the activity log', () => {
  it('says who changed what, before and after', async () => {
    const [line] = (await pageOf({ filter: { search: 'provisioning.configure' } })).nodes
    expect(line).toMatchObject({
      actorKind: 'PERSON',
      actorName: org.owner.name,
      category: 'PROVISIONING',
      changes: [{ path: 'deletionGraceDays', before: 7, after: 3 }],
    })
    const [plan] = (await pageOf({ filter: { actorKinds: ['OPERATOR'] } })).nodes
    expect(plan).toMatchObject({ action: 'organization.update', category: 'ORGANIZATION' })
    expect(plan?.changes).toEqual([{ path: 'seatLimit', before: null, after: 50 }])
  })

  it('has a line for what is done to people by hand, with what they are called now', async () => {
    const { id } = await newPerson(org.scim, { userName: 'grace@example.com', displayName: 'Grace Hopper' })
    await changeUserRole(org.owner.ctx, { userId: id, role: 'admin' })
    await changeUserRole(org.owner.ctx, { userId: id, role: 'admin' })
    await changeUserRole(org.owner.ctx, { userId: id, role: 'user' })
    await switchUser(org.owner.ctx, { userId: id, active: false })
    await removeUser(org.owner.ctx, { userId: id, confirmUserName: 'grace@example.com' })
    await restoreUser(org.owner.ctx, { userId: id })
    await switchUser(org.owner.ctx, { userId: id, active: true })
    const lines = (await pageOf({ filter: { categories: ['PEOPLE'], search: 'Grace' } })).nodes
    expect(lines.map(({ action }) => action)).toEqual([
      ...['user.reactivate', 'user.restore', 'user.remove', 'user.deactivate'],
      ...['user.change_role', 'user.change_role'],
    ])
    expect(new Set(lines.map(({ subjectName }) => subjectName))).toEqual(new Set(['Grace Hopper']))
    expect(lines.at(-1)?.changes).toEqual([{ path: 'role', before: 'user', after: 'admin' }])
  })

  it('is narrowed by category, kind of actor, time and words, each as asked', async () => {
    const groupId = await createGroupByHand(org.owner.ctx, { name: 'Sales 100%' })
    await renameGroup(org.owner.ctx, { groupId, name: 'Sales North' })
    expect(await actionsBy({ categories: ['GROUPS'] })).toEqual(['group.rename', 'group.create'])
    expect(await actionsBy({ search: 'north sales' })).toEqual(['group.rename', 'group.create'])
    expect(await actionsBy({ search: '"100% sales"' })).toEqual([])
    expect(await actionsBy({ search: '"sales 100%"' })).toEqual(['group.rename', 'group.create'])
    expect(await actionsBy({ search: 'sales_100' })).toEqual([])
    expect(await actionsBy({ from: new Date(Date.now() + 86_400_000).toISOString() })).toEqual([])
    expect(await actionsBy({ to: '2020-01-01T00:00:00Z' })).toEqual([])
    expect(await actionsBy({ categories: [] })).toEqual([])
  })

  it('is read page by page in both directions without a gap', async () => {
    const all = (await pageOf({ first: 100 })).nodes.map(({ id }) => id)
    expect(all).toEqual([...all].sort().reverse())
    const first = await pageOf({ first: 3 })
    const second = await pageOf({ first: 3, after: first.pageInfo.endCursor })
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(all.slice(0, 6))
    expect(first.totalCount).toBe(all.length)
    const back = await pageOf({ last: 3, before: second.pageInfo.startCursor })
    expect(back.nodes).toEqual(first.nodes)
    expect(back.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true })
  })

  it('is closed to whoever may not read it, and where the plan has none', async () => {
    const other = await newOrganization(world)
    const theirs = sender(door, { cookie: other.owner.cookie })
    expect((await pageOf({ filter: { search: 'seatLimit' } }, theirs)).totalCount).toBe(0)
    await updateOrganization(world.contextFor(other.orgId, operatorActor), {
      entitlements: { activityLog: false },
    })
    const answer = await theirs('{ organization { activity { totalCount } } }')
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'organizations/not-in-plan',
      feature: 'activityLog',
    })
    await expect(exportActivities(other.owner.ctx, {}).next()).rejects.toMatchObject({
      code: 'organizations/not-in-plan',
    })
  })

  it('can be had as a file, newest first, which is itself noted', async () => {
    const pieces: string[] = []
    for await (const piece of exportActivities(org.owner.ctx, { categories: ['groups', 'organization'] }))
      pieces.push(piece)
    const lines = pieces.join('').trimEnd().split('\r\n')
    expect(lines[0]).toBe(
      'Time,By,Kind of actor,Category,Action,Subject,Subject ID,Before,After,Request ID,IP',
    )
    expect(lines[1]).toContain('activity.export')
    expect(lines[2]).toContain('group.rename,Sales North')
    expect(lines[2]).toContain('"{""name"":""Sales 100%""}"')
  })
})

it.each([
  ['two words', ['two', 'words']],
  ['"two words" Three', ['two words', 'three']],
  ['"unfinished business', ['unfinished business']],
  ['  ""  ', []],
])('a search for %s looks for %j', (text, parts) => {
  expect(searchParts(text)).toEqual(parts)
})

it('every action that is noted belongs to a category on purpose and has words in the console', () => {
  const folder = 'server/domain'
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(folder, name), 'utf8'))
  const noted = sources.flatMap(text => [
    ...[...text.matchAll(/action: ([^,}\n]*)/gu)].flatMap(match =>
      [...(match[1] ?? '').matchAll(/'([a-z_]+\.[a-z_-]+)'/gu)].map(([, action]) => action ?? ''),
    ),
  ])
  const exported =
    /what: ([^\n]*)/u.exec(readFileSync(join(folder, 'exports/note-export.ts'), 'utf8'))?.[1] ?? ''
  const exports = [...exported.matchAll(/'(\w+)'/gu)].map(([, what]) => `${what ?? ''}.export`)
  const actions = [...new Set([...noted, ...exports])]
  expect(actions.length).toBeGreaterThan(45)
  const words = JSON.parse(readFileSync('web/features/activity/text/en.json', 'utf8')) as {
    actions: Record<string, string>
  }
  const silent = actions.filter(action => words.actions[action.replace(/[.-]/gu, '_')] === undefined)
  expect(silent).toEqual([])
  const nouns = [...new Set(actions.filter(action => categoryOf(action) === 'organization'))].map(
    action => action.split('.')[0],
  )
  expect(new Set(nouns)).toEqual(new Set(['activity', 'api_key', 'organization', 'setup', 'setup_link']))
})

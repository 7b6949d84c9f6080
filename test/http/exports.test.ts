// Files of people and groups: what is in them, who gets them, and that memory does not grow with them.
import { loadPeople } from '#server/cli/demo-load.sql.ts'
import type { Context } from '#server/domain/context.ts'
import { exportUsers } from '#server/domain/exports/export-users.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { setGroupAdmins } from '#server/domain/groups/set-group-admins.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { globalId } from '#server/graphql/ids.ts'
import { urn } from '#server/scim/index.ts'
import type { Service } from '#server/serve.ts'
import type { World } from '#server/world.ts'
import { makeService } from '#test/support/make-app.ts'
import { newColleague, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let service: Service
let org: TestOrganization
let sales: string

const formula = '=HYPERLINK("http://evil.example","x")'

beforeAll(async () => {
  ;({ world, service } = await makeService())
  org = await newOrganization(world)
  const extension = { [urn.calendlyUser]: { group: ['Sales', '+East'] } }
  const { id } = await newPerson(org.scim, {
    userName: 'ada@example.com',
    displayName: formula,
    externalId: 'line\nbreak, "quoted"',
    ...extension,
  })
  await newPerson(org.scim, { userName: 'off@example.com' }, { active: false })
  sales = await createGroupByHand(org.owner.ctx, { name: '@Sales, East' })
  await createGroupByHand(org.owner.ctx, { name: 'Other' })
  await addGroupMembers(org.owner.ctx, { groupId: sales, userIds: [id] })
  const managedEventId = await createManagedEvent(org.owner.ctx, { details: { name: 'Intro' } })
  await assignManagedEvent(org.owner.ctx, { managedEventId, groupIds: [sales], userIds: [] })
})
afterAll(() => service.close())

const get = (path: string, headers: Record<string, string>) =>
  service.app.inject({ method: 'GET', url: path, headers })
const post = (path: string, payload: object) =>
  service.app.inject({ method: 'POST', url: path, headers: withKey(), payload })
const idOf = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`
const withKey = () => ({ authorization: `Bearer ${org.apiKey.secret}` })
const withCookie = (secret: string) => ({ cookie: `__Host-sid=${secret}` })

describe('the file of people', () => {
  it('has the columns of the contract, everyone who is not deleted, and no formula', async () => {
    const { statusCode, headers, body } = await get('/exports/users.csv', withKey())
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="users.csv"',
      'cache-control': 'no-store',
    })
    const lines = body.split('\r\n')
    expect(lines[0]).toBe(
      'Name,Email,User name,Role,Status,Groups,Group sources,Identity Provider Group,External ID,' +
        'Created,Activated,Last sign-in,Last changed by IdP',
    )
    expect(lines).toHaveLength(1 + 4 + 1)
    const ada = lines.find(line => line.includes('ada@example.com')) ?? ''
    expect(ada).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`)
    expect(ada).toContain(`"'@Sales, East","'@Sales, East: manual","Sales; +East","line\nbreak, ""quoted"""`)
  })

  it('can be one tab, or what is searched', async () => {
    const tab = await get('/exports/users.csv?status=deactivated', withKey())
    expect(tab.body.split('\r\n').slice(1, -1)).toHaveLength(1)
    expect(tab.body).toContain('off@example.com')
    const found = await get('/exports/users.csv?search=ADA%40&bom=1', withKey())
    expect(found.body.split('\r\n').slice(1, -1)).toHaveLength(1)
    expect(found.body.startsWith('\uFEFFName')).toBe(true)
    for (const odd of ['%00', `${'x'.repeat(199)}%F0%9F%98%80`, `${'x'.repeat(99)}%F0%9F%98%80`]) {
      const none = await get(`/exports/users.csv?search=${odd}`, withKey())
      expect([none.statusCode, none.body.trim().split('\r\n').length]).toEqual([200, 1])
    }
    const wildcard = await get('/exports/users.csv?search=%25', withKey())
    expect(wildcard.body.split('\r\n').slice(1, -1)).toHaveLength(0)
  })

  it.each([
    ['role=owner', 1],
    ['role=admin,group_admin', 1],
    ['role=admin&role=owner', 2],
    ['role=nonsense', 4],
    ['linked=yes', 3],
    ['linked=no', 1],
    ['linked=no&role=owner', 1],
    ['identityProviderGroup=Sales', 1],
    ['identityProviderGroup=%2BEast', 1],
    ['identityProviderGroup=sales', 0],
    ['identityProviderGroup=Sal', 0],
    ['groupId=SALES', 1],
    ['linked=yes&status=deactivated', 1],
    ['linked=yes&status=deactivated&identityProviderGroup=Sales', 0],
  ])('C8: follows the filters of the list: %s has %i', async (filters, people) => {
    const asked = filters.replace('SALES', encodeURIComponent(btoa(`Group:${sales}`)))
    const { body } = await get(`/exports/users.csv?${asked}`, withKey())
    expect(body.split('\r\n').slice(1, -1)).toHaveLength(people)
  })

  it('has only the chosen people, in whatever state, when they are sent', async () => {
    const users = await org.scim.db.user.findMany({ where: { orgId: org.orgId } })
    const off = users.filter(({ status }) => status === 'deactivated')
    const stranger = (await newPerson((await newOrganization(world)).scim)).id
    const chosen = [...off.map(({ id }) => id), stranger]
    const sent = { userIds: [...chosen.map(id => globalId('User', id)), 'nonsense'] }
    const { body } = await post('/exports/users.csv', sent)
    const lines = body.split('\r\n').slice(1, -1)
    expect(lines).toHaveLength(off.length)
    expect(lines.join()).toContain('off@example.com')
  })

  it.each([
    ['no list', { userIds: 'x' }, /Send \{"userIds"/u],
    [
      'too many',
      { userIds: Array.from({ length: 1001 }, (_, n) => globalId('User', idOf(n))) },
      /At most 1000/u,
    ],
  ])('of chosen people is refused with the reason: %s', async (_what, sent, reason) => {
    const answer = await post('/exports/users.csv', sent)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ error: expect.stringMatching(reason) as string })
  })

  it('is written down in the activity log', async () => {
    await get('/exports/users.csv?status=pending', withCookie(org.owner.cookie))
    const rows = await org.scim.db.activity.findMany({
      where: { orgId: org.orgId, action: 'users.export', actorKind: 'person' },
    })
    expect(rows).toMatchObject([{ actorName: org.owner.name, after: { status: ['pending'] } }])
  })
})

describe('the file of groups', () => {
  it('counts members by reason and names what hangs on a group', async () => {
    const { body } = await get('/exports/groups.csv', withCookie(org.admin.cookie))
    const lines = body.split('\r\n')
    expect(lines[0]).toBe(
      'Name,Members,By mapping,Without a match,By identity provider,By hand,Identity Provider Group,Pushed,' +
        'Group admins,Managed events,External ID,Created,Changed',
    )
    expect(lines[1]).toMatch(/^"'@Sales, East",1,0,0,0,1,,no,,Intro,,/)
    expect(lines[2]).toMatch(/^Other,0,0,0,0,0,,no,,,,/)
  })

  it('has only their own groups for group admins', async () => {
    const chief = await newColleague({ ...org, world }, { role: 'user' })
    await setGroupAdmins(org.owner.ctx, { groupId: sales, userIds: [chief.userId] })
    const { body } = await get('/exports/groups.csv', withCookie(chief.cookie))
    expect(body.split('\r\n').slice(1, -1)).toHaveLength(1)
    expect((await get('/exports/users.csv', withCookie(chief.cookie))).statusCode).toBe(403)
  })
})

describe('the file of the activity log', () => {
  it.each([
    ['category=groups,managed-events', ['group.', 'groups.', 'managed_event.']],
    ['category=groups&by=api-key', []],
    ['search=%22intro%22&category=managed-events', ['managed_event.']],
    ['category=groups&to=2020-01-01T00:00:00Z', []],
    ['category=groups&from=nonsense', ['group.', 'groups.']],
  ])('follows the filters of the list: %s', async (filters, nouns) => {
    const { body } = await get(`/exports/activity.csv?${filters}`, withCookie(org.admin.cookie))
    const actions = body
      .split('\r\n')
      .slice(1, -1)
      .map(line => line.split(',')[4] ?? '')
    expect(new Set(actions.map(action => `${action.split('.')[0] ?? ''}.`))).toEqual(new Set(nouns))
  })
})

describe('who gets no file', () => {
  it.each([
    ['nobody', {}, 401],
    ['a made-up key', { authorization: 'Bearer nonsense' }, 401],
    [
      'the operator, who enters no organization',
      { authorization: 'Bearer operator-key-of-the-tests-0123456789' },
      401,
    ],
  ])('%s', async (_who, headers, status) => {
    for (const file of ['users', 'groups', 'activity']) {
      const answer = await get(`/exports/${file}.csv`, headers)
      expect(answer.statusCode).toBe(status)
      expect(answer.json()).toMatchObject({ error: expect.stringContaining('Sign in') as string })
    }
  })

  it('an ordinary user, and a page of another site that links here', async () => {
    const user = await newColleague({ ...org, world }, { role: 'user' })
    expect((await get('/exports/users.csv', withCookie(user.cookie))).statusCode).toBe(403)
    expect((await get('/exports/groups.csv', withCookie(user.cookie))).statusCode).toBe(403)
    const linked = { ...withCookie(org.owner.cookie), 'sec-fetch-site': 'cross-site' }
    expect((await get('/exports/users.csv', linked)).statusCode).toBe(403)
  })
})

/** People as the demonstration stores them: fast. */
async function manyPeople({ scim }: TestOrganization, count: number): Promise<void> {
  const now = world.clock.now()
  const dates = { linkedAt: now, createdAt: now, lastModified: now, provisionedAt: now, activatedAt: null }
  const gone = { deactivatedAt: null, deletedAt: null, purgeAt: null }
  const users = Array.from({ length: count }, (_none, index) => ({
    ...dates,
    ...gone,
    id: world.clock.newId(),
    status: 'pending' as const,
    role: 'user' as const,
    document: { userName: `many-${String(index)}@example.com` },
    version: 1,
    revision: 1,
  }))
  await loadPeople(scim.sql, users)
}

it('streams: nothing is read before it is wanted, and each person once', async () => {
  const big = await newOrganization(world)
  await manyPeople(big, 2_500)
  const { sql } = big.owner.ctx
  let blocks = 0
  const others = { search: null, role: null, linked: null, identityProviderGroup: null, groupId: null }
  const everyone = { ...others, status: ['pending', 'active'] as const }
  const counting: Context = {
    ...big.owner.ctx,
    sql: {
      run: (statement, values) => {
        if (statement.name === 'export-users') blocks += 1
        return sql.run(statement, values)
      },
    },
  }
  const pieces = exportUsers(counting, everyone)
  await pieces.next()
  expect(blocks).toBe(0)
  const first = await pieces.next()
  expect([blocks, String(first.value).split('\r\n')]).toMatchObject([1, { length: 1_001 }])
  const names = String(first.value).split('\r\n')
  for await (const piece of pieces) names.push(...piece.split('\r\n'))
  const people = names.filter(line => line !== '')
  expect(new Set(people).size).toBe(people.length)
  expect([blocks, people.length]).toEqual([4, 2_502])
})

// What was answered well and altered nothing is marked in the log, and so is a removal that removed nobody.
import { describe, expect, it } from 'vitest'
import { exchangesOf, person, useDoor, type Tenant } from './client.ts'
import { group, makeGroup, member, people } from './group-client.ts'

const door = useDoor()

interface Scene {
  readonly tenant: Tenant
  /** A person with the title Chief. */
  readonly ada: string
  readonly bob: string
  /** A group called Sales, with Ada in it. */
  readonly sales: string
}

async function scene(): Promise<Scene> {
  const tenant = await door.tenant()
  const ada = await tenant.make({ ...person({ displayName: 'Ada', title: 'Chief' }), userName: 'ada@ex.org' })
  const [bob = ''] = await people(tenant, 1)
  const sales = await makeGroup(tenant, group({ displayName: 'Sales', members: [member(ada)] }))
  return { tenant, ada, bob, sales }
}

const patchUser =
  (operation: object) =>
  ({ tenant, ada }: Scene) =>
    tenant.patch(`/Users/${ada}`, [operation])
const patchGroup =
  (...of: ((scene: Scene) => object)[]) =>
  (at: Scene) =>
    at.tenant.patch(
      `/Groups/${at.sales}`,
      of.map(operation => operation(at)),
    )
const leave = (who: 'ada' | 'bob') => (at: Scene) => ({
  op: 'remove',
  path: `members[value eq "${at[who]}"]`,
})
const join = (who: 'ada' | 'bob') => (at: Scene) => ({ op: 'add', path: 'members', value: [member(at[who])] })

type Act = (scene: Scene) => Promise<{ status: number }>
type Case = readonly [
  what: string,
  act: Act,
  summary: string,
  marked: 'nothing' | 'nobody' | 'nobody, but more' | 'no',
]

const cases: readonly Case[] = [
  [
    'H15: the same value',
    patchUser({ op: 'replace', path: 'title', value: 'Chief' }),
    'Changed nothing about Ada',
    'nothing',
  ],
  [
    'H33: removing what is not there',
    patchUser({ op: 'remove', path: 'nickName' }),
    'Changed nothing about Ada',
    'nothing',
  ],
  [
    'H13: only what no schema knows',
    patchUser({ op: 'replace', path: 'shoeSize', value: 4 }),
    'Changed nothing about Ada',
    'nothing',
  ],
  ['another value', patchUser({ op: 'replace', path: 'title', value: 'Boss' }), 'Changed Ada', 'no'],
  [
    'U12: a PUT of what is there',
    ({ tenant, ada }) =>
      tenant.put(`/Users/${ada}`, {
        ...person({ displayName: 'Ada', title: 'Chief' }),
        userName: 'ada@ex.org',
      }),
    'Changed nothing about Ada',
    'nothing',
  ],
  ['H25, EN46: adding who is in', patchGroup(join('ada')), 'Changed nothing about Sales', 'nothing'],
  ['EN46: removing who is not in', patchGroup(leave('bob')), 'Removed nobody from Sales', 'nobody'],
  [
    'Q13: removing somebody unknown, with a value list',
    patchGroup(() => ({ op: 'remove', path: 'members', value: [{ value: 'nobody' }] })),
    'Removed nobody from Sales',
    'nobody',
  ],
  [
    'removing who is not in while the name changes',
    patchGroup(leave('bob'), () => ({ op: 'replace', path: 'displayName', value: 'Sales EMEA' })),
    'Renamed Sales to Sales EMEA, removed nobody from Sales EMEA',
    'nobody, but more',
  ],
  ['removing who is in', patchGroup(leave('ada')), 'Removed Ada from Sales', 'no'],
  ['one of two leaves', patchGroup(leave('ada'), leave('bob')), 'Removed Ada from Sales', 'no'],
  [
    'U13: a PUT of the group as it is',
    ({ tenant, sales, ada }) =>
      tenant.put(`/Groups/${sales}`, group({ displayName: 'Sales', members: [member(ada)] })),
    'Changed nothing about Sales',
    'nothing',
  ],
]

describe('the mark for what changed nothing', () => {
  it.each(cases)('%s', async (_what, act, summary, marked) => {
    const at = await scene()
    const before = (await exchangesOf(door.world, at.tenant, 3)).length
    expect((await act(at)).status).toBeLessThan(300)
    const row = (await exchangesOf(door.world, at.tenant, before + 1)).at(-1)
    expect([row?.summary, row?.changedNothing]).toEqual([
      summary,
      marked === 'nothing' || marked === 'nobody',
    ])
    expect(JSON.stringify(row?.quirks ?? []).includes('removed-nobody')).toBe(marked.startsWith('nobody'))
  })

  it('a removal that leaves somebody who is in for another reason is marked, too', async () => {
    const at = await scene()
    const { ctx } = at.tenant.org.owner
    const place = { orgId: ctx.orgId, groupId: at.sales, userId: at.ada }
    await ctx.db.membershipSource.create({
      data: { ...place, kind: 'manual', detail: {}, grantedAt: new Date() },
    })
    await patchGroup(leave('ada'))(at)
    const row = (await exchangesOf(door.world, at.tenant, 4)).at(-1)
    expect(row?.summary).toBe('Removed nobody from Sales')
    expect(JSON.stringify(row?.quirks)).toContain('removed-nobody')
  })

  it('a refusal and a read are not marked, and what first links a person is told', async () => {
    const at = await scene()
    const { tenant } = at
    await tenant.patch(`/Users/${at.ada}`, [{ op: 'replace', path: 'id', value: 'x' }])
    await tenant.get(`/Users/${at.ada}`)
    const { userId, name } = tenant.org.owner
    await tenant.patch(`/Users/${userId}`, [{ op: 'replace', path: 'active', value: true }])
    await tenant.patch(`/Users/${userId}`, [{ op: 'replace', path: 'active', value: true }])
    const rows = (await exchangesOf(door.world, tenant, 7)).slice(-4)
    expect(rows.map(row => row.changedNothing)).toEqual([false, false, false, true])
    expect(rows.at(-2)?.summary).toBe(`Linked ${name}`)
  })
})

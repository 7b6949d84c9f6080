// Lists of people to invite: what each line must be, who is here already, and that seats stay exact.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { inviteUsers } from '#server/domain/invitations/invite-users.ts'
import { demandNewcomers, readList } from '#server/domain/invitations/rules/check-list.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import type { World } from '#server/world.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'
import { address, codeOf, countOf, input, refusal, streamOf } from './guests.ts'

let world: World
let org: TestOrganization
let owner: Context

beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world, { enforced: false })
  owner = org.owner.ctx
})

describe('a list', () => {
  it.each<[string, string[], [number, RegExp][]]>([
    [
      'no address',
      ['ada', 'grace@example.com', ''],
      [
        [0, /"ada" is no e-mail address/],
        [2, /"" is no/],
      ],
    ],
    ['a hidden character', ['ada\u202e@example.com'], [[0, /no e-mail address/]]],
    ['a second address', ['ada@example.com,eve@example.com'], [[0, /no e-mail address/]]],
    ['angle brackets', ['Ada<ada@example.com>'], [[0, /no e-mail address/]]],
    [
      'the same twice, letter case aside',
      ['ada@example.com', 'x@y.example', 'ADA@example.com'],
      [[2, /twice, first on line 1/]],
    ],
  ])('names each line with %s', (_what, addresses, wanted) => {
    let fields: readonly { path: string; message: string }[] = []
    try {
      demandNewcomers(readList(addresses.map(each => ({ address: each }))), [])
    } catch (error) {
      fields = (error as { detail: { fields: typeof fields } }).detail.fields
    }
    expect(fields.map(({ path }) => path)).toEqual(wanted.map(([index]) => `people.${String(index)}`))
    for (const [at, [, words]] of wanted.entries()) expect(fields[at]?.message).toMatch(words)
  })

  it.each([0, 101])('of %i people is refused', async length => {
    expect(await refusal(inviteUsers(owner, input(Array.from({ length }, address))))).toMatchObject({
      code: 'invitations/bad-list',
      detail: { fields: [{ path: 'people' }] },
    })
  })

  it('names everybody who is here already, by state and by any of their addresses, and invites nobody', async () => {
    const [pending, gone] = [address(), address()]
    await inviteUsers(owner, input([pending]))
    const [left] = await inviteUsers(owner, input([gone]))
    await switchUser(owner, { userId: left?.userId ?? '', active: false })
    const other = address()
    await newPerson(org.scim, { userName: `${other}.internal`, emails: [{ value: other }] })
    const before = await countOf(owner)
    const list = [address(), pending.toUpperCase(), gone, org.owner.email, other, 'nobody']
    const refused = await refusal(inviteUsers(owner, input(list)))
    expect(refused).toMatchObject({ code: 'invitations/bad-list' })
    const fields = typeof refused === 'string' ? [] : (refused.detail.fields ?? [])
    expect(fields).toEqual([
      { path: 'people.1', message: expect.stringContaining('is pending already') as string },
      { path: 'people.2', message: expect.stringContaining('is deactivated') as string },
      { path: 'people.3', message: expect.stringContaining('is in this organization already') as string },
      { path: 'people.4', message: expect.stringContaining('is pending already') as string },
      { path: 'people.5', message: expect.stringContaining('is no e-mail address') as string },
    ])
    expect(await countOf(owner)).toBe(before)
  })

  it('of the same person by two admins at once invites them once and names them to the other', async () => {
    const mail = address()
    const ended = await Promise.all(
      [org.owner.ctx, org.admin.ctx].map(ctx => inviteUsers(ctx, input([mail])).then(() => 'ok', codeOf)),
    )
    expect(ended.sort()).toEqual(['invitations/bad-list', 'ok'])
  })
})

describe('seats', () => {
  it('twenty parallel invitations with five free seats invite exactly five', async () => {
    const small = await newOrganization(world, { enforced: false, seats: 7 })
    const ended = await Promise.all(
      Array.from({ length: 20 }, () =>
        inviteUsers(small.owner.ctx, input([address()])).then(() => 'ok', codeOf),
      ),
    )
    expect(ended.filter(each => each === 'ok')).toHaveLength(5)
    expect(new Set(ended)).toEqual(new Set(['ok', 'invitations/too-few-seats']))
    const { pending, active } = await streamOf(small.owner.ctx)
    expect(pending + active).toBe(7)
    expect(await small.owner.ctx.db.invitation.count({ where: { orgId: small.orgId } })).toBe(5)
  })

  it('too few of them invite nobody, and the refusal says how many are free', async () => {
    const small = await newOrganization(world, { enforced: false, seats: 4 })
    const refused = await refusal(inviteUsers(small.owner.ctx, input([address(), address(), address()])))
    expect(refused).toMatchObject({
      code: 'invitations/too-few-seats',
      message: expect.stringMatching(/^Only 2 seats are free for 3 people .* Invite at most 2/) as string,
      detail: { used: 2, total: 4 },
    })
    expect(await countOf(small.owner.ctx)).toBe(2)
  })
})

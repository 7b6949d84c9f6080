// Invited people and the group mapping: they are counted and placed by what they carry, like everybody else.
import { beforeAll, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { changeSourceAttribute } from '#server/domain/group-mappings/change-source-attribute.ts'
import { inviteUsers } from '#server/domain/invitations/invite-users.ts'
import { withdrawInvitation } from '#server/domain/invitations/withdraw-invitation.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import type { World } from '#server/world.ts'
import { makeWorld, newOrganization, newPerson } from '#test/support/make-world.ts'
import { draft, groupsOf, makeGroups, saveAndApply, workOff } from '../group-mappings/placing.ts'
import { address, input } from './guests.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

/** An organization that maps `work` and `Ada Byron` to groups, and everybody else to Others. */
async function mappedBy(attribute: string) {
  const { orgId, owner, scim } = await newOrganization(world, { enforced: false })
  const { ctx } = owner
  const groups = await makeGroups(ctx, ['Workers', 'Named', 'Others'])
  await changeSourceAttribute(ctx, { attribute })
  await workOff(ctx)
  const rows = { work: groups.Workers, 'Ada Byron': groups.Named }
  await saveAndApply(ctx, draft(rows, { defaultGroup: groups.Others }))
  return { orgId, ctx, scim }
}

async function countOf(ctx: Context, value: string): Promise<number> {
  const row = await ctx.db.groupValue.findFirst({ where: { orgId: ctx.orgId, value } })
  return row?.people ?? 0
}

it('C1: what invited people carry is counted beside everybody else, until they are gone', async () => {
  const { ctx, scim } = await mappedBy('emails.type')
  const before = await countOf(ctx, 'work')
  const { id } = await newPerson(scim, { emails: [{ value: address(), type: 'work' }] })
  const invited = await inviteUsers(ctx, input([address(), address(), address()]))
  expect(await countOf(ctx, 'work')).toBe(before + 4)
  for (const { userId } of invited) await withdrawInvitation(ctx, { userId })
  await deleteUser(scim, { userId: id, graceDays: 1 })
  expect(await countOf(ctx, 'work')).toBe(before)
})

it('C1: each invited person joins the group of what they carry, the rest that of people without a match', async () => {
  const { ctx } = await mappedBy('displayName')
  const people = [{ address: address(), name: 'Ada Byron' }, { address: address() }]
  const [named, nameless] = await inviteUsers(ctx, { ...input([]), people })
  expect(await groupsOf(ctx, named?.userId ?? '')).toEqual(['Named: mapping Ada Byron'])
  expect(await groupsOf(ctx, nameless?.userId ?? '')).toEqual(['Others: default'])
  const joined = await ctx.db.provisioningEvent.findMany({
    where: { orgId: ctx.orgId, userId: named?.userId ?? '', type: 'group.member_added' },
  })
  expect(joined).toMatchObject([{ detail: { words: { reason: 'Display name = Ada Byron, row 2' } } }])
})

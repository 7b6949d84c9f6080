// Inviting people by hand: who may, what a list must be, and that seats and names stay exact.
import { beforeAll, describe, expect, it } from 'vitest'
import type { ApiKeyActor, ApiKeyScope, Role } from '#server/domain/actor.ts'
import { apiKeyScopes } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { inviteUsers } from '#server/domain/invitations/invite-users.ts'
import { resendInvitation } from '#server/domain/invitations/resend-invitation.ts'
import { withdrawInvitation } from '#server/domain/invitations/withdraw-invitation.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { sentence } from '#server/domain/provisioning-log/rules/sentence.ts'
import type { EventDetail, EventType } from '#server/domain/provisioning-log/rules/event.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import type { World } from '#server/world.ts'
import {
  makeWorld,
  newOrganization,
  newPerson,
  testOrigin,
  type TestOrganization,
} from '#test/support/make-world.ts'
import { address, codeOf, input, refusal, streamOf } from './guests.ts'

let world: World
let org: TestOrganization
let owner: Context

beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world, { enforced: false })
  owner = org.owner.ctx
})

const invited = async (ctx: Context = owner) => {
  const [one] = await inviteUsers(ctx, input([address()]))
  if (one === undefined) throw new Error('Nobody was invited.')
  return one
}

const rowOf = (userId: string) =>
  owner.db.invitation.findUnique({ where: { orgId_userId: { orgId: org.orgId, userId } } })

async function tellings(ctx: Context, userId: string): Promise<string[]> {
  const events = await ctx.db.provisioningEvent.findMany({
    where: { orgId: ctx.orgId, userId },
    orderBy: { sequence: 'asc' },
  })
  return events.map(({ type, actorName, detail }) =>
    sentence({ type: type as EventType, actorName, detail: detail as EventDetail }),
  )
}

async function linesOf(userId: string): Promise<string[]> {
  const lines = await owner.db.activity.findMany({
    where: { orgId: org.orgId, subjectId: userId },
    orderBy: { id: 'asc' },
  })
  return lines.map(({ action }) => action)
}

describe('an invitation', () => {
  it('makes a pending person with a seat, an event, a line in the activity log and a link that nothing keeps', async () => {
    const before = await streamOf(owner)
    const mail = address()
    const [one] = await inviteUsers(owner, {
      ...input([]),
      people: [{ address: ` ${mail} `, name: 'Ada Byron' }],
    })
    expect(one).toMatchObject({
      address: mail,
      secret: expect.stringMatching(/^rc_invite_\w{59}$/) as string,
    })
    const userId = one?.userId ?? ''
    const user = await owner.db.user.findUniqueOrThrow({
      where: { orgId_id: { orgId: org.orgId, id: userId } },
    })
    expect(user).toMatchObject({
      status: 'pending',
      role: 'user',
      userName: mail,
      displayName: 'Ada Byron',
      linkedAt: null,
    })
    expect((await streamOf(owner)).pending).toBe(before.pending + 1)
    expect(await tellings(owner, userId)).toEqual([`${org.owner.name} invited Ada Byron`])
    expect(await linesOf(userId)).toEqual(['invitation.send'])
    const row = await rowOf(userId)
    const days = ((row?.expiresAt.getTime() ?? 0) - (row?.sentAt.getTime() ?? 0)) / 86_400_000
    expect({ days, by: row?.invitedById }).toEqual({ days: 30, by: org.owner.userId })
    const kept = await Promise.all([
      owner.db.provisioningEvent.findMany({ where: { orgId: org.orgId } }),
      owner.db.activity.findMany({ where: { orgId: org.orgId } }),
    ])
    const text = JSON.stringify([row, kept], (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    expect(text).not.toMatch(/rc_invite_/)
  })

  it('goes to a hundred people at once, all with the role and in the groups, copies of managed events included', async () => {
    const groupId = await createGroupByHand(owner, { name: 'Newcomers' })
    const managedEventId = await createManagedEvent(owner, { details: { name: 'Hello' } })
    await assignManagedEvent(owner, { managedEventId, groupIds: [groupId], userIds: [] })
    const list = Array.from({ length: 100 }, address)
    const people = await inviteUsers(
      owner,
      input(list, { role: 'group_admin', groupIds: [groupId, groupId] }),
    )
    expect(people.map(each => each.address)).toEqual(list)
    const userId = { in: people.map(each => each.userId) }
    const here = { orgId: org.orgId, userId }
    expect(await owner.db.membershipSource.count({ where: { ...here, groupId, kind: 'manual' } })).toBe(100)
    expect(await owner.db.groupAdmin.count({ where: { ...here, groupId } })).toBe(100)
    expect(await owner.db.managedEventCopy.count({ where: here })).toBe(100)
    const told = await owner.db.provisioningEvent.findFirst({
      where: { orgId: org.orgId, groupId, type: 'group.member_added' },
    })
    expect(told?.detail).toMatchObject({ people: { count: 100 }, words: { reason: 'by invitation' } })
  })
})

describe('who may invite', () => {
  const key = (scopes: readonly ApiKeyScope[]): Context => {
    const actor: ApiKeyActor = {
      kind: 'api-key',
      orgId: org.orgId,
      keyId: world.clock.newId(),
      name: 'Key',
      scopes,
      origin: testOrigin,
    }
    return world.contextFor(org.orgId, actor)
  }

  it.each<[string, () => Context, { role?: Role; groupIds?: string[] }, string]>([
    ['a key that may write people, users', () => key(['users:write']), {}, 'ok'],
    [
      'a key that may write people, no admins',
      () => key(['users:write']),
      { role: 'admin' },
      'actor/not-permitted',
    ],
    ['no key at all, admins', () => key(apiKeyScopes), { role: 'admin' }, 'actor/not-permitted'],
    [
      'a key that may not write groups, into none',
      () => key(['users:write']),
      { groupIds: ['x'] },
      'actor/not-permitted',
    ],
    ['a key that reads, nobody', () => key(['read']), {}, 'actor/not-permitted'],
    ['an admin, admins', () => org.admin.ctx, { role: 'admin' }, 'ok'],
    ['the owner, no second owner', () => owner, { role: 'owner' }, 'users/one-owner'],
    ['the owner, no group admin of nothing', () => owner, { role: 'group_admin' }, 'invitations/no-group'],
    ['the owner, not into a group that is none', () => owner, { groupIds: ['x'] }, 'groups/unknown'],
  ])('%s', async (_who, ctx, rest, wanted) => {
    expect(await inviteUsers(ctx(), input([address()], rest)).then(() => 'ok', codeOf)).toBe(wanted)
  })

  it('a key cannot get a link that opens an admin’s account', async () => {
    const [admin] = await inviteUsers(owner, input([address()], { role: 'admin' }))
    const userId = admin?.userId ?? ''
    expect(await resendInvitation(key(['users:write']), { userId }).catch(codeOf)).toBe('actor/not-permitted')
  })

  it('groups are refused where the plan has none, people are not', async () => {
    const standard = await newOrganization(world, { enforced: false })
    const groupId = await createGroupByHand(standard.owner.ctx, { name: 'Sales' })
    await standard.owner.ctx.db.organization.update({
      where: { id: standard.orgId },
      data: { plan: 'standard' },
    })
    const into = (groupIds: string[]) =>
      inviteUsers(standard.owner.ctx, input([address()], { groupIds })).then(() => 'ok', codeOf)
    expect([await into([groupId]), await into([])]).toEqual(['organizations/not-in-plan', 'ok'])
  })

  it('nobody does while SCIM is enforced; sending again is allowed, for people of the identity provider, too', async () => {
    const enforced = await newOrganization(world, { enforced: false })
    const { ctx } = enforced.owner
    const one = await invited(ctx)
    const provisioned = await newPerson(enforced.scim)
    await enforceProvisioning(ctx, { enforced: true })
    const managed = {
      kind: 'managed-by-idp',
      message: expect.stringMatching(/^Managed by your identity provider/) as string,
    }
    expect(await refusal(inviteUsers(ctx, input([address()])))).toMatchObject(managed)
    expect(await refusal(withdrawInvitation(ctx, one))).toMatchObject(managed)
    expect(await resendInvitation(ctx, one)).toMatchObject({ address: one.address })
    expect(await resendInvitation(ctx, { userId: provisioned.id })).toMatchObject({ userId: provisioned.id })
  })
})

describe('sending again and withdrawing', () => {
  it('a second link has thirty days of its own and is told in both logs', async () => {
    const one = await invited()
    const again = await resendInvitation(org.admin.ctx, one)
    expect(again.secret).not.toBe(one.secret)
    expect(await tellings(owner, one.userId)).toContain(
      `${org.admin.name} sent ${one.address} a new invitation`,
    )
    expect(await linesOf(one.userId)).toEqual(['invitation.send', 'invitation.resend'])
    expect((await rowOf(one.userId))?.invitedById).toBe(org.admin.userId)
  })

  it('withdrawing frees seat and name; the owner may restore the person, but not the link', async () => {
    const one = await invited()
    const before = await streamOf(owner)
    await withdrawInvitation(org.admin.ctx, one)
    expect((await streamOf(owner)).pending).toBe(before.pending - 1)
    expect(await rowOf(one.userId)).toBeNull()
    expect(await tellings(owner, one.userId)).toContain(
      `${org.admin.name} withdrew the invitation of ${one.address}`,
    )
    expect(await linesOf(one.userId)).toEqual(['invitation.send', 'invitation.withdraw'])
    await restoreUser(owner, one)
    await withdrawAgain(one.userId)
  })

  /** Restored people are deactivated, so that their name is taken again but nothing can be withdrawn. */
  async function withdrawAgain(userId: string) {
    expect(await withdrawInvitation(owner, { userId }).catch(codeOf)).toBe('invitations/not-pending')
  }

  it('the name of somebody who was withdrawn can be invited again', async () => {
    const one = await invited()
    await withdrawInvitation(owner, one)
    expect(await inviteUsers(owner, input([one.address]))).toHaveLength(1)
  })

  it.each<[string, (userId: string) => Promise<unknown>]>([
    ['sent again', userId => resendInvitation(owner, { userId })],
    ['withdrawn', userId => withdrawInvitation(owner, { userId })],
  ])('what nobody waits for cannot be %s', async (_what, act) => {
    expect(await act(org.owner.userId).catch(codeOf)).toBe('invitations/not-pending')
  })

  it('whoever came from the identity provider is not withdrawn', async () => {
    const { id } = await newPerson(org.scim)
    expect(await withdrawInvitation(owner, { userId: id }).catch(codeOf)).toBe('invitations/linked')
  })
})

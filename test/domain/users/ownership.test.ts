// Who owns an organization: one person, who alone hands it over.
import { beforeAll, describe, expect, it } from 'vitest'
import { createRecoveryCodes } from '#server/domain/sessions/create-recovery-codes.ts'
import { applyUserChange } from '#server/domain/users/apply-user-change.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { activate as activated } from '#server/domain/users/rules/activate.ts'
import { userNameOf } from '#server/domain/users/rules/user.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import { transferOwnership } from '#server/domain/users/transfer-ownership.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { World } from '#server/world.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'
import { storedUser } from './stored-user.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

/** An organization whose admin has signed in. */
async function organizationWithActiveAdmin(wanted: { enforced?: boolean } = {}): Promise<TestOrganization> {
  const org = await newOrganization(world, wanted)
  await activate(org, org.admin.userId)
  return org
}

/** As a first sign-in does. */
async function activate({ scim }: TestOrganization, userId: string): Promise<void> {
  await applyUserChange(scim, { userId, decide: current => activated(current, scim.clock.now()) })
}

/** Everybody who has a role of their own. */
async function rolesOf({ scim, orgId }: TestOrganization): Promise<Record<string, string>> {
  const people = await scim.db.user.findMany({ where: { orgId, role: { not: 'user' } } })
  return Object.fromEntries(people.map(({ id, role }) => [id, role]))
}

async function nameOf({ scim }: TestOrganization, userId: string): Promise<string> {
  return userNameOf((await storedUser(scim, userId)).document)
}

describe('a transfer', () => {
  it('makes the person the owner and the owner an admin, with both in the logs and the codes ended', async () => {
    const org = await organizationWithActiveAdmin()
    const { owner, admin, orgId, scim } = org
    await createRecoveryCodes(owner.ctx)
    await transferOwnership(owner.ctx, {
      userId: admin.userId,
      confirmUserName: await nameOf(org, admin.userId),
    })
    expect(await rolesOf(org)).toEqual({ [owner.userId]: 'admin', [admin.userId]: 'owner' })
    const events = await scim.db.provisioningEvent.findMany({
      where: { orgId, type: 'user.role_changed', detail: { path: ['words', 'role'], equals: 'owner' } },
    })
    expect(events.map(({ userId }) => userId)).toEqual([admin.userId])
    const lines = await scim.db.activity.findMany({
      where: { orgId, action: 'organization.transfer_ownership' },
    })
    expect(lines).toMatchObject([
      { subjectId: admin.userId, before: { ownerId: owner.userId }, after: { ownerId: admin.userId } },
    ])
    expect(await scim.db.recoveryCode.count({ where: { orgId } })).toBe(0)
  })

  it('S84: moves the protection of the owner along', async () => {
    const org = await organizationWithActiveAdmin()
    const { owner, admin, scim } = org
    await transferOwnership(owner.ctx, {
      userId: admin.userId,
      confirmUserName: await nameOf(org, admin.userId),
    })
    const deactivate = (userId: string) =>
      reviseUser(scim, {
        userId,
        settings: provisioningSettings({}),
        revise: current => ({ ...current, active: false }),
      })
    await expect(deactivate(admin.userId)).rejects.toMatchObject({ code: 'users/owner-protected' })
    expect(await deactivate(owner.userId)).toMatchObject({ changed: true })
  })

  it('of two at once one happens, and there is one owner', async () => {
    const org = await organizationWithActiveAdmin()
    const { owner, admin, scim } = org
    const other = await newPerson(scim)
    await activate(org, other.id)
    const outcomes = await Promise.allSettled(
      [admin.userId, other.id].map(async userId =>
        transferOwnership(owner.ctx, { userId, confirmUserName: await nameOf(org, userId) }),
      ),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find(outcome => outcome.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'users/owner-only' })
    const roles = Object.values(await rolesOf(org))
    expect(roles.filter(role => role === 'owner')).toHaveLength(1)
  })
})

describe('is refused, and nothing changes,', () => {
  const refusals: [string, (org: TestOrganization) => Promise<void>, string][] = [
    [
      'to an admin',
      async org =>
        transferOwnership(org.admin.ctx, {
          userId: org.admin.userId,
          confirmUserName: await nameOf(org, org.admin.userId),
        }),
      'actor/not-permitted',
    ],
    [
      'to the owner themselves',
      ({ owner }) => transferOwnership(owner.ctx, { userId: owner.userId, confirmUserName: 'x' }),
      'users/already-owner',
    ],
    [
      'with another name typed',
      ({ owner, admin }) =>
        transferOwnership(owner.ctx, { userId: admin.userId, confirmUserName: 'someone@else.example' }),
      'users/name-differs',
    ],
    [
      'to someone who never signed in',
      async org => {
        const person = await newPerson(org.scim)
        await transferOwnership(org.owner.ctx, {
          userId: person.id,
          confirmUserName: userNameOf(person.document),
        })
      },
      'users/not-active',
    ],
    [
      'to someone of another organization',
      async org => {
        const { admin } = await organizationWithActiveAdmin()
        await transferOwnership(org.owner.ctx, { userId: admin.userId, confirmUserName: 'x' })
      },
      'users/unknown',
    ],
  ]
  it.each(refusals)('%s', async (_who, attempt, code) => {
    const org = await organizationWithActiveAdmin()
    const before = await rolesOf(org)
    await expect(attempt(org)).rejects.toMatchObject({ code })
    expect(await rolesOf(org)).toEqual(before)
  })

  it('to someone who lost access', async () => {
    const org = await organizationWithActiveAdmin({ enforced: false })
    await switchUser(org.owner.ctx, { userId: org.admin.userId, active: false })
    const confirmUserName = await nameOf(org, org.admin.userId)
    const attempt = transferOwnership(org.owner.ctx, { userId: org.admin.userId, confirmUserName })
    await expect(attempt).rejects.toMatchObject({ code: 'users/not-active' })
  })
})

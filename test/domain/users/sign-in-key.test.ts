// Whoever signs in with a password by their userName does so by the new one when their identity provider changes it.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { signInMove } from '#server/domain/users/rules/sign-in-key.ts'
import type { Resource } from '#server/scim/index.ts'
import type { World } from '#server/world.ts'
import { makeWorld, newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'
import { carrying, draft, groupsOf, makeGroups, saveAndApply } from '../group-mappings/placing.ts'

let world: World
let org: TestOrganization
beforeAll(async () => {
  world = await makeWorld()
})
const rename = (userId: string, userName: string, more: Resource = {}) =>
  reviseUser(org.scim, {
    userId,
    settings: provisioningSettings({}),
    revise: current => ({ ...current, document: { ...current.document, userName, ...more } }),
  })

async function outcome(email: string): Promise<unknown> {
  const visitor = world.installationFor({ kind: 'anonymous', name: 'Someone', origin: testOrigin })
  const tried = signIn(visitor, { email, password: org.owner.password })
  return tried.then(
    ({ kind }) => kind,
    (error: unknown) => (error as { code?: string }).code,
  )
}

describe('a userName that the identity provider changes', () => {
  beforeEach(async () => {
    org = await newOrganization(world)
  })

  it('is the one to sign in with from then on, and the former one no longer', async () => {
    await rename(org.owner.userId, `New.${org.owner.email}`)
    expect(await outcome(`new.${org.owner.email}`)).toBe('signed-in')
    expect(await outcome(org.owner.email)).toBe('sessions/wrong-credentials')
  })

  it('is so as well when the same change moves the person into a group', async () => {
    const { Sales } = await makeGroups(org.owner.ctx, ['Sales'])
    await saveAndApply(org.owner.ctx, draft({ Sales }))
    await rename(org.owner.userId, `moved-${org.owner.email}`, carrying('Sales'))
    expect(await groupsOf(org.scim, org.owner.userId)).toEqual(['Sales: mapping Sales'])
    expect(await outcome(`moved-${org.owner.email}`)).toBe('signed-in')
    expect(await outcome(org.owner.email)).toBe('sessions/wrong-credentials')
  })

  it('leaves alone who signs in by another address, and everybody of other organizations', async () => {
    const other = await newOrganization(world)
    const { orgId } = org
    const { userId, email, ctx } = org.owner
    const key = { orgId_userId: { orgId, userId } }
    await ctx.db.credential.update({ where: key, data: { loginKey: `private-${email}` } })
    await rename(userId, `new.${email}`)
    expect(await outcome(`private-${email}`)).toBe('signed-in')
    expect(await outcome(other.owner.email)).toBe('signed-in')
  })
})

describe('the key to sign in with', () => {
  it.each([
    ['moves with the userName', 'ada@x.org', 'ada.byron@x.org', { from: 'ada@x.org', to: 'ada.byron@x.org' }],
    ['is the same in capitals', 'ada@x.org', 'ADA@x.org', null],
    ['stays when the new name is no address', 'ada@x.org', 'abyron', null],
    ['stays when nothing changes', 'ada@x.org', 'ada@x.org', null],
  ])('%s', (_case, before, after, move) => {
    expect(signInMove({ userName: before }, { userName: after })).toEqual(move)
  })
})

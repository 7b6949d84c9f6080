// The owner's recovery codes: the way in while single sign-on is enforced, however the owner came.
import { beforeAll, describe, expect, it } from 'vitest'
import { createRecoveryCodes } from '#server/domain/sessions/create-recovery-codes.ts'
import { signInWithRecoveryCode } from '#server/domain/sessions/sign-in-with-recovery-code.ts'
import { applyUserChange } from '#server/domain/users/apply-user-change.ts'
import { activate } from '#server/domain/users/rules/activate.ts'
import { transferOwnership } from '#server/domain/users/transfer-ownership.ts'
import type { World } from '#server/world.ts'
import { visitorOf } from '#test/domain/two-step/authenticator.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let org: TestOrganization
let codes: readonly string[]
const mark = crypto.randomUUID().slice(0, 8)
const name = `Grace-${mark}`
const address = `Grace.Hopper-${mark}@Example.com`

/** The ownership goes to somebody whom only the identity provider made; the old owner keeps a password. */
beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
  const { owner, scim, orgId } = org
  const { id: userId } = await newPerson(scim, { userName: name, emails: [{ value: address, type: 'work' }] })
  await applyUserChange(scim, { userId, decide: current => activate(current, scim.clock.now()) })
  await transferOwnership(owner.ctx, { userId, confirmUserName: name })
  const { hash } = await scim.db.session.findFirstOrThrow({ where: { orgId, userId: owner.userId } })
  await scim.db.session.updateMany({ where: { orgId, hash }, data: { userId, authAt: scim.clock.now() } })
  const next = world.contextFor(orgId, { ...owner.actor, userId, role: 'owner', sessionHash: hash })
  codes = await createRecoveryCodes(next)
})

const enter = (email: string, code = '') => signInWithRecoveryCode(visitorOf(world), { email, code })
const refused = { code: 'sessions/wrong-recovery-code' }

describe('recovery codes of an owner without a password', () => {
  it.each([
    ['user name', name.toUpperCase(), 0],
    ['address', ` ${address.toLowerCase()} `, 1],
  ])('let them in by their %s, each once', async (_what, typed, at) => {
    expect(await enter(typed, codes[at])).toMatchObject({ actor: { role: 'owner', orgId: org.orgId } })
    await expect(enter(typed, codes[at])).rejects.toMatchObject(refused)
  })

  it('let nobody else in: not the owner before, not an unknown address', async () => {
    for (const email of [org.owner.email, org.admin.email, 'nobody@example.com'])
      await expect(enter(email, codes[2])).rejects.toMatchObject(refused)
  })
})

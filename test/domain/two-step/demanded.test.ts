// Organizations that demand two-step sign-in, and people who lose their access between the two steps.
import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createVault } from '#server/domain/secrets/vault.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import { confirmTwoStepAtSignIn } from '#server/domain/two-step/confirm-two-step-at-sign-in.ts'
import { requireTwoStep } from '#server/domain/two-step/require-two-step.ts'
import { signInWithCode } from '#server/domain/two-step/sign-in-with-code.ts'
import { startTwoStepAtSignIn } from '#server/domain/two-step/start-two-step-at-sign-in.ts'
import { turnTwoStepOff } from '#server/domain/two-step/turn-two-step-off.ts'
import type { World } from '#server/world.ts'
import { fakeClock, minute, second, type FakeClock } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'
import { codeAt, firstStep, turnOn, visitorOf } from './authenticator.ts'

const vault = createVault([randomBytes(32)])
const clock: FakeClock = fakeClock()
let world: World
let org: TestOrganization
let owner: TestOrganization['owner']

beforeAll(async () => {
  world = await makeWorld({ clock, vault })
})
beforeEach(async () => {
  clock.advance(16 * minute)
  org = await newOrganization(world)
  owner = org.owner
})

const asOwner = () => world.installationFor(owner.actor)
const visitor = () => visitorOf(world)
const now = (text: string, later = 0) => codeAt(text, new Date(clock.now().getTime() + later))
const notes = async (action: string) => owner.ctx.db.activity.count({ where: { orgId: org.orgId, action } })
const sessions = async () => owner.ctx.db.session.count({ where: { orgId: org.orgId, userId: owner.userId } })

describe('an organization that demands two-step sign-in', () => {
  beforeEach(() => requireTwoStep(owner.ctx, { required: true }))

  it('lets owner and admins without one set it up right after the password, and in afterwards', async () => {
    const answer = await signIn(visitor(), owner)
    expect(answer).toMatchObject({ kind: 'second-step', step: { missing: 'set_up' } })
    const step = answer.kind === 'second-step' ? answer.step.secret : ''
    const before = await sessions()
    await expect(signInWithCode(visitor(), { step, code: '123456' })).rejects.toMatchObject({
      code: 'two-step/ended',
    })
    const { text } = await startTwoStepAtSignIn(visitor(), { step })
    expect(await sessions()).toBe(before)
    const done = await confirmTwoStepAtSignIn(visitor(), { step, code: now(text) })
    expect(done.codes).toHaveLength(10)
    expect(await resumeSession(visitor(), { cookie: done.session.secret, origin: testOrigin })).not.toBeNull()
    await expect(startTwoStepAtSignIn(visitor(), { step })).rejects.toMatchObject({ code: 'two-step/ended' })
  })

  it('does not let it be turned off, until it is demanded no longer', async () => {
    const { codes } = await turnOn(world, owner)
    await expect(turnTwoStepOff(asOwner(), { code: codes[0] ?? '' })).rejects.toMatchObject({
      code: 'two-step/demanded',
    })
    await requireTwoStep(owner.ctx, { required: false })
    await turnTwoStepOff(asOwner(), { code: codes[0] ?? '' })
    expect(await notes('two_step.require')).toBe(2)
  })

  it('is decided by owner and admins', async () => {
    const key = world.contextFor(org.orgId, {
      ...{ kind: 'api-key', orgId: org.orgId, keyId: org.apiKey.id, name: 'Key' },
      ...{ scopes: ['read', 'settings:write'], origin: testOrigin },
    })
    await expect(requireTwoStep(key, { required: false })).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

it('a person without access gets no further than their first step', async () => {
  const { text } = await turnOn(world, owner)
  const admin = { orgId: org.orgId, userId: org.admin.userId }
  const password = await owner.ctx.db.credential.findUniqueOrThrow({
    where: { orgId_userId: { orgId: org.orgId, userId: owner.userId } },
  })
  await owner.ctx.db.credential.create({ data: { ...password, ...admin, loginKey: org.admin.email } })
  await turnOn(world, org.admin)
  const step = await firstStep(world, { email: org.admin.email, password: owner.password })
  await owner.ctx.db.organization.update({ where: { id: org.orgId }, data: { scimEnforced: false } })
  await switchUser(owner.ctx, { userId: org.admin.userId, active: false })
  clock.advance(30 * second)
  await expect(signInWithCode(visitor(), { step, code: now(text) })).rejects.toMatchObject({
    code: 'two-step/ended',
  })
})

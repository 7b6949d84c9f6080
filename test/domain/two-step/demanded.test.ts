// Organizations that demand two-step sign-in, and people who lose their access between the two steps.
import { beforeEach, describe, expect, it } from 'vitest'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import { confirmTwoStepAtSignIn } from '#server/domain/two-step/confirm-two-step-at-sign-in.ts'
import { requireTwoStep } from '#server/domain/two-step/require-two-step.ts'
import { signInWithCode } from '#server/domain/two-step/sign-in-with-code.ts'
import { startTwoStepAtSignIn } from '#server/domain/two-step/start-two-step-at-sign-in.ts'
import { turnTwoStepOff } from '#server/domain/two-step/turn-two-step-off.ts'
import { second } from '#test/support/fake-clock.ts'
import { testOrigin } from '#test/support/make-world.ts'
import { firstStep, turnOn } from './authenticator.ts'
import { useStage } from './stage.ts'

const { stage, clock, asOwner, visitor, now, notes, sessions } = useStage()

describe('an organization that demands two-step sign-in', () => {
  beforeEach(() => requireTwoStep(stage.owner.ctx, { required: true }))

  it('lets owner and admins without one set it up right after the password, and in afterwards', async () => {
    const answer = await signIn(visitor(), stage.owner)
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
    const { codes } = await turnOn(stage.world, stage.owner)
    await expect(turnTwoStepOff(asOwner(), { code: codes[0] ?? '' })).rejects.toMatchObject({
      code: 'two-step/demanded',
    })
    await requireTwoStep(stage.owner.ctx, { required: false })
    await turnTwoStepOff(asOwner(), { code: codes[0] ?? '' })
    expect(await notes('two_step.require')).toBe(2)
  })

  it('is decided by owner and admins', async () => {
    const key = stage.world.contextFor(stage.org.orgId, {
      ...{ kind: 'api-key', orgId: stage.org.orgId, keyId: stage.org.apiKey.id, name: 'Key' },
      ...{ scopes: ['read', 'settings:write'], origin: testOrigin },
    })
    await expect(requireTwoStep(key, { required: false })).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

/** An admin with a password, the owner's, and the second step. */
async function adminWithPassword(): Promise<{ text: string; email: string; password: string }> {
  const { orgId, admin } = stage.org
  const { db } = stage.owner.ctx
  const password = await db.credential.findUniqueOrThrow({
    where: { orgId_userId: { orgId, userId: stage.owner.userId } },
  })
  await db.credential.create({ data: { ...password, userId: admin.userId, loginKey: admin.email } })
  const { text } = await turnOn(stage.world, admin)
  return { text, email: admin.email, password: stage.owner.password }
}

it('single sign-on that is enforced between the two steps lets no password in any more, but the owner’s', async () => {
  const { text, ...admin } = await adminWithPassword()
  const own = await turnOn(stage.world, stage.owner)
  const step = await firstStep(stage.world, admin)
  const ofOwner = await firstStep(stage.world, stage.owner)
  const at = clock.now()
  await stage.owner.ctx.db.ssoConnection.create({
    data: {
      ...{ orgId: stage.org.orgId, status: 'enforced', certificates: ['x'] },
      ...{ issuer: 'https://idp.example', signInUrl: 'https://idp.example/sso' },
      ...{ createdAt: at, createdByName: 'x', changedAt: at, changedByName: 'x' },
    },
  })
  clock.advance(30 * second)
  await expect(signInWithCode(visitor(), { step, code: now(text) })).rejects.toMatchObject({
    code: 'sessions/sso-enforced',
  })
  expect(await signInWithCode(visitor(), { step: ofOwner, code: now(own.text) })).toMatchObject({
    actor: { role: 'owner' },
  })
})

it('a person without access gets no further than their first step', async () => {
  const { text, ...admin } = await adminWithPassword()
  const step = await firstStep(stage.world, admin)
  await stage.owner.ctx.db.organization.update({
    where: { id: stage.org.orgId },
    data: { scimEnforced: false },
  })
  await switchUser(stage.owner.ctx, { userId: stage.org.admin.userId, active: false })
  clock.advance(30 * second)
  await expect(signInWithCode(visitor(), { step, code: now(text) })).rejects.toMatchObject({
    code: 'two-step/ended',
  })
})

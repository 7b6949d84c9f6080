// Two-step sign-in: codes once each, no session before the second step, limits that no parallel caller escapes.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createVault } from '#server/domain/secrets/vault.ts'
import { changePassword } from '#server/domain/sessions/change-password.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { signInWithRecoveryCode } from '#server/domain/sessions/sign-in-with-recovery-code.ts'
import { confirmTwoStep } from '#server/domain/two-step/confirm-two-step.ts'
import { createTwoStepCodes } from '#server/domain/two-step/create-two-step-codes.ts'
import { requireTwoStep } from '#server/domain/two-step/require-two-step.ts'
import { signInWithCode } from '#server/domain/two-step/sign-in-with-code.ts'
import { startTwoStep } from '#server/domain/two-step/start-two-step.ts'
import { turnTwoStepOff } from '#server/domain/two-step/turn-two-step-off.ts'
import { buildWorld } from '#server/world.ts'
import { minute, second } from '#test/support/fake-clock.ts'
import { testOrigin } from '#test/support/make-world.ts'
import { firstStep, turnOn, visitorOf } from './authenticator.ts'
import { useStage } from './stage.ts'

const { stage, clock, vault, asOwner, visitor, now, notes, sessions } = useStage()

describe('turning two-step sign-in on', () => {
  it('needs a first code; until then the password is enough', async () => {
    const { text, uri } = await startTwoStep(stage.owner.ctx)
    expect(uri).toMatch(/^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}.*algorithm=SHA1&digits=6&period=30$/)
    expect(await signIn(visitor(), stage.owner)).toMatchObject({ kind: 'signed-in' })
    await expect(confirmTwoStep(asOwner(), { code: '000000' })).rejects.toMatchObject({
      code: 'two-step/wrong-code',
    })
    const codes = await confirmTwoStep(asOwner(), { code: now(text) })
    expect(new Set(codes).size).toBe(10)
    expect(await signIn(visitor(), stage.owner)).toMatchObject({
      kind: 'second-step',
      step: { missing: 'code' },
    })
    expect(await notes('two_step.turn_on')).toBe(1)
  })

  it('keeps nothing in the database that opens it: the secret is sealed for its person, the codes are hashes', async () => {
    const { text, codes } = await turnOn(stage.world, stage.owner)
    const { rows } = await stage.world.database.pool.query<{ text: string }>(
      'SELECT t::text AS text FROM two_steps t UNION ALL SELECT c::text FROM two_step_codes c UNION ALL SELECT a::text FROM activities a',
    )
    const kept = rows.map(row => row.text).join()
    const bytes = Buffer.from(now(text))
    for (const secret of [text, text.replaceAll(' ', ''), ...codes, bytes.toString('hex')])
      expect(kept).not.toContain(secret)
    const { sealed } = await stage.owner.ctx.db.twoStep.findUniqueOrThrow({
      where: { orgId_userId: { orgId: stage.org.orgId, userId: stage.owner.userId } },
    })
    const of = (userId: string) => ({ orgId: stage.org.orgId, purpose: `two-step ${userId}` })
    expect(vault?.open(sealed, of(stage.owner.userId))).toHaveLength(20)
    expect(vault?.open(sealed, of(stage.org.admin.userId))).toBeNull()
  })

  it('is not possible without a master key, and says the next step', async () => {
    const keyless = buildWorld(stage.world.database, { clock })
    const ctx = keyless.contextFor(stage.org.orgId, stage.owner.actor)
    await expect(startTwoStep(ctx)).rejects.toMatchObject({
      code: 'two-step/no-master-key',
      message: expect.stringContaining('MASTER_KEY') as string,
    })
    await expect(requireTwoStep(ctx, { required: true })).rejects.toMatchObject({
      code: 'two-step/no-master-key',
    })
  })

  it('is for people with a password, once', async () => {
    await expect(startTwoStep(stage.org.admin.ctx)).rejects.toMatchObject({ code: 'sessions/no-password' })
    await turnOn(stage.world, stage.owner)
    await expect(startTwoStep(stage.owner.ctx)).rejects.toMatchObject({ code: 'two-step/already-on' })
    await expect(confirmTwoStep(asOwner(), { code: '123456' })).rejects.toMatchObject({
      code: 'two-step/not-started',
    })
  })
})

describe('signing in with two steps', () => {
  it('makes no session before the second one', async () => {
    const { text } = await turnOn(stage.world, stage.owner)
    const before = await sessions()
    const step = await firstStep(stage.world, stage.owner)
    expect(await sessions()).toBe(before)
    expect(await resumeSession(visitor(), { cookie: step, origin: testOrigin })).toBeNull()
    clock.advance(30 * second)
    const { session } = await signInWithCode(visitor(), { step, code: now(text) })
    expect(await resumeSession(visitor(), { cookie: session.secret, origin: testOrigin })).toMatchObject({
      userId: stage.owner.userId,
    })
    expect(await notes('two_step.pass')).toBe(1)
    await expect(signInWithCode(visitor(), { step, code: now(text, 30 * second) })).rejects.toMatchObject({
      code: 'two-step/ended',
    })
  })

  it.each([null, '', 'x', 'rc_step_'.padEnd(67, 'a')])(
    'says nothing about codes without a first step: %j',
    async step => {
      const { text } = await turnOn(stage.world, stage.owner)
      clock.advance(30 * second)
      await expect(signInWithCode(visitor(), { step, code: now(text) })).rejects.toMatchObject({
        code: 'two-step/ended',
      })
    },
  )

  it('takes each code once, also of the same moment in another browser, and none that is older', async () => {
    const { text } = await turnOn(stage.world, stage.owner)
    clock.advance(60 * second)
    const [one, other] = [
      await firstStep(stage.world, stage.owner),
      await firstStep(stage.world, stage.owner),
    ]
    await signInWithCode(visitor(), { step: one, code: now(text) })
    for (const code of [now(text), now(text, -30 * second)])
      await expect(signInWithCode(visitor(), { step: other, code })).rejects.toMatchObject({
        code: 'two-step/wrong-code',
      })
    expect(await notes('two_step.refused')).toBe(2)
    await signInWithCode(visitor(), { step: other, code: now(text, 30 * second) })
  })

  it('lets exactly one in when two servers get the same code at once', async () => {
    const { text } = await turnOn(stage.world, stage.owner)
    const twin = buildWorld(stage.world.database, { clock, vault })
    clock.advance(30 * second)
    const steps = await Promise.all([firstStep(stage.world, stage.owner), firstStep(twin, stage.owner)])
    const code = now(text)
    const ended = await Promise.allSettled(
      steps.flatMap((step, at) => {
        const there = visitorOf(at === 0 ? stage.world : twin)
        return [signInWithCode(there, { step, code }), signInWithCode(there, { step, code })]
      }),
    )
    expect(ended.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  })

  it('takes a recovery code in place of the app, each once, with the password only', async () => {
    const { codes } = await turnOn(stage.world, stage.owner)
    const [code = ''] = codes
    await signInWithCode(visitor(), {
      step: await firstStep(stage.world, stage.owner),
      code: code.toUpperCase(),
    })
    const again = await firstStep(stage.world, stage.owner)
    await expect(signInWithCode(visitor(), { step: again, code })).rejects.toMatchObject({
      code: 'two-step/wrong-code',
    })
    const alone = { email: stage.owner.email, code: codes[1] ?? '' }
    await expect(signInWithRecoveryCode(visitor(), alone)).rejects.toMatchObject({
      code: 'sessions/wrong-recovery-code',
    })
  })

  it('ends five minutes after the password, with another password, and with the access', async () => {
    const { text, codes } = await turnOn(stage.world, stage.owner)
    const refused = { code: 'two-step/ended' }
    const late = await firstStep(stage.world, stage.owner)
    clock.advance(5 * minute)
    await expect(signInWithCode(visitor(), { step: late, code: now(text) })).rejects.toMatchObject(refused)
    const step = await firstStep(stage.world, stage.owner)
    await stage.owner.ctx.db.session.updateMany({
      where: { orgId: stage.org.orgId },
      data: { authAt: clock.now() },
    })
    await changePassword(stage.owner.ctx, { password: 'an entirely other sentence 7' })
    await expect(signInWithCode(visitor(), { step, code: codes[0] ?? '' })).rejects.toMatchObject(refused)
  })

  it('S79: five codes in fifteen minutes, counted in the database, however many come at once', async () => {
    const { text, codes } = await turnOn(stage.world, stage.owner)
    clock.advance(30 * second)
    const step = await firstStep(stage.world, stage.owner)
    const guesses = Array.from({ length: 12 }, (_, at) => String(100_000 + at))
    const ended = await Promise.allSettled(guesses.map(code => signInWithCode(visitor(), { step, code })))
    const reasons = ended.map(each =>
      each.status === 'rejected' ? (each.reason as { code: string }).code : '',
    )
    expect(reasons.filter(code => code === 'two-step/wrong-code').length).toBeLessThanOrEqual(5)
    expect(reasons.filter(code => code === 'two-step/too-many-codes').length).toBeGreaterThanOrEqual(7)
    // The right password does not buy further tries.
    const next = await firstStep(stage.world, stage.owner)
    for (const code of [now(text), codes[0] ?? ''])
      await expect(signInWithCode(visitor(), { step: next, code })).rejects.toMatchObject({
        code: 'two-step/too-many-codes',
      })
    clock.advance(15 * minute + second)
    await signInWithCode(visitor(), { step: await firstStep(stage.world, stage.owner), code: now(text) })
  })

  it('answers a wrong password and an unknown address as before', async () => {
    await turnOn(stage.world, stage.owner)
    const tries = [stage.owner.email, 'nobody@example.com'].map(email =>
      signIn(visitor(), { email, password: 'wrong' }).catch((error: unknown) => error),
    )
    const [known, unknown] = await Promise.all(tries)
    expect(known).toEqual(unknown)
    expect(known).toMatchObject({ code: 'sessions/wrong-credentials' })
  })

  it('lets the recovery codes through when the master key is another one, and says so for the app', async () => {
    const { text, codes } = await turnOn(stage.world, stage.owner)
    const moved = buildWorld(stage.world.database, { clock, vault: createVault([randomBytes(32)]) })
    clock.advance(30 * second)
    const step = await firstStep(moved, stage.owner)
    await expect(signInWithCode(visitorOf(moved), { step, code: now(text) })).rejects.toMatchObject({
      code: 'two-step/other-master-key',
    })
    await signInWithCode(visitorOf(moved), { step, code: codes[0] ?? '' })
  })
})

describe('turning two-step sign-in off', () => {
  it('needs a code, and ends the recovery codes with it', async () => {
    const { codes } = await turnOn(stage.world, stage.owner)
    await expect(turnTwoStepOff(asOwner(), { code: '000000' })).rejects.toMatchObject({
      code: 'two-step/wrong-code',
    })
    await turnTwoStepOff(asOwner(), { code: codes[3] ?? '' })
    expect(await signIn(visitor(), stage.owner)).toMatchObject({ kind: 'signed-in' })
    expect(await stage.owner.ctx.db.twoStepCode.count({ where: { orgId: stage.org.orgId } })).toBe(0)
    await expect(createTwoStepCodes(stage.owner.ctx)).rejects.toMatchObject({ code: 'two-step/not-on' })
    expect(await notes('two_step.turn_off')).toBe(1)
  })

  it('leaves new recovery codes where they are asked for: older ones end', async () => {
    const { codes } = await turnOn(stage.world, stage.owner)
    const fresh = await createTwoStepCodes(stage.owner.ctx)
    const step = await firstStep(stage.world, stage.owner)
    await expect(signInWithCode(visitor(), { step, code: codes[0] ?? '' })).rejects.toMatchObject({
      code: 'two-step/wrong-code',
    })
    await signInWithCode(visitor(), { step, code: fresh[0] ?? '' })
  })
})

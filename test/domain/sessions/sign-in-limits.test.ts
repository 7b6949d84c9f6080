// How often somebody may guess: five failures an account, whoever comes at once and from wherever.
import { beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '#server/domain/sessions/hash-password.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import type { World } from '#server/world.ts'
import { visitorOf } from '#test/domain/two-step/authenticator.ts'
import { fakeClock, minute } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'

const clock = fakeClock()
let world: World
beforeAll(async () => {
  world = await makeWorld({ clock })
})

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  )

/** The admin of an organization signs in with an address that somebody has elsewhere, and a password of their own. */
async function giveSameAddress(
  { orgId, admin, owner }: TestOrganization,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const own = { orgId, userId: admin.userId, loginKey: email.toLowerCase() }
  await owner.ctx.db.credential.create({
    data: { ...own, passwordHash: await hashPassword(password), changedAt: clock.now() },
  })
}

describe('guessing', () => {
  it('S79: five guesses at an account, however many come at once', async () => {
    const { owner } = await newOrganization(world)
    const guesses = Array.from({ length: 12 }, (_, at) => ({
      email: owner.email,
      password: `wrong ${String(at)}`,
    }))
    const codes = await Promise.all(guesses.map(guess => codeOf(signIn(visitorOf(world), guess))))
    expect(codes.filter(code => code === 'sessions/wrong-credentials').length).toBeLessThanOrEqual(5)
    expect(codes.filter(code => code === 'sessions/too-many-failures').length).toBeGreaterThanOrEqual(7)
  })

  it('S79: five guesses at an account stay five, whatever good sign-ins there are at another organization with the same address', async () => {
    const [{ owner }, other] = [await newOrganization(world), await newOrganization(world)]
    const mine = { email: owner.email, password: 'another long sentence 77' }
    await giveSameAddress(other, mine)
    for (let guess = 1; guess <= 4; guess += 1) {
      await expect(signIn(visitorOf(world), { ...mine, password: 'wrong' })).rejects.toThrow()
      expect(await signIn(visitorOf(world), mine)).toMatchObject({ actor: { orgId: other.orgId } })
    }
    const right = { email: owner.email, password: owner.password }
    expect(await codeOf(signIn(visitorOf(world), right))).toBe('sessions/too-many-failures')
    expect(await signIn(visitorOf(world), mine)).toMatchObject({ actor: { orgId: other.orgId } })
    clock.advance(15 * minute + 1)
    expect(await signIn(visitorOf(world), right)).toMatchObject({ actor: { orgId: owner.actor.orgId } })
  })

  it('S79: closes an unknown address after five, and a busy moment counts for none', async () => {
    const { owner } = await newOrganization(world)
    for (const email of [owner.email, `nobody-${owner.userId}@example.com`]) {
      const rush = Array.from({ length: 22 }, () => hashPassword('a long sentence'))
      // Busy, unless a hash was done before this one was asked for; then it is the first of the five.
      const codes = [await codeOf(signIn(visitorOf(world), { email, password: 'wrong' }))]
      await Promise.all(rush)
      for (let guess = 1; guess <= 6; guess += 1)
        codes.push(await codeOf(signIn(visitorOf(world), { email, password: 'wrong' })))
      const looked = codes.filter(code => code !== 'sessions/busy')
      expect(looked.slice(0, 6)).toEqual([
        ...Array.from({ length: 5 }, () => 'sessions/wrong-credentials'),
        'sessions/too-many-failures',
      ])
    }
  })
})

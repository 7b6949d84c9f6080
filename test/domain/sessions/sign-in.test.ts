// Signing in and setting up: limits, life of sessions, links that work once.
import { beforeEach, describe, expect, it } from 'vitest'
import type { EventDetail, EventType } from '#server/domain/provisioning-log/rules/event.ts'
import { sentence } from '#server/domain/provisioning-log/rules/sentence.ts'
import { createOrganization } from '#server/domain/organizations/create-organization.ts'
import { completeSetup } from '#server/domain/setup-links/complete-setup.ts'
import { findSetupInvitation } from '#server/domain/setup-links/find-setup-invitation.ts'
import { issueSetupLink } from '#server/domain/setup-links/issue-setup-link.ts'
import { forgetOldFailures } from '#server/domain/sessions/forget-old-failures.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { signOut } from '#server/domain/sessions/sign-out.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock, hour, minute, type FakeClock } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, operatorActor, testOrigin } from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
beforeEach(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
})

let addresses = 0

/** A visitor with a client address of their own. */
function visitor() {
  addresses += 1
  const ip = `198.51.100.${String(addresses)}`
  return world.installationFor({ kind: 'anonymous', name: 'Someone', origin: { ...testOrigin, ip } })
}

const resumed = (cookie: string, silent = false) =>
  resumeSession(visitor(), { cookie, origin: testOrigin, silent })

describe('signing in', () => {
  it('opens a session with the right password, whatever the case of the address', async () => {
    const { owner } = await newOrganization(world)
    const signed = await signIn(visitor(), {
      email: ` ${owner.email.toUpperCase()} `,
      password: owner.password,
    })
    if (signed.kind !== 'signed-in') throw new Error('Nobody was signed in.')
    expect(await resumed(signed.session.secret)).toMatchObject({
      userId: owner.userId,
      role: 'owner',
      orgId: owner.actor.orgId,
    })
  })

  it('says the same for a wrong password and an unknown address', async () => {
    const { owner } = await newOrganization(world)
    const refusals = await Promise.all(
      [owner.email, 'nobody@example.com'].map(email =>
        signIn(visitor(), { email, password: 'not the right sentence' }).catch((error: unknown) => error),
      ),
    )
    expect(refusals[0]).toMatchObject({ code: 'sessions/wrong-credentials' })
    expect(String(refusals[0])).toBe(String(refusals[1]))
  })

  it('five failures close the account for fifteen minutes, the right password included', async () => {
    const { owner } = await newOrganization(world)
    for (let failure = 1; failure <= 5; failure += 1) {
      await expect(signIn(visitor(), { email: owner.email, password: 'wrong' })).rejects.toMatchObject({
        code: 'sessions/wrong-credentials',
      })
    }
    const right = { email: owner.email, password: owner.password }
    await expect(signIn(visitor(), right)).rejects.toMatchObject({ code: 'sessions/too-many-failures' })
    clock.advance(15 * minute + 1)
    expect(await signIn(visitor(), right)).toMatchObject({ kind: 'signed-in' })
  })

  it('a good sign-in forgets the failures of the account', async () => {
    const { owner } = await newOrganization(world)
    const right = { email: owner.email, password: owner.password }
    for (let round = 1; round <= 2; round += 1) {
      for (let failure = 1; failure <= 4; failure += 1) {
        await expect(signIn(visitor(), { ...right, password: 'wrong' })).rejects.toMatchObject({
          code: 'sessions/wrong-credentials',
        })
      }
      expect(await signIn(visitor(), right)).toMatchObject({ kind: 'signed-in' })
    }
  })

  it('twenty failures close a client address, for whatever account', async () => {
    const { owner } = await newOrganization(world)
    const one = visitor()
    for (let failure = 1; failure <= 20; failure += 1) {
      const email = `nobody-${String(failure)}@example.com`
      await expect(signIn(one, { email, password: 'wrong' })).rejects.toMatchObject({
        code: 'sessions/wrong-credentials',
      })
    }
    const right = { email: owner.email, password: owner.password }
    await expect(signIn(one, right)).rejects.toMatchObject({ code: 'sessions/too-many-failures' })
    expect(await signIn(visitor(), right)).toMatchObject({ kind: 'signed-in' })
  })

  it('old failures are forgotten', async () => {
    const { owner } = await newOrganization(world)
    await expect(signIn(visitor(), { email: owner.email, password: 'wrong' })).rejects.toThrow()
    const subject = `account:${owner.actor.orgId}:${owner.userId}`
    const system = world.installationFor({ kind: 'system', name: 'Rollcall', origin: testOrigin })
    expect(await system.installation.signInFailure.count({ where: { subject } })).toBe(1)
    clock.advance(day + minute)
    await forgetOldFailures(system)
    expect(await system.installation.signInFailure.count({ where: { subject } })).toBe(0)
  })
})

describe('a session', () => {
  it('ends twelve hours after sign-in, however busy', async () => {
    const { owner } = await newOrganization(world)
    for (let passed = 0; passed < 11; passed += 1) {
      clock.advance(hour)
      expect(await resumed(owner.cookie)).not.toBeNull()
    }
    clock.advance(hour)
    expect(await resumed(owner.cookie)).toBeNull()
  })

  it('ends eight hours after its last use; a silent look is none', async () => {
    const { owner } = await newOrganization(world)
    clock.advance(7 * hour)
    expect(await resumed(owner.cookie, true)).not.toBeNull()
    clock.advance(hour)
    expect(await resumed(owner.cookie)).toBeNull()
  })

  it('S80: is a new one with each sign-in, whatever cookie the browser had before', async () => {
    const { owner } = await newOrganization(world)
    const secrets = [owner.cookie]
    for (let count = 0; count < 3; count += 1) {
      const signed = await signIn(visitor(), { email: owner.email, password: owner.password })
      if (signed.kind === 'signed-in') secrets.push(signed.session.secret)
    }
    expect(new Set(secrets).size).toBe(4)
  })

  it('S81: ends with signing out, and only that one: a copied cookie is dead', async () => {
    const { owner } = await newOrganization(world)
    const other = await signIn(visitor(), { email: owner.email, password: owner.password })
    await signOut(owner.ctx)
    expect(await resumed(owner.cookie)).toBeNull()
    expect(other.kind === 'signed-in' && (await resumed(other.session.secret))).toMatchObject({
      userId: owner.userId,
    })
  })

  it.each(['', 'x', 'rc_session_', 'rc_scim_'.padEnd(67, 'a')])('%j is no session', async cookie => {
    expect(await resumed(cookie)).toBeNull()
  })
})

describe('a setup link', () => {
  const input = (secret: string) => ({
    secret,
    organizationName: 'Acme',
    ownerName: 'Ada',
    email: `ada-${secret.slice(-6)}@example.com`,
    password: 'a long sentence for tests 42',
  })
  const operator = () => world.installationFor(operatorActor)

  it('S75: works once', async () => {
    const { setupSecret, orgId } = await createOrganization(operator(), { name: 'New' })
    expect(await findSetupInvitation(visitor(), { secret: setupSecret })).toMatchObject({
      orgId,
      organizationName: 'New',
    })
    await completeSetup(visitor(), input(setupSecret))
    expect(await findSetupInvitation(visitor(), { secret: setupSecret })).toBeNull()
    await expect(completeSetup(visitor(), input(setupSecret))).rejects.toMatchObject({
      code: 'setup-links/unknown',
    })
  })

  it('is the first thing the log tells, as what the owner did', async () => {
    const { setupSecret } = await createOrganization(operator(), { name: 'New' })
    const { actor } = await completeSetup(visitor(), input(setupSecret))
    const { db } = world.contextFor(actor.orgId, actor)
    const [first] = await db.provisioningEvent.findMany({ where: { orgId: actor.orgId } })
    const told = { actorName: first?.actorName ?? '', detail: first?.detail as EventDetail }
    expect(sentence({ type: first?.type as EventType, ...told })).toBe('Ada set up the organization')
  })

  it('S75: of five parallel uses exactly one makes an owner', async () => {
    const { setupSecret, orgId } = await createOrganization(operator(), { name: 'New' })
    const ended = await Promise.allSettled(
      Array.from({ length: 5 }, () => completeSetup(visitor(), input(setupSecret))),
    )
    expect(ended.filter(each => each.status === 'fulfilled')).toHaveLength(1)
    const { db } = world.contextFor(orgId, operatorActor)
    expect(await db.user.count({ where: { orgId, role: 'owner' } })).toBe(1)
    expect(await db.organizationStream.findUnique({ where: { orgId } })).toMatchObject({ active: 1 })
  })

  it('S76: ends after 24 hours, and when a newer one is made', async () => {
    const { setupSecret, orgId } = await createOrganization(operator(), { name: 'New' })
    const newer = await issueSetupLink(world.contextFor(orgId, operatorActor))
    expect(await findSetupInvitation(visitor(), { secret: setupSecret })).toBeNull()
    clock.advance(24 * hour - 1)
    expect(await findSetupInvitation(visitor(), { secret: newer.secret })).not.toBeNull()
    clock.advance(1)
    expect(await findSetupInvitation(visitor(), { secret: newer.secret })).toBeNull()
  })

  it('survives bad input, which is told field by field', async () => {
    const { setupSecret } = await createOrganization(operator(), { name: 'New' })
    const good = input(setupSecret)
    const bad = [
      { ...good, ownerName: ' ' },
      { ...good, email: 'ada' },
      { ...good, password: 'short' },
      { ...good, organizationName: '' },
    ]
    for (const each of bad)
      await expect(completeSetup(visitor(), each)).rejects.toMatchObject({
        kind: 'invalid',
        detail: { fields: [expect.any(Object)] },
      })
    expect(await completeSetup(visitor(), good)).toMatchObject({ actor: { role: 'owner' } })
  })

  it('S78: is not made for an organization that has an owner, and an older one is unknown from then on', async () => {
    const { setupSecret: first, orgId: fresh } = await createOrganization(operator(), { name: 'New' })
    const newer = await issueSetupLink(world.contextFor(fresh, operatorActor))
    await completeSetup(visitor(), input(newer.secret))
    await expect(completeSetup(visitor(), input(first))).rejects.toMatchObject({
      code: 'setup-links/unknown',
    })
    const { orgId } = await newOrganization(world)
    await expect(issueSetupLink(world.contextFor(orgId, operatorActor))).rejects.toMatchObject({
      code: 'setup-links/has-owner',
    })
  })
})

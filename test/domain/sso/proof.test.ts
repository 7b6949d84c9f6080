// S82: a proof at the identity provider, without the protocol: parallel finishes, what changes meanwhile, what the tables refuse.
import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { findOwnSecurity } from '#server/domain/sessions/find-own-security.ts'
import { startSession, type SessionVia } from '#server/domain/sessions/start-session.ts'
import { acceptAssertion } from '#server/domain/sso/accept-assertion.ts'
import { beginProof } from '#server/domain/sso/begin-proof.ts'
import { finishSignIn } from '#server/domain/sso/finish-sign-in.ts'
import { forgetOldSignIns } from '#server/domain/sso/forget-old-sign-ins.ts'
import type { World } from '#server/world.ts'
import type { PersonActor } from '#server/domain/actor.ts'
import { fakeClock, minute } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'

const clock = fakeClock()
let world: World
let org: TestOrganization
let admin: { readonly actor: PersonActor; readonly ctx: Context }

const sessionOf = async (via: SessionVia) => {
  const { hash } = await startSession(org.admin.ctx, { userId: org.admin.userId, via })
  const actor: PersonActor = { ...org.admin.actor, sessionHash: hash }
  return { actor, ctx: world.contextFor(org.orgId, actor) }
}
const setStatus = (status: string) =>
  org.owner.ctx.db.ssoConnection.updateMany({ where: { orgId: org.orgId }, data: { status } })

beforeAll(async () => {
  world = await makeWorld({ clock })
})
beforeEach(async () => {
  org = await newOrganization(world)
  const at = clock.now()
  await org.owner.ctx.db.ssoConnection.create({
    data: {
      orgId: org.orgId,
      status: 'tested',
      issuer: 'https://idp.example',
      signInUrl: 'https://idp.example/sso',
      certificates: ['x'],
      createdAt: at,
      createdByName: 'x',
      changedAt: at,
      changedByName: 'x',
    },
  })
  admin = await sessionOf('sso')
  clock.advance(6 * minute)
})

const browser = 'browser'
const accept = async (name = org.admin.email) => {
  const { requestId } = await beginProof(admin.ctx, { browser, revision: 1 })
  return acceptAssertion(org.scim, {
    requestId,
    issuer: 'https://idp.example',
    assertionId: randomBytes(8).toString('hex'),
    subject: { nameId: name, attributes: new Map() },
    matchAttribute: null,
    keepUntil: new Date(clock.now().getTime() + minute),
    sessionEnd: null,
    authenticatedAt: clock.now(),
  })
}
const finish = (handle: string) => finishSignIn(org.scim, { handle, browser, signedIn: admin.actor })
const coded = (code: string) => expect.objectContaining({ code }) as unknown

describe('a proof at the identity provider', () => {
  it('S82: that comes ten times at once counts once', async () => {
    const { handle } = await accept()
    const ends = await Promise.allSettled(Array.from({ length: 10 }, () => finish(handle)))
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await demandRecentProof(admin.ctx)
    const lines = await org.owner.ctx.db.activity.count({
      where: { orgId: org.orgId, action: 'session.reauthenticate' },
    })
    expect(lines).toBe(1)
  })

  it.each([
    ['single sign-on is switched off', 'sso/not-set-up', () => setStatus('disabled')],
    [
      'the session ends',
      'sso/session-ended',
      () => org.owner.ctx.db.session.deleteMany({ where: { orgId: org.orgId } }),
    ],
    [
      'the person is deactivated',
      'sso/deactivated',
      () =>
        org.owner.ctx.db.user.updateMany({
          where: { orgId: org.orgId, id: org.admin.userId },
          data: { status: 'deactivated' },
        }),
    ],
    [
      'a minute passes',
      'sso/unknown-request',
      () => {
        clock.advance(minute)
      },
    ],
  ] as const)('S82: is refused when meanwhile %s', async (_what, code, change) => {
    const { handle } = await accept()
    await change()
    await expect(finish(handle)).rejects.toEqual(coded(code))
  })

  it('S82: of somebody else takes nothing and proves nothing', async () => {
    await expect(accept(org.owner.email)).rejects.toEqual(coded('sso/other-person'))
    expect(await org.owner.ctx.db.samlArrival.count({ where: { orgId: org.orgId } })).toBe(0)
    await expect(demandRecentProof(admin.ctx)).rejects.toEqual(coded('sessions/reauthenticate'))
  })

  it('S82: is offered to sessions that began there, and tells when it is fresh', async () => {
    expect(await findOwnSecurity(admin.ctx)).toMatchObject({ proven: false, provesBySso: true })
    await finish((await accept()).handle)
    expect(await findOwnSecurity(admin.ctx)).toMatchObject({ proven: true, provesBySso: true })
    for (const via of ['password', 'recovery_code'] as const) {
      const { ctx } = await sessionOf(via)
      expect(await findOwnSecurity(ctx)).toMatchObject({ proven: true, provesBySso: false })
      await expect(beginProof(ctx, { browser, revision: 1 })).rejects.toEqual(coded('sso/other-way'))
    }
    await setStatus('disabled')
    expect(await findOwnSecurity(admin.ctx)).toMatchObject({ provesBySso: false })
  })

  it('S82: is bound to a session by the tables themselves, and forgotten after its time', async () => {
    await beginProof(admin.ctx, { browser, revision: 1 })
    const where = { orgId: org.orgId }
    const loose = org.owner.ctx.db.samlRequest.updateMany({ where, data: { sessionHash: null } })
    await expect(loose).rejects.toThrow('saml_requests_purpose_known')
    clock.advance(11 * minute)
    await forgetOldSignIns(org.scim)
    expect(await org.owner.ctx.db.samlRequest.count({ where })).toBe(0)
  })
})

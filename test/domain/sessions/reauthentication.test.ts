// S82: what is sensitive asks again who it is, five minutes after the last proof.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import type { Context } from '#server/domain/context.ts'
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { replaceOauthClientKeys } from '#server/domain/oauth-clients/replace-oauth-client-keys.ts'
import { rotateOauthClientSecret } from '#server/domain/oauth-clients/rotate-oauth-client-secret.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { rotateScimToken } from '#server/domain/scim-tokens/rotate-scim-token.ts'
import { createVault } from '#server/domain/secrets/vault.ts'
import { changePassword } from '#server/domain/sessions/change-password.ts'
import { createRecoveryCodes } from '#server/domain/sessions/create-recovery-codes.ts'
import { reauthenticate } from '#server/domain/sessions/reauthenticate.ts'
import { resetOwner } from '#server/domain/sessions/reset-owner.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { startSession } from '#server/domain/sessions/start-session.ts'
import { addCertificate } from '#server/domain/sso/add-certificate.ts'
import { configureSso, type ConfigureSsoInput } from '#server/domain/sso/configure-sso.ts'
import { deleteSso } from '#server/domain/sso/delete-sso.ts'
import { disableSso } from '#server/domain/sso/disable-sso.ts'
import { enforceSso } from '#server/domain/sso/enforce-sso.ts'
import { removeCertificate } from '#server/domain/sso/remove-certificate.ts'
import { removeSpKey } from '#server/domain/sso/remove-sp-key.ts'
import { rotateSpKey } from '#server/domain/sso/rotate-sp-key.ts'
import { confirmTwoStep } from '#server/domain/two-step/confirm-two-step.ts'
import { createTwoStepCodes } from '#server/domain/two-step/create-two-step-codes.ts'
import { requireTwoStep } from '#server/domain/two-step/require-two-step.ts'
import { startTwoStep } from '#server/domain/two-step/start-two-step.ts'
import { turnTwoStepOff } from '#server/domain/two-step/turn-two-step-off.ts'
import { transferOwnership } from '#server/domain/users/transfer-ownership.ts'
import type { World } from '#server/world.ts'
import { codeAt, turnOn, visitorOf } from '#test/domain/two-step/authenticator.ts'
import { fakeClock, minute, second, type FakeClock } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'

const clock: FakeClock = fakeClock()
const unknown = '018f0000-0000-7000-8000-000000000000'
let world: World
let org: TestOrganization
let owner: TestOrganization['owner']

beforeAll(async () => {
  world = await makeWorld({ clock, vault: createVault([randomBytes(32)]) })
})
beforeEach(async () => {
  org = await newOrganization(world)
  owner = org.owner
})

const installed = () => world.installationFor(owner.actor)
const details: ConfigureSsoInput = {
  issuer: '',
  signInUrl: '',
  certificates: [],
  signed: 'assertion',
  nameIdFormat: 'email',
  matchAttribute: null,
  allowIdpInitiated: false,
  signRequests: false,
  allowCbc: false,
  sessionHours: 12,
}

type Attempt = (ctx: Context) => Promise<unknown>

/** Every use case that asks, with an input that changes nothing. */
const sensitive: Record<string, Attempt> = {
  'issue-scim-token': ctx => issueScimToken(ctx, { name: 'Next' }),
  'rotate-scim-token': ctx => rotateScimToken(ctx, { tokenId: unknown, name: 'Next', oldEnds: 'now' }),
  'create-oauth-client': ctx => createOauthClient(ctx, { name: 'x', authentication: 'client_secret' }),
  'replace-oauth-client-keys': ctx =>
    replaceOauthClientKeys(ctx, { clientId: unknown, jwksUri: 'https://idp.example/keys' }),
  'rotate-oauth-client-secret': ctx => rotateOauthClientSecret(ctx, { clientId: unknown, oldEnds: 'keep' }),
  'create-api-key': ctx => createApiKey(ctx, { name: 'x', scopes: ['read'] }),
  'add-certificate': ctx => addCertificate(ctx, { certificate: 'x' }),
  'configure-sso': ctx => configureSso(ctx, details),
  'delete-sso': ctx => deleteSso(ctx, { confirmName: 'x', deleteProvisioning: false }),
  'disable-sso': ctx => disableSso(ctx, { suspendProvisioning: false }),
  'enforce-sso': ctx => enforceSso(ctx, { enforced: false }),
  'remove-certificate': ctx => removeCertificate(ctx, { fingerprint: 'x' }),
  'rotate-sp-key': ctx => rotateSpKey({ ...ctx, vault: null }),
  'remove-sp-key': ctx => removeSpKey(ctx, { fingerprint: 'x' }),
  'transfer-ownership': ctx => transferOwnership(ctx, { userId: unknown, confirmUserName: 'x' }),
  'create-recovery-codes': ctx => createRecoveryCodes(ctx),
  'change-password': ctx => changePassword(ctx, { password: 'x' }),
  'require-two-step': ctx => requireTwoStep(ctx, { required: false }),
  'start-two-step': ctx => startTwoStep(ctx),
  'confirm-two-step': () => confirmTwoStep(installed(), { code: 'x' }),
  'create-two-step-codes': async ctx => createTwoStepCodes(ctx),
  'turn-two-step-off': () => turnTwoStepOff(installed(), { code: 'x' }),
}
const needTwoStep = ['create-two-step-codes', 'turn-two-step-off']

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  )
}

describe('S82: what is sensitive', () => {
  it('is written down for every use case that asks', () => {
    const folder = new URL('../../../server/domain', import.meta.url).pathname
    const asking = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(
        file =>
          file.endsWith('.ts') && /await demandRecentProof\(/.test(readFileSync(join(folder, file), 'utf8')),
      )
      .map(file => basename(file, '.ts'))
    expect(asking.sort()).toEqual(Object.keys(sensitive).sort())
  })

  it.each(Object.entries(sensitive))('%s asks after five minutes, not before', async (name, attempt) => {
    if (needTwoStep.includes(name)) await turnOn(world, owner)
    clock.advance(5 * minute)
    expect(await codeOf(attempt(owner.ctx))).not.toBe('sessions/reauthenticate')
    clock.advance(1)
    expect(await codeOf(attempt(owner.ctx))).toBe('sessions/reauthenticate')
  })

  it('asks no key and no operator: there is nobody to answer', async () => {
    clock.advance(6 * minute)
    const key = world.contextFor(org.orgId, {
      ...{ kind: 'api-key', orgId: org.orgId, keyId: org.apiKey.id, name: 'Key' },
      ...{ scopes: ['tokens:write'], origin: testOrigin },
    })
    expect(await codeOf(issueScimToken(key, { name: 'Next' }))).toBe('done')
  })

  it('asks again when the session is gone meanwhile', async () => {
    await owner.ctx.db.session.deleteMany({ where: { orgId: org.orgId, userId: owner.userId } })
    expect(await codeOf(issueScimToken(owner.ctx, { name: 'Next' }))).toBe('sessions/reauthenticate')
  })
})

describe('proving again who one is', () => {
  it('is good for five minutes, in this session only, and in the activity log', async () => {
    const other = await startSession(owner.ctx, { userId: owner.userId })
    const elsewhere = world.contextFor(org.orgId, { ...owner.actor, sessionHash: other.hash })
    clock.advance(6 * minute)
    await reauthenticate(installed(), { password: owner.password })
    expect(await codeOf(issueScimToken(owner.ctx, { name: 'Next' }))).toBe('done')
    expect(await codeOf(issueScimToken(elsewhere, { name: 'Next' }))).toBe('sessions/reauthenticate')
    clock.advance(5 * minute + 1)
    expect(await codeOf(createRecoveryCodes(owner.ctx))).toBe('sessions/reauthenticate')
    const where = { orgId: org.orgId, action: 'session.reauthenticate' }
    expect(await owner.ctx.db.activity.count({ where })).toBe(1)
  })

  it('needs the right password; failures count with those of signing in', async () => {
    for (let failure = 1; failure <= 5; failure += 1)
      expect(await codeOf(reauthenticate(installed(), { password: 'wrong' }))).toBe('sessions/wrong-password')
    const right = { password: owner.password }
    expect(await codeOf(reauthenticate(installed(), right))).toBe('sessions/too-many-failures')
    expect(await codeOf(signIn(visitorOf(world), { ...right, email: owner.email }))).toBe(
      'sessions/too-many-failures',
    )
  })

  it('needs the second step where there is one', async () => {
    const { text } = await turnOn(world, owner)
    clock.advance(6 * minute)
    const { password } = owner
    expect(await codeOf(reauthenticate(installed(), { password }))).toBe('sessions/code-missing')
    expect(await codeOf(reauthenticate(installed(), { password, code: '000000' }))).toBe(
      'two-step/wrong-code',
    )
    expect(await codeOf(issueScimToken(owner.ctx, { name: 'Next' }))).toBe('sessions/reauthenticate')
    await reauthenticate(installed(), { password, code: codeAt(text, clock.now()) })
    expect(await codeOf(issueScimToken(owner.ctx, { name: 'Next' }))).toBe('done')
  })

  it('is not possible by a password that lets nobody in', async () => {
    const admin = world.installationFor(org.admin.actor)
    expect(await codeOf(reauthenticate(admin, { password: 'x' }))).toBe('sessions/no-password')
  })
})

describe('another password', () => {
  const changed = 'an entirely other sentence 7'
  it('ends the other sessions, and the old one is no longer good', async () => {
    const other = await startSession(owner.ctx, { userId: owner.userId })
    expect(await codeOf(changePassword(owner.ctx, { password: 'short' }))).toBe('sessions/weak-password')
    expect(await changePassword(owner.ctx, { password: changed })).toEqual({ ended: 1 })
    const works = (cookie: string) => resumeSession(visitorOf(world), { cookie, origin: testOrigin })
    expect(await works(other.secret)).toBeNull()
    expect(await works(owner.cookie)).not.toBeNull()
    expect(await codeOf(signIn(visitorOf(world), owner))).toBe('sessions/wrong-credentials')
    expect(await signIn(visitorOf(world), { ...owner, password: changed })).toMatchObject({
      kind: 'signed-in',
    })
  })

  it('is given to the owner by shell: sessions, codes and second step end, and it is written down', async () => {
    await turnOn(world, owner)
    await createRecoveryCodes(owner.ctx)
    const shell = { kind: 'system', name: 'Command line', origin: testOrigin } as const
    const system = world.contextFor(org.orgId, shell)
    for (const email of [org.admin.email, 'nobody@example.com'])
      expect(await codeOf(resetOwner(system, { email }))).toBe('sessions/not-the-owner')
    expect(await codeOf(resetOwner(owner.ctx, { email: owner.email }))).toBe('sessions/not-the-owner')
    clock.advance(second)
    const { password } = await resetOwner(system, { email: ` ${owner.email.toUpperCase()}` })
    expect(await resumeSession(visitorOf(world), { cookie: owner.cookie, origin: testOrigin })).toBeNull()
    expect(await codeOf(signIn(visitorOf(world), owner))).toBe('sessions/wrong-credentials')
    expect(await signIn(visitorOf(world), { ...owner, password })).toMatchObject({ kind: 'signed-in' })
    const where = { orgId: org.orgId }
    expect(await system.db.recoveryCode.count({ where })).toBe(0)
    expect(await system.db.activity.count({ where: { ...where, action: 'password.reset' } })).toBe(1)
  })
})

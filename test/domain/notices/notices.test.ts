// Notices: each step once whoever looks, to the owner and every admin, and quiet once it is mended.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { rotateOauthClientSecret } from '#server/domain/oauth-clients/rotate-oauth-client-secret.ts'
import { sendMails } from '#server/domain/mail/send-mails.ts'
import { dismissNotice } from '#server/domain/notices/dismiss-notice.ts'
import { forgetOldNotices } from '#server/domain/notices/forget-old-notices.ts'
import { readNotices } from '#server/domain/notices/read-notices.sql.ts'
import { recordNotices } from '#server/domain/notices/record-notices.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import { rotateScimToken } from '#server/domain/scim-tokens/rotate-scim-token.ts'
import { addCertificate } from '#server/domain/sso/add-certificate.ts'
import { configureSso } from '#server/domain/sso/configure-sso.ts'
import { disableSso } from '#server/domain/sso/disable-sso.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { systemActor } from '#server/housekeeping.ts'
import { createPostOffice } from '#server/mail/post-office.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock, minute, type FakeClock } from '#test/support/fake-clock.ts'
import { startMailServer, type MailServer } from '#test/support/mail-server.ts'
import {
  makeWorld,
  newColleague,
  newOrganization,
  type TestOrganization,
  type TestPerson,
} from '#test/support/make-world.ts'
import { selfSignedRsa } from '#test/support/self-signed.ts'

let clock: FakeClock
let world: World
let other: World
let our: TestOrganization
let server: MailServer

beforeAll(async () => {
  server = await startMailServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock, sendsMail: true })
  other = await makeWorld({ clock, sendsMail: true })
  our = await newOrganization(world)
  await system().db.user.update({
    where: { orgId_id: { orgId: our.orgId, id: our.admin.userId } },
    data: { status: 'active' },
  })
  server.taken.length = 0
})

const orgOf = () => ({ where: { orgId: our.orgId } })
const system = (of: World = world) => of.contextFor(our.orgId, systemActor)
const look = () => recordNotices(system())
const notices = () => system().db.notice.findMany({ ...orgOf(), orderBy: { id: 'asc' } })
const open = async () =>
  (await notices()).filter(notice => notice.resolvedAt === null).map(notice => notice.threshold)
const mails = () => system().db.mail.findMany({ ...orgOf(), orderBy: { id: 'asc' } })
const events = async () =>
  (
    await system().db.provisioningEvent.findMany({
      where: { orgId: our.orgId, type: { contains: 'expir' } },
      orderBy: { sequence: 'asc' },
    })
  ).map(event => event.type)
const seenBy = ({ userId }: TestPerson, onlyOpen = false) =>
  readNotices(system().sql, { userId, open: onlyOpen }, { id: null, ascending: false, take: 50 })

describe('a token that ends', () => {
  it('is told to the owner and each admin once, though two servers look and two send at the same moment', async () => {
    clock.advance(335 * day)
    await Promise.all([world, other, world, other].map(of => recordNotices(system(of))))
    await look()
    expect((await notices()).map(notice => notice.threshold)).toEqual([30])
    expect(await events()).toEqual(['scim_token.expiring'])
    const office = createPostOffice({
      smtpUrl: server.url,
      from: { name: 'Rollcall', address: 'rollcall@mail.test' },
      publicUrl: 'https://rollcall.test',
    })
    await Promise.all([world, other].map(of => sendMails(system(of), { send: office.send })))
    const ours = server.taken.flatMap(mail => mail.to).sort()
    expect(ours).toEqual([our.admin.email, our.owner.email].sort())
    const [mail] = server.taken
    expect(mail?.text).toContain(`of ${our.name} expires on`)
    expect(mail?.text).toContain('https://rollcall.test/login/provisioning')
  })

  it('is told at 30, 14, 7, 3 and 1 days and when it happens, and only the last one stays open', async () => {
    for (let days = 366; days >= -2; days -= 1) {
      await look()
      clock.advance(day)
    }
    expect((await notices()).map(notice => notice.threshold)).toEqual([30, 14, 7, 3, 1, 0])
    expect(await open()).toEqual([0])
    expect((await mails()).length).toBe(12)
  })

  it('is told once after a server was down across several steps', async () => {
    clock.advance(335 * day)
    await look()
    clock.advance(28.5 * day)
    await look()
    expect((await notices()).map(notice => notice.threshold)).toEqual([30, 3])
    expect((await mails()).length).toBe(4)
  })

  it('is quiet once it is rotated, at once, and speaks again when its successor is revoked', async () => {
    clock.advance(360 * day)
    await look()
    const { tokenId } = await rotateScimToken(system(), {
      tokenId: our.scimToken.id,
      name: 'Next',
      oldEnds: '7-days',
    })
    expect(await open()).toEqual([])
    clock.advance(3 * day)
    await look()
    expect([await open(), (await notices()).length]).toEqual([[], 1])
    await revokeScimToken(system(), { tokenId })
    await look()
    expect(await open()).toEqual([3])
  })

  it('is quiet once it is revoked, or replaced after its end', async () => {
    clock.advance(364.5 * day)
    await look()
    clock.advance(day)
    await look()
    expect(await open()).toEqual([0])
    const { tokenId } = await issueScimToken(system(), { name: 'Next', expiresIn: '30-days' })
    expect(await open()).toEqual([])
    clock.advance(20 * day)
    await look()
    expect(await open()).toEqual([14])
    await revokeScimToken(system(), { tokenId })
    // The first one has no living successor any more.
    await look()
    expect(await open()).toEqual([0])
  })

  it('writes nothing to admins who were deactivated, made users, or have no address', async () => {
    const [off, demoted] = [
      await newColleague({ ...our, world }, { role: 'admin' }),
      await newColleague({ ...our, world }, { role: 'admin' }),
    ]
    await changeUserRole(our.owner.ctx, { userId: demoted.userId, role: 'user' })
    await system().db.user.update({
      where: { orgId_id: { orgId: our.orgId, id: off.userId } },
      data: { status: 'deactivated' },
    })
    await system().db.user.update({
      where: { orgId_id: { orgId: our.orgId, id: our.admin.userId } },
      data: { email: null, userName: 'no address' },
    })
    clock.advance(335 * day)
    await look()
    expect((await mails()).map(mail => mail.recipient)).toEqual([our.owner.email])
  })

  it('is told in console and log where there is no mail server', async () => {
    const silent = await makeWorld({ clock })
    clock.advance(335 * day)
    await recordNotices(system(silent))
    expect([await open(), await events(), await mails()]).toEqual([[30], ['scim_token.expiring'], []])
  })
})

describe('other things that end', () => {
  it('are secrets of OAuth clients, unless a later one is there', async () => {
    const { clientId } = await createOauthClient(system(), {
      name: 'Entra ID',
      authentication: 'client_secret',
    })
    await rotateOauthClientSecret(system(), { clientId, oldEnds: 'now' })
    clock.advance(335 * day)
    await look()
    const kinds = (await notices()).map(notice => `${notice.subjectKind} ${notice.subjectName}`)
    expect(kinds).toContain('oauth-secret Entra ID')
    expect(kinds).toHaveLength(2)
    await rotateOauthClientSecret(system(), { clientId, oldEnds: 'keep' })
    expect(await open()).toEqual([30])
  })

  it('are API keys, told to whoever made them, or to all when that is no admin any more', async () => {
    const expiresAt = new Date(clock.now().getTime() + 60 * day)
    await createApiKey(our.admin.ctx, { name: 'Nightly', scopes: ['read'], expiresAt })
    clock.advance(30 * day)
    await look()
    expect((await mails()).map(mail => mail.recipient)).toEqual([our.admin.email])
    expect([await seenBy(our.admin), await seenBy(our.owner)].map(seen => seen.length)).toEqual([1, 0])
    const [notice] = await notices()
    await expect(dismissNotice(our.owner.ctx, { noticeId: notice?.id ?? '' })).rejects.toMatchObject({
      code: 'notices/unknown',
    })
    await changeUserRole(our.owner.ctx, { userId: our.admin.userId, role: 'user' })
    clock.advance(16 * day)
    await look()
    expect((await mails()).map(mail => mail.recipient)).toEqual([our.admin.email, our.owner.email])
    expect(await events()).toEqual(['api_key.expiring', 'api_key.expiring'])
  })

  it('are certificates of a connection that people sign in through, unless a second one lasts longer', async () => {
    await configureSso(system(), {
      issuer: 'https://idp.example',
      signInUrl: 'https://idp.example/sso',
      certificates: [selfSignedRsa({ days: 6.5 }).cert],
      signed: 'assertion',
      nameIdFormat: 'email',
      matchAttribute: null,
      allowIdpInitiated: false,
      signRequests: false,
      allowCbc: false,
      sessionHours: 12,
    })
    await look()
    expect(await open()).toEqual([])
    await system().db.ssoConnection.updateMany({ ...orgOf(), data: { status: 'tested' } })
    await look()
    expect([await open(), await events()]).toEqual([[7], ['certificate.expiring']])
    await disableSso(system(), { suspendProvisioning: true })
    expect(await open()).toEqual([])
    await system().db.ssoConnection.updateMany({ ...orgOf(), data: { status: 'tested' } })
    await look()
    expect([await open(), await events()]).toEqual([[7], ['certificate.expiring']])
    await addCertificate(system(), { certificate: selfSignedRsa({ days: 300 }).cert })
    expect(await open()).toEqual([])
  })
})

describe('a notice', () => {
  it('is put away by each person for themselves', async () => {
    clock.advance(335 * day)
    await look()
    const [notice] = await notices()
    const noticeId = notice?.id ?? ''
    await dismissNotice(our.admin.ctx, { noticeId })
    clock.advance(minute)
    await dismissNotice(our.admin.ctx, { noticeId })
    expect((await seenBy(our.admin))[0]?.dismissedAt).toEqual(new Date(clock.now().getTime() - minute))
    expect([await seenBy(our.admin, true), (await seenBy(our.owner, true)).length]).toEqual([[], 1])
    const user = await newColleague({ ...our, world }, { role: 'user' })
    await expect(dismissNotice(user.ctx, { noticeId })).rejects.toMatchObject({ code: 'actor/not-permitted' })
  })

  it('is forgotten with the logs once it is settled and its subject is over', async () => {
    clock.advance(335 * day)
    await look()
    await revokeScimToken(system(), { tokenId: our.scimToken.id })
    clock.advance(119 * day)
    await forgetOldNotices(system())
    expect(await notices()).toHaveLength(1)
    clock.advance(2 * day)
    await forgetOldNotices(system())
    expect(await notices()).toEqual([])
  })
})

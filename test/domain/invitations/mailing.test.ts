// Invitations by mail: what goes out, what stays inert, when it is left off, and the one reminder.
import { beforeAll, describe, expect, it } from 'vitest'
import type { AnonymousActor } from '#server/domain/actor.ts'
import { acceptInvitation } from '#server/domain/invitations/accept-invitation.ts'
import { findInvitation } from '#server/domain/invitations/find-invitation.ts'
import { inviteUsers } from '#server/domain/invitations/invite-users.ts'
import { remindInvited } from '#server/domain/invitations/remind-invited.ts'
import { resendInvitation } from '#server/domain/invitations/resend-invitation.ts'
import type { Letter } from '#server/domain/mail/rules/letter.ts'
import { configureInvitations } from '#server/domain/organizations/configure-invitations.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { systemActor } from '#server/housekeeping.ts'
import { renderMail } from '#server/mail/render-mail.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock, minute } from '#test/support/fake-clock.ts'
import {
  makeWorld,
  newOrganization,
  newPerson,
  operatorActor,
  testOrigin,
  type TestOrganization,
} from '#test/support/make-world.ts'
import { address, input } from './guests.ts'

const clock = fakeClock()
const anonymous: AnonymousActor = { kind: 'anonymous', name: 'Anonymous', origin: testOrigin }
const password = 'correct sentence for guests 7'
let world: World
let other: World

beforeAll(async () => {
  world = await makeWorld({ clock, sendsMail: true })
  other = await makeWorld({ clock, sendsMail: true })
})

async function organization(): Promise<TestOrganization> {
  return newOrganization(world, { enforced: false })
}

async function invited({ owner }: TestOrganization) {
  const [one] = await inviteUsers(owner.ctx, input([address()]))
  if (one === undefined) throw new Error('Nobody was invited.')
  return one
}

async function mailsTo(place: TestOrganization, userId: string) {
  const mails = await place.owner.ctx.db.mail.findMany({
    where: { orgId: place.orgId, userId },
    orderBy: { id: 'asc' },
  })
  return mails.map(({ kind, recipient, subject, letter }) => {
    const said = letter as unknown as Letter
    const secret = /^\/invitation#(rc_invite_\w{59})$/.exec(said.action?.path ?? '')?.[1] ?? ''
    return { kind, recipient, subject, said, secret }
  })
}

const remind = (place: TestOrganization, by: World = world) =>
  remindInvited(by.contextFor(place.orgId, systemActor))
const door = () => world.installationFor(anonymous)
const accept = (secret: string) => acceptInvitation(door(), { secret, name: 'Grace Hopper', password })
const rowOf = ({ orgId, owner }: TestOrganization, userId: string) =>
  owner.ctx.db.invitation.findUniqueOrThrow({ where: { orgId_userId: { orgId, userId } } })

describe('a mail', () => {
  it('brings the link to the person and to nobody else: whoever invites is shown none', async () => {
    const org = await organization()
    const one = await invited(org)
    expect(one.secret).toBeNull()
    const [mail, second] = await mailsTo(org, one.userId)
    expect(second).toBeUndefined()
    expect(mail).toMatchObject({ kind: 'invitation', recipient: one.address })
    expect(mail?.said.paragraphs.join(' ')).toContain(`${org.owner.name} invites you to ${org.name}.`)
    expect(await accept(mail?.secret ?? '')).toMatchObject({ signedIn: { actor: { userId: one.userId } } })
  })

  it('is written with the invitation or not at all', async () => {
    const org = await newOrganization(world, { enforced: false, seats: 2 })
    await expect(invited(org)).rejects.toMatchObject({ code: 'invitations/too-few-seats' })
    expect(await org.owner.ctx.db.mail.count({ where: { orgId: org.orgId } })).toBe(0)
  })

  it('says hostile names as plain words on one line', async () => {
    const org = await organization()
    const hostile = '<img src=x onerror=alert(1)> Bcc: all@example.com'
    await updateOrganization(world.contextFor(org.orgId, operatorActor), { name: hostile })
    const name = '"><script>alert(1)</script>'
    const people = [{ address: address(), name }]
    const [one] = await inviteUsers(org.owner.ctx, { ...input([]), people })
    const [mail] = await mailsTo(org, one?.userId ?? '')
    expect(mail?.subject).toBe(`Your invitation to ${hostile}`)
    const { html, text } = renderMail(mail?.said ?? { paragraphs: [], action: null }, 'https://rollcall.test')
    expect(html).not.toMatch(/<(?:img|script)/)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(text).toContain(`https://rollcall.test/invitation#${mail?.secret ?? '-'}`)
  })

  it.each<[string, (org: TestOrganization) => Promise<unknown>]>([
    ['inviting', org => invited(org)],
    [
      'sending again',
      async org => resendInvitation(org.owner.ctx, { userId: (await newPerson(org.scim)).id }),
    ],
  ])('is not written where the organization needs none: %s shows the link', async (_what, send) => {
    const org = await organization()
    await configureInvitations(org.owner.ctx, { byMail: false })
    const sent = await send(org)
    expect(sent).toMatchObject({ secret: expect.stringMatching(/^rc_invite_/) as string })
    expect(await org.owner.ctx.db.mail.count({ where: { orgId: org.orgId } })).toBe(0)
    clock.advance(8 * day)
    expect(await remind(org)).toBe(0)
  })

  it('of an invitation that was sent again brings the link that works', async () => {
    const org = await organization()
    const one = await invited(org)
    clock.advance(minute)
    expect(await resendInvitation(org.owner.ctx, one)).toMatchObject({ secret: null })
    const [first, second] = await mailsTo(org, one.userId)
    expect(await findInvitation(door(), { secret: first?.secret ?? '' })).toBeNull()
    expect(await findInvitation(door(), { secret: second?.secret ?? '' })).toMatchObject({ state: 'open' })
  })

  it('is a setting whose change is noted once', async () => {
    const org = await organization()
    for (const byMail of [true, false, false]) await configureInvitations(org.admin.ctx, { byMail })
    const lines = await org.owner.ctx.db.activity.findMany({
      where: { orgId: org.orgId, action: 'invitations.configure' },
    })
    expect(lines.map(({ before, after }) => [before, after])).toEqual([[{ byMail: true }, { byMail: false }]])
  })
})

describe('the reminder', () => {
  it('goes out after seven days, once, though two servers look at the same moment', async () => {
    const org = await organization()
    const one = await invited(org)
    clock.advance(7 * day - minute)
    expect(await remind(org)).toBe(0)
    clock.advance(minute)
    const reminded = await Promise.all([remind(org), remind(org, other), remind(org), remind(org, other)])
    expect(reminded.reduce((sum, each) => sum + each, 0)).toBe(1)
    clock.advance(8 * day)
    expect(await remind(org)).toBe(0)
    const mails = await mailsTo(org, one.userId)
    expect(mails.map(({ kind }) => kind)).toEqual(['invitation', 'invitation_reminder'])
    expect(mails[1]?.subject).toBe(`Reminder: Your invitation to ${org.name}`)
    const told = await org.owner.ctx.db.provisioningEvent.findMany({
      where: { orgId: org.orgId, userId: one.userId, type: 'user.invited' },
    })
    expect(told).toHaveLength(1)
  })

  it('leaves the first link alive beside its own; one of them is used, then both are over', async () => {
    const org = await organization()
    const one = await invited(org)
    clock.advance(7 * day)
    await remind(org)
    const [first, second] = (await mailsTo(org, one.userId)).map(({ secret }) => secret)
    const found = await findInvitation(door(), { secret: first ?? '' })
    expect(await findInvitation(door(), { secret: second ?? '' })).toEqual(found)
    await accept(second ?? '')
    await expect(accept(first ?? '')).rejects.toMatchObject({ code: 'invitations/accepted' })
  })

  it('counts from the last sending, and never comes a second time', async () => {
    const org = await organization()
    const one = await invited(org)
    clock.advance(5 * day)
    await resendInvitation(org.owner.ctx, one)
    clock.advance(5 * day)
    expect(await remind(org)).toBe(0)
    clock.advance(2 * day)
    expect(await remind(org)).toBe(1)
    await resendInvitation(org.owner.ctx, one)
    clock.advance(10 * day)
    expect(await remind(org)).toBe(0)
    expect((await rowOf(org, one.userId)).remindedAt).not.toBeNull()
  })

  it('is spared those who accepted and those whose link has ended', async () => {
    const org = await organization()
    const [one, late] = [await invited(org), await invited(org)]
    await accept((await mailsTo(org, one.userId))[0]?.secret ?? '')
    clock.advance(30 * day)
    expect(await remind(org)).toBe(0)
    expect((await rowOf(org, late.userId)).remindedAt).toBeNull()
  })

  it('waits where there is no mail server', async () => {
    const org = await organization()
    const one = await invited(org)
    clock.advance(7 * day)
    const ctx = { ...world.contextFor(org.orgId, systemActor), sendsMail: false }
    expect(await remindInvited(ctx)).toBe(0)
    expect((await rowOf(org, one.userId)).remindedAt).toBeNull()
    expect(await remind(org)).toBe(1)
  })
})

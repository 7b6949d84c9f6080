// Accepting an invitation: once, by its newest link, in time, and only where a password is a way in.
import { beforeAll, describe, expect, it } from 'vitest'
import type { AnonymousActor, Role } from '#server/domain/actor.ts'
import { acceptInvitation } from '#server/domain/invitations/accept-invitation.ts'
import { findInvitation } from '#server/domain/invitations/find-invitation.ts'
import { inviteUsers } from '#server/domain/invitations/invite-users.ts'
import { resendInvitation } from '#server/domain/invitations/resend-invitation.ts'
import { withdrawInvitation } from '#server/domain/invitations/withdraw-invitation.ts'
import { mintSecret } from '#server/domain/secrets/secret.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { findSignInWays } from '#server/domain/sso/find-sign-in-ways.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
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
import { shown, withSso } from './guests.ts'

const clock = fakeClock()
const anonymous: AnonymousActor = { kind: 'anonymous', name: 'Anonymous', origin: testOrigin }
const password = 'correct sentence for guests 7'
let world: World
let org: TestOrganization
let made = 0

beforeAll(async () => {
  world = await makeWorld({ clock })
  org = await newOrganization(world, { enforced: false })
})

const door = () => world.installationFor(anonymous)
const accept = (secret: string, rest: { name?: string; password?: string } = {}) =>
  acceptInvitation(door(), { secret, name: 'Grace Hopper', password, ...rest })
const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? error)
const outcomeOf = (secret: string) => accept(secret).then(() => 'ok', codeOf)

async function invited(place = org, name: string | null = null) {
  const address = `Guest-${String((made += 1))}@Guests.example`
  const [one] = await inviteUsers(place.owner.ctx, {
    people: [{ address, name }],
    role: 'user',
    groupIds: [],
  })
  return shown(one)
}

const resent = async ({ userId }: { userId: string }) =>
  shown(await resendInvitation(org.owner.ctx, { userId }))

const userOf = (userId: string, place = org) =>
  place.owner.ctx.db.user.findUniqueOrThrow({ where: { orgId_id: { orgId: place.orgId, id: userId } } })

describe('accepting', () => {
  it('makes the person active under the name they give, with a password and a session', async () => {
    const { userId, secret, address } = await invited()
    const { signedIn } = await accept(secret, { name: '  Grace Hopper ' })
    expect(signedIn?.actor).toMatchObject({ userId, name: 'Grace Hopper', role: 'user' })
    expect(await userOf(userId)).toMatchObject({
      status: 'active',
      displayName: 'Grace Hopper',
      activatedAt: clock.now(),
    })
    const resumed = await resumeSession(door(), {
      cookie: signedIn?.session.secret ?? '',
      origin: testOrigin,
    })
    expect(resumed).toMatchObject({ userId })
    const again = await signIn(door(), { email: address.toLowerCase(), password })
    expect(again).toMatchObject({ kind: 'signed-in', actor: { userId } })
    const events = await org.owner.ctx.db.provisioningEvent.findMany({ where: { orgId: org.orgId, userId } })
    expect(events.map(({ type, actorName }) => [type, actorName])).toContainEqual([
      'user.activated',
      'Grace Hopper',
    ])
    const lines = await org.owner.ctx.db.activity.findMany({
      where: { orgId: org.orgId, actorId: userId },
      orderBy: { id: 'asc' },
    })
    expect(lines.map(({ action }) => action)).toEqual([
      'invitation.accept',
      'session.sign_in',
      'session.sign_in',
    ])
  })

  it('twice at the same moment opens one session', async () => {
    const { userId, secret } = await invited()
    const ended = await Promise.all([outcomeOf(secret), outcomeOf(secret), outcomeOf(secret)])
    expect(ended.sort()).toEqual(['invitations/accepted', 'invitations/accepted', 'ok'])
    expect(await org.owner.ctx.db.session.count({ where: { orgId: org.orgId, userId } })).toBe(1)
  })

  it.each<[string, { name?: string; password?: string }, string]>([
    ['a name of blanks', { name: '  ' }, 'invitations/bad-input'],
    ['a name that is too long', { name: 'x'.repeat(101) }, 'invitations/bad-input'],
    ['a short password', { password: 'short' }, 'sessions/weak-password'],
    ['the own address as password', { password: 'Guests Example Guests' }, 'sessions/weak-password'],
  ])('is refused with %s, and the link stays good', async (_what, given, wanted) => {
    const { secret } = await invited()
    expect(await accept(secret, given).catch(codeOf)).toBe(wanted)
    expect(await outcomeOf(secret)).toBe('ok')
  })

  it('leaves the name of somebody whom the identity provider names', async () => {
    const person = await newPerson(org.scim, { displayName: 'Ada Byron' })
    const { secret } = await resent({ userId: person.id })
    expect(await findInvitation(door(), { secret })).toMatchObject({ name: 'Ada Byron', linked: true })
    const { signedIn } = await accept(secret, { name: 'Eve' })
    expect(signedIn?.actor.name).toBe('Ada Byron')
    expect(await userOf(person.id)).toMatchObject({ displayName: 'Ada Byron', status: 'active' })
  })
})

describe('a second step that the organization asks for', () => {
  it.each<[Role, boolean]>([
    ['admin', false],
    ['user', true],
  ])('of an invited %s: signed in at once is %s', async (role, atOnce) => {
    const place = await newOrganization(world, { enforced: false })
    await place.owner.ctx.db.organization.update({
      where: { id: place.orgId },
      data: { requireTwoStep: true },
    })
    const people = [{ address: `${role}-${String((made += 1))}@guests.example` }]
    const [one] = await inviteUsers(place.owner.ctx, { people, role, groupIds: [] })
    const { signedIn } = await accept(shown(one).secret)
    expect(signedIn !== null).toBe(atOnce)
    const userId = one?.userId ?? ''
    expect((await userOf(userId, place)).status).toBe('active')
    expect(await place.owner.ctx.db.session.count({ where: { orgId: place.orgId, userId } })).toBe(
      atOnce ? 1 : 0,
    )
    const step = await signIn(door(), { email: one?.address ?? '', password })
    expect(step.kind).toBe(atOnce ? 'signed-in' : 'second-step')
  })
})

describe('a link', () => {
  it('tells its holder who invites whom, and nobody else anything', async () => {
    const { secret, address } = await invited(org, 'Ada')
    expect(await findInvitation(door(), { secret })).toMatchObject({
      organizationName: org.name, address, name: 'Ada', linked: false, state: 'open', contact: org.owner.name,
      sso: { works: false, enforced: false },
    }) // prettier-ignore
  })

  it.each<[string, (secret: string) => Promise<string> | string]>([
    ['no secret', () => 'x'],
    ['a cut one', secret => secret.slice(0, -1)],
    ['a secret of another kind', () => org.scimToken.secret],
    ['one of ours that nobody was sent', async () => mintSecret('invite', await keyOf(org)).text],
    [
      'the organization of another',
      async () => {
        const other = await newOrganization(world, { enforced: false })
        return mintSecret('invite', await keyOf(other)).text
      },
    ],
    ['an organization that is none', () => mintSecret('invite', 'x'.repeat(10)).text],
  ])('with %s opens nothing and tells nothing', async (_what, change) => {
    const { secret, userId } = await invited()
    const forged = await change(secret)
    expect(await findInvitation(door(), { secret: forged })).toBeNull()
    expect(await outcomeOf(forged)).toBe('invitations/unknown')
    expect((await userOf(userId)).status).toBe('pending')
  })

  it('of one organization is unknown inside another, even with its hash there in mind', async () => {
    const other = await newOrganization(world, { enforced: false })
    const { secret } = await invited()
    const theirs = await invited(other)
    const moved = secret.replace(await keyOf(org), await keyOf(other))
    expect(await outcomeOf(moved)).toBe('invitations/unknown')
    expect((await userOf(theirs.userId, other)).status).toBe('pending')
  })

  it('is dead once a newer one was sent, which lives', async () => {
    const one = await invited()
    const again = await resent(one)
    expect(await findInvitation(door(), { secret: one.secret })).toBeNull()
    expect([await outcomeOf(one.secret), await outcomeOf(again.secret)]).toEqual([
      'invitations/unknown',
      'ok',
    ])
  })

  it('is dead once the invitation was withdrawn', async () => {
    const one = await invited()
    await withdrawInvitation(org.owner.ctx, one)
    expect(await outcomeOf(one.secret)).toBe('invitations/unknown')
  })

  it('lasts thirty days; then it says whom to ask, and a new one works', async () => {
    const one = await invited()
    clock.advance(30 * day - minute)
    const late = await invited()
    expect(await findInvitation(door(), one)).toMatchObject({ state: 'open' })
    clock.advance(minute)
    expect(await findInvitation(door(), one)).toMatchObject({ state: 'expired', contact: org.owner.name })
    await expect(accept(one.secret)).rejects.toMatchObject({
      code: 'invitations/expired',
      message: `This invitation has expired. Ask ${org.owner.name} to send you a new one.`,
    })
    expect((await userOf(one.userId)).status).toBe('pending')
    const again = await resent(one)
    expect([await outcomeOf(again.secret), await outcomeOf(late.secret)]).toEqual(['ok', 'ok'])
  })

  it('lets nobody in who was deactivated meanwhile', async () => {
    const one = await invited()
    await switchUser(org.owner.ctx, { userId: one.userId, active: false })
    expect(await findInvitation(door(), one)).toMatchObject({ state: 'closed' })
    expect(await outcomeOf(one.secret)).toBe('invitations/closed')
  })

  it('sent again while it is being accepted either lives in its new form or has done its work', async () => {
    const one = await invited()
    const [accepted, sent] = await Promise.all([
      outcomeOf(one.secret),
      resendInvitation(org.owner.ctx, one).then(() => 'ok', codeOf),
    ])
    expect([
      ['ok', 'invitations/not-pending'],
      ['invitations/unknown', 'ok'],
    ]).toContainEqual([accepted, sent])
  })
})

describe('single sign-on', () => {
  it('that is enforced leaves no way by password, and the link says so', async () => {
    const place = await withSso(world, 'enforced')
    const one = await invited(place)
    expect(await findInvitation(door(), one)).toMatchObject({ sso: { works: true, enforced: true } })
    expect(await outcomeOf(one.secret)).toBe('invitations/sso-enforced')
    expect((await userOf(one.userId, place)).status).toBe('pending')
  })

  it('that works beside passwords is offered, and one that is not in the plan is not', async () => {
    const place = await withSso(world, 'tested')
    const one = await invited(place)
    expect(await findInvitation(door(), one)).toMatchObject({ sso: { works: true, enforced: false } })
    await updateOrganization(world.contextFor(place.orgId, operatorActor), { entitlements: { sso: false } })
    expect(await findInvitation(door(), one)).toMatchObject({ sso: { works: false, enforced: false } })
    expect(await outcomeOf(one.secret)).toBe('ok')
  })

  it('is found by the domains of owners and admins, not by those of guests', async () => {
    const place = await withSso(world, 'tested')
    const [one] = await inviteUsers(place.owner.ctx, {
      people: [{ address: `someone@freemail-${String(made)}.example` }],
      role: 'user',
      groupIds: [],
    })
    await accept(shown(one).secret)
    expect(await findSignInWays(door(), { email: one?.address ?? '' })).toEqual([])
  })
})

async function keyOf(place: TestOrganization): Promise<string> {
  const { key } = await world.database.prisma.organization.findUniqueOrThrow({ where: { id: place.orgId } })
  return key
}
